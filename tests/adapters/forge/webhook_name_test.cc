#include "adapters/forge/webhook_name.h"

#include <gtest/gtest.h>

#include "adapters/forge/payload_reader.h"

namespace lifecycle::forge {
namespace {

using Names = std::vector<std::string>;

struct Row {
  const char* origin;
  const char* webhook;
  const char* body;
  Names names;
};

class WebhookNames : public testing::TestWithParam<Row> {};

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
        Row{"github", "push", R"({"ref":"refs/heads/x","after":"ab"})", {"push"}},
        Row{"github", "push", R"({"ref":"refs/tags/x","after":"ab"})", {"push.tag"}},
        Row{"github", "push", R"({"ref":"refs/heads/refs/tags/x","after":"ab"})", {"push"}},
        Row{"github", "push", R"({"ref":"refs/heads/x","action":"odd"})", {"push"}},
        Row{"github", "push", R"({"ref":"refs/tags/x","deleted":true})", {"push.deleted"}},
        Row{"github", "push", zeros, {"push.deleted"}}, Row{"github", "push", zeros_64, {"push.deleted"}},
        Row{"github", "create", R"({"ref_type":"tag"})", {"create.tag"}},
        Row{"github", "delete", R"({"ref_type":"branch"})", {"delete.branch"}},
        Row{"github", "create", R"({"ref_type":"a b"})", {"create"}},
        Row{"github", "pull_request", R"({"action":"opened"})", {"pull_request.opened"}},
        Row{"github", "pull_request_target", R"({"action":"opened"})", {"pull_request.opened"}},
        Row{"github", "pull_request", R"({"action":"closed","pull_request":{"merged":true}})", {"pull_request.merged"}},
        Row{"github",
            "pull_request",
            R"({"action":"closed","pull_request":{"merged":false}})",
            {"pull_request.closed"}},
        Row{"github", "pull_request", R"({"action":"opened","pull_request":{"merged":true}})", {"pull_request.opened"}},
        Row{"github",
            "pull_request",
            R"({"action":"closed","pull_request":{"merged":false,"merged_at":"2026-01-01T00:00:00Z"}})",
            {"pull_request.closed"}},
        Row{"github",
            "pull_request",
            R"({"action":"closed","pull_request":{"merged_at":"2026-01-01T00:00:00Z"}})",
            {"pull_request.merged"}},
        Row{"github", "pull_request", R"({"action":"brand_new"})", {"pull_request.brand_new"}},
        Row{"github", "pull_request", R"({})", {"pull_request"}},
        Row{"github", "pull_request", R"({"action":"a:b"})", {"pull_request"}},
        Row{"github", "pull_request", R"({"action":"a\nb"})", {"pull_request"}},
        Row{"github", "pull_request", R"({"action":""})", {"pull_request"}},
        Row{"github",
            "pull_request_review",
            R"({"action":"submitted","review":{"state":"CHANGES_REQUESTED"}})",
            {"pull_request_review.changes_requested", "pull_request_review.submitted"}},
        Row{"github",
            "pull_request_review",
            R"({"action":"dismissed","review":{"state":"dismissed"}})",
            {"pull_request_review.dismissed"}},
        Row{"github",
            "pull_request_review",
            R"({"action":"submitted","review":{}})",
            {"pull_request_review.submitted"}},
        Row{"github",
            "pull_request_review_comment",
            R"({"action":"created"})",
            {"pull_request_review_comment.created"}},
        Row{"github",
            "deployment_status",
            R"({"action":"created","deployment_status":{"state":"in_progress"}})",
            {"deployment_status.in_progress", "deployment_status.created"}},
        Row{"github",
            "deployment_status",
            R"({"deployment_status":{"state":"success"}})",
            {"deployment_status.success", "deployment_status"}},
        Row{"github", "status", R"({"state":"failure"})", {"status.failure", "status"}},
        Row{"github",
            "workflow_run",
            R"({"action":"completed","workflow_run":{"conclusion":"timed_out"}})",
            {"workflow_run.timed_out", "workflow_run.completed"}},
        Row{"github",
            "workflow_run",
            R"({"action":"completed","workflow_run":{"conclusion":null}})",
            {"workflow_run.completed"}},
        Row{"github",
            "workflow_run",
            R"({"action":"requested","workflow_run":{"conclusion":"success"}})",
            {"workflow_run.requested"}},
        Row{"github",
            "check_run",
            R"({"action":"completed","check_run":{"conclusion":"neutral"}})",
            {"check_run.neutral", "check_run.completed"}},
        Row{"github",
            "check_suite",
            R"({"action":"completed","check_suite":{"conclusion":"stale"}})",
            {"check_suite.stale", "check_suite.completed"}},
        Row{"github",
            "workflow_job",
            R"({"action":"completed","workflow_job":{"conclusion":"success"}})",
            {"workflow_job.success", "workflow_job.completed"}},
        Row{"github", "merge_group", R"({"action":"checks_requested"})", {"merge_group.checks_requested"}},
        Row{"github",
            "repository_dispatch",
            R"({"action":"on-demand.test"})",
            {"repository_dispatch.on-demand.test", "repository_dispatch"}},
        Row{"github", "repository_dispatch", R"({"action":"a b; rm"})", {"repository_dispatch"}},
        Row{"github", "workflow_dispatch", R"({"inputs":{}})", {"workflow_dispatch"}},
        Row{"github", "ping", R"({"zen":"z"})", {}}, Row{"bitbucket", "diagnostics.ping", "{}", {}},
        Row{"github", "fork", R"({"action":"opened"})", {"fork"}},
        Row{"github", "gollum", R"({"action":"opened"})", {"gollum"}},
        Row{"github", "page_build", R"({"action":"opened"})", {"page_build"}},
        Row{"github", "public", R"({"action":"opened"})", {"public"}},
        Row{"github", "repository_import", R"({"action":"opened"})", {"repository_import"}},
        Row{"github", "security_and_analysis", R"({"action":"opened"})", {"security_and_analysis"}},
        Row{"github", "team_add", R"({"action":"opened"})", {"team_add"}},
        Row{"github", "some_future_webhook", R"({"action":"done"})", {"some_future_webhook.done"}},
        Row{"github", "bad:name", R"({"action":"done"})", {}}, Row{"github", "", R"({"action":"done"})", {}}));

INSTANTIATE_TEST_SUITE_P(
    Gitea, WebhookNames,
    testing::Values(
        Row{"gitea",
            "pull_request",
            R"({"action":"synchronized"})",
            {"pull_request.synchronize", "pull_request.synchronized"}},
        Row{"gitea",
            "pull_request_sync",
            R"({"action":"synchronized"})",
            {"pull_request.synchronize", "pull_request.synchronized"}},
        Row{"forgejo", "pull_request_label", R"({"action":"label_updated"})", {"pull_request.label_updated"}},
        Row{"gitea",
            "pull_request_review_request",
            R"({"action":"review_requested"})",
            {"pull_request.review_requested"}},
        Row{"gitea", "pull_request_approved", R"({"action":"reviewed"})", {"pull_request_review.approved"}},
        Row{"forgejo",
            "pull_request_review_rejected",
            R"({"action":"reviewed"})",
            {"pull_request_review.changes_requested"}},
        Row{"gitea",
            "pull_request_review",
            R"({"action":"reviewed","review":{"type":"pull_request_review_comment"}})",
            {"pull_request_review.commented"}},
        Row{"gitea", "pull_request_comment", R"({"action":"reviewed"})", {"pull_request_review.commented"}},
        Row{"gitea", "pull_request_comment", R"({"action":"created"})", {"issue_comment.created"}},
        Row{"gitea", "pull_request_review_comment", R"({"action":"reviewed"})", {"pull_request_review.commented"}},
        Row{"gitea", "issue_label", R"({"action":"label_cleared"})", {"issues.label_cleared"}},
        Row{"forgejo", "action_run_recover", R"({"action":"recover"})", {"action_run.recover"}},
        Row{"gitea", "release", R"({"action":"updated"})", {"release.updated"}},
        Row{"github", "pull_request_sync", R"({"action":"synchronized"})", {"pull_request_sync.synchronized"}}));

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
