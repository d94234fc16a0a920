#include "adapters/forge/azure_place.h"

#include <algorithm>
#include <string_view>
#include <vector>

#include "adapters/forge/github_payload.h"

namespace lifecycle::forge {
namespace {

constexpr std::string_view old_host_end = ".visualstudio.com";

std::vector<std::string_view> path_segments(std::string_view address) {
  std::vector<std::string_view> segments;
  const auto scheme = address.find("://");
  if (scheme == std::string_view::npos) return segments;
  address.remove_prefix(scheme + 3);
  address = address.substr(0, address.find_first_of("?#"));
  const auto path = address.find('/');
  if (path == std::string_view::npos) return segments;
  for (std::string_view rest = address.substr(path + 1); !rest.empty();) {
    const std::string_view segment = rest.substr(0, rest.find('/'));
    rest.remove_prefix(std::min(rest.size(), segment.size() + 1));
    if (!segment.empty()) segments.push_back(segment);
  }
  return segments;
}

/// The organization, or a server's collection. Of a server's `…/COLLECTION/[PROJECT/]_apis/…` nobody knows which of the
/// two stands before the mark.
std::string organization_of(std::string_view address) {
  const std::string host = host_of(address);
  if (host.ends_with(old_host_end)) return host.substr(0, host.find('.'));
  const auto segments = path_segments(address);
  if (segments.empty()) return {};
  if (host == "dev.azure.com") return std::string(segments.front());
  const auto git = std::ranges::find(segments, "_git");
  if (git == segments.end()) {
    const bool api = std::ranges::find(segments, "_apis") != segments.end();
    return api ? std::string{} : std::string(segments.back());
  }
  const auto before = git - segments.begin();
  // Without a project in between, the repository has the project's name.
  return before == 0 ? std::string{} : std::string(*(before == 1 ? git - 1 : git - 2));
}

}  // namespace

void add_azure_place(event::Event& event, const PayloadFields& fields, const std::string& repository) {
  const std::string& remote = fields.text(repository + ".remoteUrl");
  std::string organization = organization_of(remote);
  event.host = host_of(remote);
  for (const char* path : {"resourceContainers.collection.baseUrl", "resourceContainers.account.baseUrl",
                           "resourceContainers.project.baseUrl", "resource.repository.url", "resource.url"}) {
    const std::string& address = fields.text(path);
    if (organization.empty()) organization = organization_of(address);
    if (event.host.empty()) event.host = host_of(address);
  }
  event.repo_id = fields.text(repository + ".id");
  const std::string& project = fields.text(repository + ".project.name", "resource.project.name");
  const std::string& name = fields.text(repository + ".name");
  if (project.empty() || name.empty()) return;
  event.repo = (organization.empty() ? std::string{} : organization + "/") + project + "/" + name;
}

}  // namespace lifecycle::forge
