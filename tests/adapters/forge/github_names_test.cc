// Every webhook of GitHub's documentation with every action, one row each: its name, and that the origin knows it.
#include <gtest/gtest.h>

#include <sstream>

#include "adapters/forge/category.h"
#include "adapters/forge/payload_reader.h"
#include "adapters/forge/webhook_name.h"
#include "agent/event/known_names.h"

namespace lifecycle::forge {
namespace {

struct WebhookActions {
  const char* webhook;
  const char* actions;  // separated by blanks; empty: it has none
};

// GitHub docs, "Webhook events and payloads". The actions whose name is made of more than the action are below.
// clang-format off
constexpr WebhookActions documented[] = {
    {"pull_request", "opened reopened review_requested assigned auto_merge_disabled auto_merge_enabled converted_to_draft demilestoned dequeued edited enqueued labeled locked milestoned ready_for_review review_request_removed unassigned unlabeled unlocked"},
    {"pull_request_review", "edited dismissed"},
    {"deployment", "created"},
    {"deployment_review", "requested approved rejected"},
    {"deployment_protection_rule", "requested"},
    {"release", "created deleted edited prereleased published released unpublished"},
    {"check_run", "created requested_action rerequested"},
    {"check_suite", "requested rerequested"},
    {"workflow_job", "queued waiting in_progress"},
    {"workflow_run", "requested in_progress"},
    {"merge_group", "checks_requested destroyed"},
    {"workflow_dispatch", ""},
    {"branch_protection_configuration", "disabled enabled"},
    {"branch_protection_rule", "created deleted edited"},
    {"code_scanning_alert", "appeared_in_branch closed_by_user created fixed reopened reopened_by_user"},
    {"commit_comment", "created"},
    {"custom_property", "created deleted promote_to_enterprise updated"},
    {"custom_property_values", "updated"},
    {"dependabot_alert", "auto_dismissed auto_reopened created dismissed fixed reintroduced reopened"},
    {"deploy_key", "created deleted"},
    {"discussion", "answered category_changed closed created deleted edited labeled locked pinned reopened transferred unanswered unlabeled unlocked unpinned"},
    {"discussion_comment", "created deleted edited"},
    {"fork", ""},
    {"github_app_authorization", "revoked"},
    {"gollum", ""},
    {"installation", "created deleted new_permissions_accepted suspend unsuspend"},
    {"installation_repositories", "added removed"},
    {"installation_target", "renamed"},
    {"issue_comment", "created deleted edited"},
    {"issue_dependencies", "blocked_by_added blocked_by_removed blocking_added blocking_removed"},
    {"issues", "assigned closed deleted demilestoned edited labeled locked milestoned opened pinned reopened transferred typed unassigned unlabeled unlocked unpinned untyped"},
    {"label", "created deleted edited"},
    {"marketplace_purchase", "cancelled changed pending_change pending_change_cancelled purchased"},
    {"member", "added edited removed"},
    {"membership", "added removed"},
    {"meta", "deleted"},
    {"milestone", "closed created deleted edited opened"},
    {"org_block", "blocked unblocked"},
    {"organization", "deleted member_added member_invited member_removed renamed"},
    {"package", "published updated"},
    {"registry_package", "published updated"},
    {"page_build", ""},
    {"personal_access_token_request", "approved cancelled created denied"},
    {"project", "closed created deleted edited reopened"},
    {"project_column", "created deleted edited moved"},
    {"project_card", "converted created deleted edited moved"},
    {"projects_v2", "closed created deleted edited reopened"},
    {"projects_v2_item", "archived converted created deleted edited reordered restored"},
    {"projects_v2_status_update", "created deleted edited"},
    {"public", ""},
    {"pull_request_review_comment", "created deleted edited"},
    {"pull_request_review_thread", "resolved unresolved"},
    {"repository", "archived created deleted edited privatized publicized renamed transferred unarchived"},
    {"repository_advisory", "published reported"},
    {"repository_import", ""},
    {"repository_ruleset", "created deleted edited"},
    {"repository_vulnerability_alert", "create dismiss reopen resolve"},
    {"secret_scanning_alert", "assigned created publicly_leaked reopened resolved unassigned validated"},
    {"secret_scanning_alert_location", "created"},
    {"secret_scanning_scan", "completed"},
    {"security_advisory", "published updated withdrawn"},
    {"security_and_analysis", ""},
    {"sponsorship", "cancelled created edited pending_cancellation pending_tier_change tier_changed"},
    {"star", "created deleted"},
    {"watch", "started"},
    {"sub_issues", "parent_issue_added parent_issue_removed sub_issue_added sub_issue_removed"},
    {"team", "added_to_repository created deleted edited removed_from_repository"},
    {"team_add", ""},
    // of GitHub Enterprise
    {"repository", "anonymous_access_enabled anonymous_access_disabled"},
    {"enterprise", "anonymous_access_enabled anonymous_access_disabled"},
    {"user", "created deleted"},
    {"cache_sync", ""},
    {"bypass_request_secret_scanning", "created cancelled completed response_submitted response_dismissed"},
    {"dismissal_request_code_scanning", "created cancelled completed response_submitted response_dismissed"},
    {"dismissal_request_secret_scanning", "created cancelled completed response_submitted response_dismissed"},
    {"exemption_request_push_ruleset", "created cancelled completed response_submitted response_dismissed"},
};
// clang-format on

std::vector<std::string> names_of(const std::string& webhook, const std::string& body,
                                  const std::string& origin = "github") {
  const auto fields = collect_payload(body).fields;
  return webhook_names(read_webhook(webhook, origin, fields), fields);
}

TEST(GithubNames, AreWebhookAndAction) {
  for (const auto& [webhook, actions] : documented) {
    std::istringstream words(actions);
    std::vector<std::string> all{std::istream_iterator<std::string>(words), {}};
    if (all.empty()) {
      EXPECT_EQ(names_of(webhook, "{}"), std::vector<std::string>{webhook});
      EXPECT_TRUE(event::is_known_name("github", webhook)) << webhook;
    }
    for (const std::string& action : all) {
      const std::string name = std::string(webhook) + "." + action;
      EXPECT_EQ(names_of(webhook, R"({"action":")" + action + "\"}"), std::vector<std::string>{name});
      EXPECT_TRUE(event::is_known_name("github", name)) << name;
    }
  }
}

struct StateWebhook {
  const char* webhook;
  const char* action;
  const char* path;  // "$" is where the state stands
  const char* states;
};

constexpr StateWebhook of_a_state[] = {
    {"deployment_status", "created", R"({"action":"created","deployment_status":{"state":"$"}})",
     "success failure error in_progress pending queued waiting inactive"},
    {"pull_request_review", "submitted", R"({"action":"submitted","review":{"state":"$"}})",
     "approved changes_requested commented"},
    {"check_run", "completed", R"({"action":"completed","check_run":{"conclusion":"$"}})",
     "success failure neutral cancelled timed_out action_required stale skipped"},
    {"check_suite", "completed", R"({"action":"completed","check_suite":{"conclusion":"$"}})",
     "success failure neutral cancelled timed_out action_required stale skipped startup_failure"},
    {"workflow_job", "completed", R"({"action":"completed","workflow_job":{"conclusion":"$"}})",
     "success failure cancelled skipped"},
    {"workflow_run", "completed", R"({"action":"completed","workflow_run":{"conclusion":"$"}})",
     "success failure neutral cancelled timed_out action_required stale skipped startup_failure"},
    {"status", "", R"({"state":"$"})", "pending success failure error"},
};

TEST(GithubNames, BeginWithTheStateWhereTheActionOnlySaysThatSomethingHappened) {
  for (const auto& [webhook, action, path, states] : of_a_state) {
    std::istringstream words(states);
    for (std::string state; words >> state;) {
      std::string body = path;
      body.replace(body.find('$'), 1, state);
      const std::string first = std::string(webhook) + "." + state;
      const std::string second = *action == '\0' ? webhook : std::string(webhook) + "." + action;
      EXPECT_EQ(names_of(webhook, body), (std::vector{first, second})) << body;
      EXPECT_TRUE(event::is_known_name("github", first)) << first;
      EXPECT_TRUE(event::is_known_name("github", second)) << second;
    }
  }
}

struct GiteaName {
  const char* header;
  const char* action;
  const char* name;
};

// Gitea's modules/webhook/type.go and services/webhook/notifier.go; Forgejo's of the same names.
constexpr GiteaName gitea_names[] = {
    {"pull_request", "opened", "pull_request.opened"},
    {"pull_request", "reopened", "pull_request.reopened"},
    {"pull_request", "closed", "pull_request.closed"},
    {"pull_request_review_request", "review_requested", "pull_request.review_requested"},
    {"pull_request_review_request", "review_request_removed", "pull_request.review_request_removed"},
    {"pull_request_label", "label_updated", "pull_request.label_updated"},
    {"pull_request_label", "label_cleared", "pull_request.label_cleared"},
    {"pull_request_assign", "assigned", "pull_request.assigned"},
    {"pull_request_assign", "unassigned", "pull_request.unassigned"},
    {"pull_request_milestone", "milestoned", "pull_request.milestoned"},
    {"pull_request_milestone", "demilestoned", "pull_request.demilestoned"},
    {"pull_request", "edited", "pull_request.edited"},
    {"pull_request_review_approved", "reviewed", "pull_request_review.approved"},
    {"pull_request_review_rejected", "reviewed", "pull_request_review.changes_requested"},
    {"pull_request_review_comment", "reviewed", "pull_request_review.commented"},
    {"issue_comment", "created", "issue_comment.created"},
    {"issue_comment", "edited", "issue_comment.edited"},
    {"pull_request_comment", "deleted", "issue_comment.deleted"},
    {"issues", "opened", "issues.opened"},
    {"issue_assign", "assigned", "issues.assigned"},
    {"issue_label", "label_updated", "issues.label_updated"},
    {"issue_milestone", "demilestoned", "issues.demilestoned"},
    {"release", "published", "release.published"},
    {"release", "updated", "release.updated"},
    {"release", "deleted", "release.deleted"},
    {"repository", "created", "repository.created"},
    {"repository", "deleted", "repository.deleted"},
    {"fork", "", "fork"},
    {"wiki", "created", "wiki.created"},
    {"wiki", "edited", "wiki.edited"},
    {"package", "created", "package.created"},
    {"package", "deleted", "package.deleted"},
};

TEST(GiteaNames, AreGithubsWhereTheBodiesAreAlike) {
  for (const char* origin : {"gitea", "forgejo"}) {
    for (const auto& [header, action, name] : gitea_names) {
      const std::string body = R"({"action":")" + std::string(action) + "\"}";
      EXPECT_EQ(names_of(header, body, origin), std::vector<std::string>{name}) << header;
      EXPECT_TRUE(event::is_known_name(origin, name)) << name;
    }
  }
}

}  // namespace
}  // namespace lifecycle::forge
