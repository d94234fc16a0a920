#include "adapters/forge/webhook_name.h"

#include <gtest/gtest.h>

#include "adapters/forge/payload_reader.h"

namespace lifecycle::forge {
namespace {

using Names = std::vector<std::string>;

struct WebhookNameRow {
  const char* origin;
  const char* webhook;
  const char* body;
  Names names;
};

class WebhookNames : public testing::TestWithParam<WebhookNameRow> {};

TEST_P(WebhookNames, FollowTheTable) {
  const auto fields = collect_payload(GetParam().body).fields;
  EXPECT_EQ(webhook_names(read_webhook(GetParam().webhook, GetParam().origin, fields), fields), GetParam().names)
      << GetParam().webhook << " " << GetParam().body;
}

constexpr const char* zeros =
    R"({"ref":"refs/heads/x","before":"a","after":"0000000000000000000000000000000000000000"})";
constexpr const char* zeros_64 =
    R"({"ref":"refs/heads/x","before":"a","after":"0000000000000000000000000000000000000000000000000000000000000000"})";

INSTANTIATE_TEST_SUITE_P(
    GitHub, WebhookNames,
    testing::Values(
        WebhookNameRow{"github", "push", R"({"ref":"refs/heads/x","after":"ab"})", {"push"}},
        WebhookNameRow{"github", "push", R"({"ref":"refs/tags/x","after":"ab"})", {"push.tag"}},
        WebhookNameRow{"github", "push", R"({"ref":"refs/heads/refs/tags/x","after":"ab"})", {"push"}},
        WebhookNameRow{"github", "push", R"({"ref":"refs/heads/x","action":"odd"})", {"push"}},
        WebhookNameRow{"github", "push", R"({"ref":"refs/tags/x","deleted":true})", {"push.deleted"}},
        WebhookNameRow{"github", "push", zeros, {"push.deleted"}},
        WebhookNameRow{"github", "push", zeros_64, {"push.deleted"}},
        WebhookNameRow{"github", "create", R"({"ref_type":"tag"})", {"create.tag"}},
        WebhookNameRow{"github", "delete", R"({"ref_type":"branch"})", {"delete.branch"}},
        WebhookNameRow{"github", "create", R"({"ref_type":"a b"})", {"create"}},
        WebhookNameRow{"github", "pull_request", R"({"action":"opened"})", {"pull_request.opened"}},
        WebhookNameRow{"github", "pull_request_target", R"({"action":"opened"})", {"pull_request.opened"}},
        WebhookNameRow{
            "github", "pull_request", R"({"action":"closed","pull_request":{"merged":true}})", {"pull_request.merged"}},
        WebhookNameRow{"github",
                       "pull_request",
                       R"({"action":"closed","pull_request":{"merged":false}})",
                       {"pull_request.closed"}},
        WebhookNameRow{
            "github", "pull_request", R"({"action":"opened","pull_request":{"merged":true}})", {"pull_request.opened"}},
        WebhookNameRow{"github",
                       "pull_request",
                       R"({"action":"closed","pull_request":{"merged":false,"merged_at":"2026-01-01T00:00:00Z"}})",
                       {"pull_request.closed"}},
        WebhookNameRow{"github",
                       "pull_request",
                       R"({"action":"closed","pull_request":{"merged_at":"2026-01-01T00:00:00Z"}})",
                       {"pull_request.merged"}},
        WebhookNameRow{"github", "pull_request", R"({"action":"brand_new"})", {"pull_request.brand_new"}},
        WebhookNameRow{"github", "pull_request", R"({})", {"pull_request"}},
        WebhookNameRow{"github", "pull_request", R"({"action":"a:b"})", {"pull_request"}},
        WebhookNameRow{"github", "pull_request", R"({"action":"a\nb"})", {"pull_request"}},
        WebhookNameRow{"github", "pull_request", R"({"action":""})", {"pull_request"}},
        WebhookNameRow{"github",
                       "pull_request_review",
                       R"({"action":"submitted","review":{"state":"CHANGES_REQUESTED"}})",
                       {"pull_request_review.changes_requested", "pull_request_review.submitted"}},
        WebhookNameRow{"github",
                       "pull_request_review",
                       R"({"action":"dismissed","review":{"state":"dismissed"}})",
                       {"pull_request_review.dismissed"}},
        WebhookNameRow{"github",
                       "pull_request_review",
                       R"({"action":"submitted","review":{}})",
                       {"pull_request_review.submitted"}},
        WebhookNameRow{"github",
                       "pull_request_review_comment",
                       R"({"action":"created"})",
                       {"pull_request_review_comment.created"}},
        WebhookNameRow{"github",
                       "deployment_status",
                       R"({"action":"created","deployment_status":{"state":"in_progress"}})",
                       {"deployment_status.in_progress", "deployment_status.created"}},
        WebhookNameRow{"github",
                       "deployment_status",
                       R"({"deployment_status":{"state":"success"}})",
                       {"deployment_status.success", "deployment_status"}},
        WebhookNameRow{"github", "status", R"({"state":"failure"})", {"status.failure", "status"}},
        WebhookNameRow{"github",
                       "workflow_run",
                       R"({"action":"completed","workflow_run":{"conclusion":"timed_out"}})",
                       {"workflow_run.timed_out", "workflow_run.completed"}},
        WebhookNameRow{"github",
                       "workflow_run",
                       R"({"action":"completed","workflow_run":{"conclusion":null}})",
                       {"workflow_run.completed"}},
        WebhookNameRow{"github",
                       "workflow_run",
                       R"({"action":"requested","workflow_run":{"conclusion":"success"}})",
                       {"workflow_run.requested"}},
        WebhookNameRow{"github",
                       "check_run",
                       R"({"action":"completed","check_run":{"conclusion":"neutral"}})",
                       {"check_run.neutral", "check_run.completed"}},
        WebhookNameRow{"github",
                       "check_suite",
                       R"({"action":"completed","check_suite":{"conclusion":"stale"}})",
                       {"check_suite.stale", "check_suite.completed"}},
        WebhookNameRow{"github",
                       "workflow_job",
                       R"({"action":"completed","workflow_job":{"conclusion":"success"}})",
                       {"workflow_job.success", "workflow_job.completed"}},
        WebhookNameRow{"github", "merge_group", R"({"action":"checks_requested"})", {"merge_group.checks_requested"}},
        WebhookNameRow{"github",
                       "repository_dispatch",
                       R"({"action":"on-demand.test"})",
                       {"repository_dispatch.on-demand.test", "repository_dispatch"}},
        WebhookNameRow{"github", "repository_dispatch", R"({"action":"a b; rm"})", {"repository_dispatch"}},
        WebhookNameRow{"github", "workflow_dispatch", R"({"inputs":{}})", {"workflow_dispatch"}},
        WebhookNameRow{"github", "ping", R"({"zen":"z"})", {}},
        WebhookNameRow{"bitbucket", "diagnostics.ping", "{}", {}},
        WebhookNameRow{"github", "fork", R"({"action":"opened"})", {"fork"}},
        WebhookNameRow{"github", "gollum", R"({"action":"opened"})", {"gollum"}},
        WebhookNameRow{"github", "page_build", R"({"action":"opened"})", {"page_build"}},
        WebhookNameRow{"github", "public", R"({"action":"opened"})", {"public"}},
        WebhookNameRow{"github", "repository_import", R"({"action":"opened"})", {"repository_import"}},
        WebhookNameRow{"github", "security_and_analysis", R"({"action":"opened"})", {"security_and_analysis"}},
        WebhookNameRow{"github", "team_add", R"({"action":"opened"})", {"team_add"}},
        WebhookNameRow{"github", "some_future_webhook", R"({"action":"done"})", {"some_future_webhook.done"}},
        WebhookNameRow{"github", "bad:name", R"({"action":"done"})", {}},
        WebhookNameRow{"github", "", R"({"action":"done"})", {}}));

INSTANTIATE_TEST_SUITE_P(
    Gitea, WebhookNames,
    testing::Values(
        WebhookNameRow{"gitea",
                       "pull_request",
                       R"({"action":"synchronized"})",
                       {"pull_request.synchronize", "pull_request.synchronized"}},
        WebhookNameRow{"gitea",
                       "pull_request_sync",
                       R"({"action":"synchronized"})",
                       {"pull_request.synchronize", "pull_request.synchronized"}},
        WebhookNameRow{
            "forgejo", "pull_request_label", R"({"action":"label_updated"})", {"pull_request.label_updated"}},
        WebhookNameRow{"gitea",
                       "pull_request_review_request",
                       R"({"action":"review_requested"})",
                       {"pull_request.review_requested"}},
        WebhookNameRow{"gitea", "pull_request_approved", R"({"action":"reviewed"})", {"pull_request_review.approved"}},
        WebhookNameRow{"forgejo",
                       "pull_request_review_rejected",
                       R"({"action":"reviewed"})",
                       {"pull_request_review.changes_requested"}},
        WebhookNameRow{"gitea",
                       "pull_request_review",
                       R"({"action":"reviewed","review":{"type":"pull_request_review_comment"}})",
                       {"pull_request_review.commented"}},
        WebhookNameRow{"gitea", "pull_request_comment", R"({"action":"reviewed"})", {"pull_request_review.commented"}},
        WebhookNameRow{"gitea", "pull_request_comment", R"({"action":"created"})", {"issue_comment.created"}},
        WebhookNameRow{
            "gitea", "pull_request_review_comment", R"({"action":"reviewed"})", {"pull_request_review.commented"}},
        WebhookNameRow{"gitea", "issue_label", R"({"action":"label_cleared"})", {"issues.label_cleared"}},
        WebhookNameRow{"forgejo", "action_run_recover", R"({"action":"recover"})", {"action_run.recover"}},
        WebhookNameRow{"gitea", "release", R"({"action":"updated"})", {"release.updated"}},
        WebhookNameRow{"gitea", "gollum", R"({"action":"created","page":"Home"})", {"wiki.created"}},
        WebhookNameRow{"forgejo", "gollum", R"({"action":"edited","page":"Home"})", {"wiki.edited"}},
        WebhookNameRow{"gitea", "wiki", R"({"action":"deleted","page":"Home"})", {"wiki.deleted"}},
        WebhookNameRow{"gitea", "registry_package", R"({"action":"created","package":{}})", {"package.created"}},
        WebhookNameRow{"forgejo", "registry_package", R"({"action":"deleted","package":{}})", {"package.deleted"}},
        WebhookNameRow{"github", "registry_package", R"({"action":"published"})", {"registry_package.published"}},
        WebhookNameRow{"github", "gollum", R"({"action":"edited"})", {"gollum"}},
        WebhookNameRow{
            "github", "pull_request_sync", R"({"action":"synchronized"})", {"pull_request_sync.synchronized"}}));

TEST(StateInName, IsNoAction) {
  EXPECT_EQ(state_in_name("deployment_status", "failure"), "failure");
  EXPECT_EQ(state_in_name("deployment_status", "created"), "");
  EXPECT_EQ(state_in_name("status", "pending"), "pending");
  EXPECT_EQ(state_in_name("pull_request_review", "approved"), "approved");
  EXPECT_EQ(state_in_name("pull_request_review", "submitted"), "");
  EXPECT_EQ(state_in_name("workflow_run", "timed_out"), "timed_out");
  EXPECT_EQ(state_in_name("workflow_run", "completed"), "");
  EXPECT_EQ(state_in_name("pull_request", "closed"), "");
}

}  // namespace
}  // namespace lifecycle::forge
