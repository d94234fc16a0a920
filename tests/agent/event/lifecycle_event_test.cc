#include "agent/event/lifecycle_event.h"

#include <gtest/gtest.h>

namespace lifecycle::event {
namespace {

TEST(PrimaryTrigger, NeedsOriginRepositoryAndName) {
  Event event;
  event.origin = "github";
  event.repo = "acme/app";
  event.names = {"push.tag", "create.tag"};
  EXPECT_EQ(primary_trigger(event), "github:acme/app:push.tag");
  Event without = event;
  without.origin.clear();
  EXPECT_EQ(primary_trigger(without), "");
  without = event;
  without.repo.clear();
  EXPECT_EQ(primary_trigger(without), "");
  without = event;
  without.names.clear();
  EXPECT_EQ(primary_trigger(without), "");
}

Event with_change(const char* name, std::optional<bool> fork) {
  Event event;
  event.names = {name};
  event.change = Change{.number = 7, .fork = fork};
  return event;
}

Event plain(const char* name, const char* kind = "", std::optional<bool> foreign_head = std::nullopt) {
  Event event;
  event.names = {name};
  event.kind = kind;
  event.foreign_head = foreign_head;
  return event;
}

Event comment(const char* name, std::optional<bool> on_change) {
  Event event = plain(name);
  event.on_change = on_change;
  return event;
}

struct Row {
  const char* about;
  Event event;
  bool fork;
};

class Forks : public testing::TestWithParam<Row> {};

TEST_P(Forks, AreWhereCodeMayComeFromAStranger) {
  EXPECT_EQ(is_from_fork(GetParam().event), GetParam().fork) << GetParam().about;
}

INSTANTIATE_TEST_SUITE_P(
    Rule, Forks,
    testing::Values(Row{"fork", with_change("pull_request.opened", true), true},
                    Row{"own branch", with_change("pull_request.opened", false), false},
                    Row{"unknown", with_change("pull_request", std::nullopt), true},
                    Row{"no change known at all", plain("pull_request"), true},
                    Row{"merged fork", with_change("pull_request.merged", true), false},
                    Row{"GitLab", with_change("merge_request.approved", true), true},
                    Row{"review", with_change("pull_request_review.approved", true), true},
                    Row{"review of an own branch", with_change("pull_request_review.approved", false), false},
                    Row{"comment on a change", with_change("issue_comment.created", std::nullopt), true},
                    Row{"comment on a change that is said to be ours", with_change("issue_comment.created", false),
                        false},
                    Row{"comment on an issue", comment("issue_comment.created", false), false},
                    Row{"comment on who knows what", plain("issue_comment.created"), true},
                    Row{"GitLab's comment on who knows what", plain("note.created"), true},
                    Row{"GitLab's comment on an issue", comment("note.created", false), false},
                    Row{"comment on a change that is not known", plain("pull_request_review_comment.created"), true},
                    Row{"the name says more than a body", comment("pull_request_review_comment.created", false), true},
                    Row{"comment on a merge request", plain("merge_request.commented"), true},
                    Row{"comment at Bitbucket", plain("pullrequest.comment_created"), true},
                    Row{"comment at Data Center", plain("pr.comment.added"), true},
                    Row{"comment at Azure", plain("pull_request.commented"), true},
                    Row{"comment by Gitea's finer word", plain("pull_request_comment.created"), true},
                    Row{"comment on a commit", plain("commit_comment.created"), false},
                    Row{"comment on a discussion", plain("discussion_comment.created"), false},
                    Row{"a webhook's word as a name", plain("pull_request_target.opened"), true},
                    Row{"a webhook of changes that is not known", plain("pull_request_queue.added"), true},
                    Row{"workflow run elsewhere", plain("workflow_run.success", "workflow_run", true), true},
                    Row{"workflow run here", plain("workflow_run.success", "workflow_run", false), false},
                    Row{"workflow run of unknown place", plain("workflow_run.success", "workflow_run"), true},
                    Row{"check run", plain("check_run.success", "check_run"), false},
                    Row{"dispatch on a change", with_change("workflow_dispatch", std::nullopt), false},
                    Row{"push", plain("push"), false}, Row{"nothing", Event{}, false}));

}  // namespace
}  // namespace lifecycle::event
