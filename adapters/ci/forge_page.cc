#include "adapters/ci/forge_page.h"

#include <algorithm>
#include <array>

#include "adapters/ci/ci_values.h"
#include "adapters/ci/remote_url.h"

namespace lifecycle::ci {
namespace {

struct ChangeRefForm {
  std::string_view start;
  std::string_view origin;  // empty: several forges have it
};

constexpr std::array<ChangeRefForm, 4> change_ref_forms{{{"refs/pull/", ""},  // GitHub, Gitea, Forgejo, Azure
                                                         {"refs/merge-requests/", "gitlab"},
                                                         {"refs/pull-requests/", "bitbucket"},
                                                         {"refs/pullreq/", ""}}};  // Gitness

const ChangeRefForm* form_of(std::string_view ref) {
  const auto form = std::ranges::find_if(change_ref_forms, [&](const auto& f) { return ref.starts_with(f.start); });
  return form == change_ref_forms.end() ? nullptr : &*form;
}

std::optional<std::int64_t> first_part_as_number(std::string_view path) {
  return number_in(path.substr(0, path.find_first_of("/?#")));
}

std::string_view origin_of_path(std::string_view address) {
  if (address.find("/-/") != std::string_view::npos) return "gitlab";
  const auto projects = address.find("/projects/");
  const bool data_center =
      projects != std::string_view::npos && address.find("/repos/", projects) != std::string_view::npos;
  return data_center ? "bitbucket" : std::string_view{};
}

}  // namespace

std::string_view origin_of_change_ref(std::string_view ref) {
  const ChangeRefForm* form = form_of(ref);
  return form == nullptr ? std::string_view{} : form->origin;
}

std::optional<std::int64_t> number_of_change_ref(std::string_view ref) {
  const ChangeRefForm* form = form_of(ref);
  return form == nullptr ? std::nullopt : first_part_as_number(ref.substr(form->start.size()));
}

std::optional<std::int64_t> number_of_change_page(std::string_view address) {
  for (const std::string_view word : {"/pull/", "/pulls/", "/pull-requests/", "/merge_requests/", "/pullrequest/"}) {
    const auto at = address.rfind(word);
    if (at != std::string_view::npos) return first_part_as_number(address.substr(at + word.size()));
  }
  return std::nullopt;
}

void add_page(event::Event& event, std::string_view address) {
  if (address.empty()) return;
  RemoteFacts page = parse_remote(address);
  const std::string_view by_path = origin_of_path(address);
  if (page.certainty != RemoteFacts::Origin::certain && !by_path.empty() && !page.host.empty()) {
    page.origin = by_path;
    page.certainty = RemoteFacts::Origin::certain;
  }
  add_server(event, page);
}

}  // namespace lifecycle::ci
