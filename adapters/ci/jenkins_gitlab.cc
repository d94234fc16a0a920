#include "adapters/ci/jenkins_gitlab.h"

#include <algorithm>

#include "adapters/ci/ci_values.h"
#include "adapters/forge/github_payload.h"
#include "adapters/forge/webhook_name.h"

namespace lifecycle::ci {
namespace {

using event::Event;

/// jenkinsci/gitlab-plugin, CauseData: `refs/tags/v1.4.0` of a tag, a branch without `refs/heads/`.
void jenkins_plugin_push(Event& event, const Environment& e, bool tag) {
  const std::string given = first_text(e, {"gitlabBranch", "gitlabSourceBranch"});
  if (!given.empty()) forge::set_ref(event, (tag ? "refs/tags/" : "refs/heads/") + short_ref(given));
  name_push(event);
  event.before = sha_in(e.get("gitlabBefore"));
  for (const std::string_view name : {"gitlabAfter", "gitlabMergeRequestLastCommit"}) {
    if (event.commit = sha_in(e.get(name)); !event.commit.empty()) break;
  }
  event.actor = first_text(e, {"gitlabUserUsername", "gitlabUserName"});
  add_remote(event, first_text(e, {"gitlabSourceRepoHttpUrl", "gitlabSourceRepoSshUrl", "GIT_URL", "GIT_URL_1"}));
}

/// Id is instance-wide, Iid what people see. gitlabMergedByUser is whoever caused the webhook, merged or not;
/// gitlabUserName the last commit's author.
void jenkins_plugin_change(Event& event, const Environment& e) {
  event::Change& change = name_change(event, number_in(e.get("gitlabMergeRequestIid")));
  change.title = text(e, "gitlabMergeRequestTitle");
  change.labels = list_in(e.get("gitlabMergeRequestLabels"));
  change.fork = is_fork(e.get("gitlabSourceRepoHttpUrl"), e.get("gitlabTargetRepoHttpUrl"));
  event.base = text(e, "gitlabTargetBranch");
  event.branch = event.head = first_text(e, {"gitlabSourceBranch", "gitlabBranch"});
  event.commit = sha_in(e.get("gitlabMergeRequestLastCommit"));
  event.actor = first_text(e, {"gitlabMergedByUser", "gitlabUserUsername"});
  add_remote(event, first_text(e, {"gitlabTargetRepoHttpUrl", "gitlabTargetRepoSshUrl", "GIT_URL", "GIT_URL_1"}));
}

/// The state of an open one does not tell opened from updated.
void jenkins_plugin_action(Event& event, const Environment& e) {
  const std::string_view state = e.get("gitlabMergeRequestState");
  if (state == "closed") set_change_action(event, "pull_request.closed", "close");
  if (state != "merged") return;
  set_change_action(event, "pull_request.merged", "merge");
  if (const auto merge = sha_in(e.get("gitlabMergeCommitSha")); !merge.empty()) event.commit = merge;
}

/// A finished pipeline of GitLab's: its status stands in a variable of that plain name.
void jenkins_plugin_pipeline(Event& event, const Environment& e) {
  const std::string status = text(e, "status");
  if (forge::is_name_word(status)) {
    name_event(event, "pipeline." + status);
  } else {
    name_nothing(event, "PIPELINE");
  }
  event.head = short_ref(e.get("gitlabBranch"));
  event.commit = sha_in(e.get("sha"));
  add_remote(event, first_text(e, {"gitlabSourceRepoHttpUrl", "gitlabSourceRepoSshUrl", "GIT_URL", "GIT_URL_1"}));
}

/// GitLab docs, "Webhook events" (object_attributes.action of a merge request).
void jenkins_source_action(Event& event, const Environment& e) {
  const std::string action = text(e, "GITLAB_OA_ACTION");
  if (action == "open") return set_change_action(event, "pull_request.opened", action);
  if (action == "reopen") return set_change_action(event, "pull_request.reopened", action);
  if (action == "close") return set_change_action(event, "pull_request.closed", action);
  if (action == "merge") return set_change_action(event, "pull_request.merged", action);
  if (action != "update") {
    if (forge::is_name_word(action)) set_change_action(event, "merge_request." + action, action);
    return;
  }
  // New commits have an oldrev; without one the title, the labels or the reviewers were edited.
  event.before = sha_in(e.get("GITLAB_OA_OLDREV"));
  set_change_action(event, event.before.empty() ? "merge_request.updated" : "pull_request.synchronize", action);
}

/// GITLAB_LABEL_TITLE_1 and further, as many as GITLAB_LABELS_COUNT says.
std::vector<std::string> jenkins_source_labels(const Environment& e) {
  constexpr std::int64_t most = 1000;
  std::vector<std::string> labels;
  const std::int64_t count = std::min(number_in(e.get("GITLAB_LABELS_COUNT")).value_or(0), most);
  for (std::int64_t i = 1; i <= count; ++i) {
    if (std::string title = text(e, "GITLAB_LABEL_TITLE_" + std::to_string(i)); !title.empty()) {
      labels.push_back(std::move(title));
    }
  }
  return labels;
}

void jenkins_source_change(Event& event, const Environment& e) {
  const auto iid = number_in(e.get("GITLAB_OA_IID"));
  event::Change& change = name_change(event, iid ? iid : number_in(e.get("CHANGE_ID")));
  change.title = first_text(e, {"GITLAB_OA_TITLE", "CHANGE_TITLE"});
  change.url = first_text(e, {"GITLAB_OA_URL", "CHANGE_URL"});
  change.author = text(e, "CHANGE_AUTHOR");
  change.labels = jenkins_source_labels(e);
  change.fork = is_fork(e.get("GITLAB_OA_SOURCE_PATH_WITH_NAMESPACE"), e.get("GITLAB_PROJECT_PATH_NAMESPACE"));
  if (!change.fork && has(e, "CHANGE_FORK")) change.fork = true;
  event.base = first_text(e, {"GITLAB_OA_TARGET_BRANCH", "CHANGE_TARGET"});
  event.branch = event.head = first_text(e, {"GITLAB_OA_SOURCE_BRANCH", "CHANGE_BRANCH"});
  event.commit = sha_in(e.get("GITLAB_OA_LAST_COMMIT_ID"));
  jenkins_source_action(event, e);
}

void jenkins_source_push(Event& event, const Environment& e) {
  if (const std::string ref = text(e, "GITLAB_REF"); ref.starts_with("refs/")) forge::set_ref(event, ref);
  name_push(event);
  event.before = sha_in(e.get("GITLAB_BEFORE"));
  // `after` of an annotated tag is the tag itself.
  for (const std::string_view name : {"GITLAB_CHECKOUT_SHA", "GITLAB_AFTER"}) {
    if (event.commit = sha_in(e.get(name)); !event.commit.empty()) break;
  }
}

}  // namespace

bool read_gitlab_plugin(Event& event, const Environment& e) {
  const std::string_view type = e.get("gitlabActionType");
  if (type.empty()) return false;
  event.origin = "gitlab";
  if (type == "PUSH" || type == "TAG_PUSH") {
    jenkins_plugin_push(event, e, type == "TAG_PUSH");
  } else if (type == "PIPELINE") {
    jenkins_plugin_pipeline(event, e);
  } else {
    jenkins_plugin_change(event, e);
    if (type == "MERGE") jenkins_plugin_action(event, e);
    if (type == "NOTE") name_event(event, "merge_request.commented");
  }
  return true;
}

bool read_gitlab_branch_source(Event& event, const Environment& e) {
  const std::string_view kind = e.get("GITLAB_OBJECT_KIND");
  if (kind.empty()) return false;
  event.origin = "gitlab";
  event.host = forge::host_of(e.get("GITLAB_PROJECT_WEB_URL"));
  set_repo(event, e.get("GITLAB_PROJECT_PATH_NAMESPACE"), "GITLAB_PROJECT_PATH_NAMESPACE");
  event.actor = text(e, "GITLAB_USER_USERNAME");
  const bool pushed = (kind == "push" || kind == "tag_push") && !has(e, "CHANGE_ID");
  if (kind == "merge_request") jenkins_source_change(event, e);
  if (pushed) jenkins_source_push(event, e);
  return kind == "merge_request" || pushed;
}

}  // namespace lifecycle::ci
