#include "adapters/ci/forge_names.h"

#include <string>
#include <string_view>

namespace lifecycle::ci {
namespace {

struct OwnName {
  std::string_view origin;
  std::string_view own;
  std::string_view common;
};

/// GitLab docs, "Webhook events"; Atlassian docs, "Event payloads" of Cloud and of Data Center; Azure DevOps docs,
/// "Service hooks events" (what a pull request was updated to is its status).
constexpr OwnName own_names[] = {
    {"gitlab", "merge_request.opened", "pull_request.opened"},
    {"gitlab", "merge_request.synchronize", "pull_request.synchronize"},
    {"gitlab", "merge_request.reopened", "pull_request.reopened"},
    {"gitlab", "merge_request.merged", "pull_request.merged"},
    {"gitlab", "merge_request.closed", "pull_request.closed"},
    {"gitlab", "deployment.success", "deployment_status.success"},
    {"gitlab", "deployment.failed", "deployment_status.failure"},
    {"bitbucket", "pullrequest.created", "pull_request.opened"},
    {"bitbucket", "pullrequest.push", "pull_request.synchronize"},
    {"bitbucket", "pullrequest.fulfilled", "pull_request.merged"},
    {"bitbucket", "pullrequest.rejected", "pull_request.closed"},
    {"bitbucket", "pr.opened", "pull_request.opened"},
    {"bitbucket", "pr.from_ref_updated", "pull_request.synchronize"},
    {"bitbucket", "pr.merged", "pull_request.merged"},
    {"bitbucket", "pr.declined", "pull_request.closed"},
    {"bitbucket", "pr.deleted", "pull_request.closed"},
    {"azure", "pullrequest.created", "pull_request.opened"},
    {"azure", "pullrequest.reactivated", "pull_request.reopened"},
    {"azure", "pullrequest.completed", "pull_request.merged"},
    {"azure", "pullrequest.abandoned", "pull_request.closed"},
    {"azure", "release.deployment_succeeded", "deployment_status.success"},
    {"azure", "release.deployment_failed", "deployment_status.failure"},
    {"azure", "release.deployment_rejected", "deployment_status.failure"},
};

}  // namespace

void name_as_the_forge(event::Event& event) {
  if (event.names.size() != 1) return;
  const std::string name = event.names.front();
  const OwnName* found = nullptr;
  for (const OwnName& row : own_names) {
    if (row.origin != event.origin || (row.own != name && row.common != name)) continue;
    // Bitbucket's Cloud and Data Center call it differently, and the common name does not tell which of them it is.
    if (found != nullptr) return;
    found = &row;
  }
  if (found != nullptr) event.names = {std::string(found->common), std::string(found->own)};
}

}  // namespace lifecycle::ci
