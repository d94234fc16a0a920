#include "adapters/forge/event_header.h"

#include <algorithm>
#include <array>
#include <iterator>

#include "adapters/forge/webhook_name.h"
#include "agent/base/ascii.h"

namespace lifecycle::forge {
namespace {

struct HeaderRow {
  std::string_view word;
  std::string_view name;
};

/// Microsoft docs, "Service hooks events": eventType.
constexpr HeaderRow azure_types[] = {
    {"git.push", "push"},
    {"git.pullrequest.created", "pullrequest.created"},
    {"git.pullrequest.updated", "pullrequest.updated"},
    {"git.pullrequest.merged", "pullrequest.merge_created"},
    {"ms.vss-code.git-pullrequest-comment-event", "pullrequest.commented"},
    {"build.complete", "build.complete"},
    {"ms.vss-release.deployment-started-event", "release.deployment_started"},
    {"ms.vss-release.deployment-completed-event", "release.deployment_completed"},
    {"ms.vss-release.deployment-approval-pending-event", "release.approval_pending"},
    {"ms.vss-release.deployment-approval-completed-event", "release.approval_completed"},
    {"ms.vss-release.release-created-event", "release.created"},
    {"ms.vss-release.release-abandoned-event", "release.abandoned"},
    {"ms.vss-pipelines.run-state-changed-event", "pipeline_run"},
    {"ms.vss-pipelines.stage-state-changed-event", "pipeline_stage"},
    {"ms.vss-pipelines.job-state-changed-event", "pipeline_job"},
    {"ms.vss-pipelinechecks-events.approval-pending", "pipeline_approval.pending"},
    {"ms.vss-pipelinechecks-events.approval-completed", "pipeline_approval.completed"},
};

/// Atlassian docs, Bitbucket Data Center, "Event payload": keys that Cloud has not.
constexpr std::array<std::string_view, 10> dc_keys{
    "repo:refs_changed",        "repo:modified",        "repo:forked",          "repo:comment:added",
    "repo:comment:edited",      "repo:comment:deleted", "repo:secret_detected", "project:modified",
    "mirror:repo_synchronized", "diagnostics:ping"};

bool is_gitlab_hook(std::string_view word) { return word.ends_with(" Hook"); }

/// `Confidential Issue Hook` → issue. A system hook's header does not tell its event.
std::string gitlab_hook_name(std::string_view word) {
  if (word == "System Hook") return {};
  if (word == "Resource Access Token Hook") return "access_token";
  std::string name = lower_case(word.substr(0, word.size() - std::string_view(" Hook").size()));
  std::ranges::replace(name, ' ', '_');
  constexpr std::string_view confidential = "confidential_";
  if (name.starts_with(confidential)) name.erase(0, confidential.size());
  return is_name_word(name) ? name : std::string{};
}

}  // namespace

Form form_of_header(std::string_view word) {
  if (is_gitlab_hook(word)) return Form::gitlab;
  if (word.starts_with("pr:") || std::ranges::find(dc_keys, word) != dc_keys.end()) return Form::bitbucket_dc;
  for (const std::string_view start : {"repo:", "pullrequest:", "issue:", "project:"}) {
    if (word.starts_with(start) && word.find(':', start.size()) == std::string_view::npos) return Form::bitbucket_cloud;
  }
  for (const std::string_view start : {"git.push", "git.pullrequest.", "ms.vss-", "build.complete", "tfvc.checkin"}) {
    if (word.starts_with(start)) return Form::azure;
  }
  return word.starts_with("workitem.") || word == "message.posted" ? Form::azure : Form::unknown;
}

std::string name_of_header(std::string_view word) {
  if (is_gitlab_hook(word)) return gitlab_hook_name(word);
  if (word == "repo:push" || word == "repo:refs_changed") return "push";
  constexpr std::string_view status = "repo:commit_status_";
  if (word.starts_with(status)) return name_word("commit_status." + std::string(word.substr(status.size())));
  if (word == "pr:reviewer:needs_work") return "pr.reviewer.changes_requested";
  const auto row = std::ranges::find(azure_types, word, &HeaderRow::word);
  return row != std::ranges::end(azure_types) ? std::string(row->name) : name_word(word);
}

std::string name_word(std::string_view word) {
  std::string name;
  for (std::size_t i = 0; i < word.size(); ++i) {
    const bool upper = word[i] >= 'A' && word[i] <= 'Z';
    const bool after_lower = i > 0 && ((word[i - 1] >= 'a' && word[i - 1] <= 'z') || is_digit(word[i - 1]));
    if (upper && after_lower) name += '_';
    name += word[i] == '-' || word[i] == ' ' ? '_' : word[i] == ':' ? '.' : to_lower(word[i]);
  }
  return is_name_word(name) ? name : std::string{};
}

}  // namespace lifecycle::forge
