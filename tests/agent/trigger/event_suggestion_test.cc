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
    testing::Values(SuggestionCase{"tag.created", "create.tag"}, SuggestionCase{"tag.create", "create.tag"},
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
                    SuggestionCase{"pr.opened", "pull_request.opened"},
                    SuggestionCase{"mr.open", "pull_request.opened"},
                    SuggestionCase{"pull_reqest.merged", "pull_request.merged"}, SuggestionCase{"pus", "push"},
                    SuggestionCase{"pushed", "push"}, SuggestionCase{"Push", "push"},
                    SuggestionCase{"cron", "schedule"}, SuggestionCase{"release.publish", "release.published"},
                    SuggestionCase{"deployment_status.failed", "deployment_status.failure"},
                    SuggestionCase{"something.else.entirely", ""}),
    [](const auto& row) { return "Row" + std::to_string(row.index); });

}  // namespace
}  // namespace lifecycle::trigger
