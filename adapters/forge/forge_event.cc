#include "adapters/forge/forge_event.h"

#include <algorithm>

#include "adapters/forge/category.h"
#include "adapters/forge/github_payload.h"
#include "adapters/forge/identity.h"
#include "adapters/forge/webhook_name.h"
#include "agent/base/ascii.h"

namespace lifecycle::forge {
namespace {

bool is_there(std::string_view sha) { return !sha.empty() && !is_zero_sha(sha); }

std::vector<std::string> ref_update_names(bool tag, bool before, bool after) {
  const std::string noun = tag ? "tag" : "branch";
  if (!after) return {"push.deleted", "delete." + noun};
  std::vector<std::string> names{tag ? "push.tag" : "push"};
  if (!before) names.push_back("create." + noun);
  return names;
}

}  // namespace

std::string full_sha(std::string_view text) {
  const auto hex = [](char c) { return is_digit(c) || (to_lower(c) >= 'a' && to_lower(c) <= 'f'); };
  const bool whole = (text.size() == 40 || text.size() == 64) && std::ranges::all_of(text, hex) && !is_zero_sha(text);
  return whole ? lower_case(text) : std::string{};
}

bool add_ref_update(event::Event& event, const RefUpdate& update) {
  const bool before = is_there(update.before);
  const bool after = is_there(update.after);
  if (!before && !after) return false;
  set_ref(event, update.ref);
  if (event.branch.empty() && event.tag.empty()) return false;
  event.names = ref_update_names(!event.tag.empty(), before, after);
  event.kind = "push";
  event.before = full_sha(update.before);
  if (after) event.commit = full_sha(update.commit.empty() ? update.after : update.commit);
  event.category = category_of(event);
  if (after) event.identity = identity_of_parts({"push", event.ref, full_sha(update.after)});
  return true;
}

void set_names(event::Event& event, std::string_view common, std::string_view own, std::string_view coarser) {
  for (const std::string_view name : {common, own, coarser}) {
    const bool fits = is_name_word(name) && std::ranges::find(event.names, name) == event.names.end();
    if (fits) event.names.emplace_back(name);
  }
  event.category = category_of(event);
}

std::string short_branch(std::string_view ref) {
  constexpr std::string_view heads = "refs/heads/";
  return std::string(ref.starts_with(heads) ? ref.substr(heads.size()) : ref);
}

std::string_view last_segment(std::string_view address) {
  address = address.substr(0, address.find_first_of("?#"));
  return address.substr(address.rfind('/') + 1);
}

}  // namespace lifecycle::forge
