#include "agent/trigger/event_suggestion.h"

#include <gtest/gtest.h>

#include <vector>

#include "agent/event/known_names.h"

namespace lifecycle::trigger {
namespace {

struct SuggestionCase {
  std::string_view typed;
  std::string_view meant;  // empty: nothing is offered
};
class SuggestEvent : public testing::TestWithParam<SuggestionCase> {};

TEST_P(SuggestEvent, FindsWhatWasMeant) {
  std::vector<std::string_view> names;
  for (const auto& known : event::known_names("github")) names.push_back(known.name);
  EXPECT_EQ(suggest_event(GetParam().typed, names).value_or(""), GetParam().meant);
}
INSTANTIATE_TEST_SUITE_P(
    GitHub, SuggestEvent,
    testing::Values(
        SuggestionCase{"tag.created", "create.tag"}, SuggestionCase{"tag.create", "create.tag"},
        SuggestionCase{"create_tag", "create.tag"}, SuggestionCase{"created.tag", "create.tag"},
        SuggestionCase{"tag", "create.tag"}, SuggestionCase{"tag.push", "push.tag"},
        SuggestionCase{"tag_push", "push.tag"}, SuggestionCase{"branch.deleted", "delete.branch"},
        SuggestionCase{"pull_request.open", "pull_request.opened"},
        SuggestionCase{"pull_request.merge", "pull_request.merged"},
        SuggestionCase{"pull_request.close", "pull_request.closed"},
        SuggestionCase{"pull_request.created", "pull_request.opened"},
        SuggestionCase{"pull_request.updated", "pull_request.synchronize"},
        SuggestionCase{"pull_request.synchronized", "pull_request.synchronize"},
        SuggestionCase{"pull-request.opened", "pull_request.opened"},
        SuggestionCase{"Pull_Request.Merged", "pull_request.merged"},
        SuggestionCase{"pull_requests.opened", "pull_request.opened"},
        SuggestionCase{"pullrequest.fulfilled", "pull_request.merged"},
        SuggestionCase{"merge_request.merged", "pull_request.merged"},
        SuggestionCase{"pr.opened", "pull_request.opened"}, SuggestionCase{"mr.open", "pull_request.opened"},
        SuggestionCase{"pull_reqest.merged", "pull_request.merged"}, SuggestionCase{"pus", "push"},
        SuggestionCase{"pushed", "push"}, SuggestionCase{"Push", "push"}, SuggestionCase{"cron", "schedule"},
        SuggestionCase{"release.publish", "release.published"},
        SuggestionCase{"deployment_status.failed", "deployment_status.failure"},
        SuggestionCase{"release", "release.published"}, SuggestionCase{"releases", "release.published"},
        SuggestionCase{"create", "create.branch"}, SuggestionCase{"delete", "delete.branch"},
        SuggestionCase{"branch", "create.branch"}, SuggestionCase{"check_suite", "check_suite.success"},
        SuggestionCase{"check_run", "check_run.success"}, SuggestionCase{"check-run", "check_run.success"},
        SuggestionCase{"deployment", "deployment.created"},
        SuggestionCase{"deployment_status", "deployment_status.success"},
        SuggestionCase{"workflow_run", "workflow_run.success"}, SuggestionCase{"workflow_job", "workflow_job.success"},
        SuggestionCase{"issues", "issues.opened"}, SuggestionCase{"issue_comment", "issue_comment.created"},
        SuggestionCase{"merge_group", "merge_group.checks_requested"},
        SuggestionCase{"pull_request_review", "pull_request_review.approved"},
        SuggestionCase{"pull_request_target", "pull_request.opened"},
        SuggestionCase{"pull_requests", "pull_request.opened"}, SuggestionCase{"watch", "watch.started"},
        SuggestionCase{"chek_suite", "check_suite.success"}, SuggestionCase{"relase", "release.published"},
        SuggestionCase{"workflow_cal", "workflow_call"}, SuggestionCase{"pull_request_opend", "pull_request.opened"},
        SuggestionCase{"fork.created", "fork"}, SuggestionCase{"push.create", "push"},
        SuggestionCase{"check_run.finished", "check_run.success"},
        SuggestionCase{"workflow_run.succeeded", "workflow_run.success"},
        SuggestionCase{"workflow_run.failed", "workflow_run.failure"},
        SuggestionCase{"workflow_run.canceled", "workflow_run.cancelled"},
        SuggestionCase{"deployment.success", "deployment_status.success"},
        SuggestionCase{"pull_request.approved", "pull_request_review.approved"},
        SuggestionCase{"pull_request.exploded", "pull_request.opened"},
        SuggestionCase{"member.deleted", "member.removed"}, SuggestionCase{"label.added", "label.created"},
        SuggestionCase{"relase.creatd", "release.created"}, SuggestionCase{"pr.mergd", "pull_request.merged"},
        SuggestionCase{"issue.created", "issues.opened"}, SuggestionCase{"something.else.entirely", ""},
        SuggestionCase{"something", ""}, SuggestionCase{".", ""}, SuggestionCase{"._.", ""}),
    [](const auto& row) { return "Row" + std::to_string(row.index); });

}  // namespace
}  // namespace lifecycle::trigger
