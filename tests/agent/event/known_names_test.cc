#include "agent/event/known_names.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>
#include <string>

namespace lifecycle::event {
namespace {

bool is_name_character(char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' || c == '.'; }

TEST(KnownNames, EveryOriginHasEachNameOnceInTheCharacterSetWithAMeaning) {
  for (const std::string_view origin : known_origins()) {
    std::set<std::string_view> seen;
    ASSERT_FALSE(known_names(origin).empty()) << origin;
    for (const KnownName& known : known_names(origin)) {
      EXPECT_TRUE(seen.insert(known.name).second) << origin << " has " << known.name << " twice";
      EXPECT_TRUE(std::ranges::all_of(known.name, is_name_character)) << known.name;
      EXPECT_FALSE(known.meaning.empty()) << known.name;
    }
  }
}

TEST(KnownNames, EveryOriginHasTheCommonNamesFirst) {
  for (const std::string_view origin : known_origins()) {
    EXPECT_EQ(known_names(origin).front().name, "push") << origin;
    for (const std::string_view name :
         {"push", "push.tag", "push.deleted", "create.tag", "create.branch", "delete.tag", "delete.branch",
          "pull_request", "pull_request.opened", "pull_request.merged", "pull_request.synchronize",
          "pull_request.closed", "pull_request.reopened", "deployment_status.success", "deployment_status.failure"}) {
      EXPECT_TRUE(is_known_name(origin, name)) << origin << " " << name;
    }
  }
}

struct KnownNamesRow {
  std::string_view origin;
  std::string_view name;
  bool known;
};

class KnownNameRows : public testing::TestWithParam<KnownNamesRow> {};

TEST_P(KnownNameRows, IsKnownOnlyWhereItsForgeHasIt) {
  const KnownNamesRow& row = GetParam();
  EXPECT_EQ(is_known_name(row.origin, row.name), row.known) << row.origin << ":" << row.name;
}

INSTANTIATE_TEST_SUITE_P(
    Names, KnownNameRows,
    testing::Values(
        KnownNamesRow{"github", "workflow_run.success", true},
        KnownNamesRow{"github", "workflow_run.startup_failure", true},
        KnownNamesRow{"github", "check_suite.requested", true}, KnownNamesRow{"github", "status", true},
        KnownNamesRow{"github", "status.error", true}, KnownNamesRow{"github", "deployment_status.in_progress", true},
        KnownNamesRow{"github", "pull_request_review.changes_requested", true},
        KnownNamesRow{"github", "merge_group.checks_requested", true},
        KnownNamesRow{"github", "sub_issues.sub_issue_added", true},
        KnownNamesRow{"github", "repository_dispatch.deploy-now", true},
        KnownNamesRow{"github", "repository_dispatch.", false}, KnownNamesRow{"github", "tag.created", false},
        KnownNamesRow{"github", "pull_request.open", false}, KnownNamesRow{"github", "ping", false},
        KnownNamesRow{"github", "pull_request_target.opened", false},
        KnownNamesRow{"github", "merge_request.merged", false}, KnownNamesRow{"gitlab", "merge_request.merged", true},
        KnownNamesRow{"gitlab", "tag_push.created", true}, KnownNamesRow{"gitlab", "pipeline.success", true},
        KnownNamesRow{"bitbucket", "pullrequest.fulfilled", true},
        KnownNamesRow{"bitbucket", "pr.reviewer.approved", true},
        KnownNamesRow{"gitea", "pull_request.label_updated", true},
        KnownNamesRow{"forgejo", "action_run.recover", true}, KnownNamesRow{"gitea", "action_run.recover", false},
        KnownNamesRow{"azure", "pullrequest.completed", true}, KnownNamesRow{"codecommit", "push", true},
        KnownNamesRow{"sourcehut", "push", false}, KnownNamesRow{"", "push", false}));

TEST(KnownNames, GitHubHasAllWebhooksOfItsDocumentation) {
  std::set<std::string> webhooks;
  for (const KnownName& known : known_names("github")) {
    webhooks.insert(std::string(known.name.substr(0, known.name.find('.'))));
  }
  // GitHub docs, "Webhook events and payloads": every heading but `ping`, which starts nothing.
  for (const std::string_view webhook : {"branch_protection_configuration",
                                         "branch_protection_rule",
                                         "check_run",
                                         "check_suite",
                                         "code_scanning_alert",
                                         "commit_comment",
                                         "create",
                                         "custom_property",
                                         "custom_property_values",
                                         "delete",
                                         "dependabot_alert",
                                         "deploy_key",
                                         "deployment",
                                         "deployment_protection_rule",
                                         "deployment_review",
                                         "deployment_status",
                                         "discussion",
                                         "discussion_comment",
                                         "fork",
                                         "github_app_authorization",
                                         "gollum",
                                         "installation",
                                         "installation_repositories",
                                         "installation_target",
                                         "issue_comment",
                                         "issue_dependencies",
                                         "issues",
                                         "label",
                                         "marketplace_purchase",
                                         "member",
                                         "membership",
                                         "merge_group",
                                         "meta",
                                         "milestone",
                                         "org_block",
                                         "organization",
                                         "package",
                                         "page_build",
                                         "personal_access_token_request",
                                         "project",
                                         "project_card",
                                         "project_column",
                                         "projects_v2",
                                         "projects_v2_item",
                                         "projects_v2_status_update",
                                         "public",
                                         "pull_request",
                                         "pull_request_review",
                                         "pull_request_review_comment",
                                         "pull_request_review_thread",
                                         "push",
                                         "registry_package",
                                         "release",
                                         "repository",
                                         "repository_advisory",
                                         "repository_dispatch",
                                         "repository_import",
                                         "repository_ruleset",
                                         "repository_vulnerability_alert",
                                         "secret_scanning_alert",
                                         "secret_scanning_alert_location",
                                         "secret_scanning_scan",
                                         "security_advisory",
                                         "security_and_analysis",
                                         "sponsorship",
                                         "star",
                                         "status",
                                         "sub_issues",
                                         "team",
                                         "team_add",
                                         "watch",
                                         "workflow_dispatch",
                                         "workflow_job",
                                         "workflow_run"}) {
    EXPECT_TRUE(webhooks.contains(std::string(webhook))) << webhook;
  }
}

}  // namespace
}  // namespace lifecycle::event
