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

TEST(Fork, IsKnownOfAChangeAndOfARun) {
  EXPECT_EQ(lies_in_fork(Event{}), std::nullopt);
  EXPECT_EQ(lies_in_fork(with_change("pull_request.opened", true)), true);
  EXPECT_EQ(lies_in_fork(with_change("pull_request.opened", std::nullopt)), std::nullopt);
  EXPECT_EQ(lies_in_fork(plain("workflow_run.success", "workflow_run", false)), false);
  Event both = with_change("workflow_run.success", false);
  both.foreign_head = true;
  EXPECT_EQ(lies_in_fork(both), true);
}

struct LifecycleEventRow {
  const char* about;
  Event event;
  bool fork;
};

class Forks : public testing::TestWithParam<LifecycleEventRow> {};

TEST_P(Forks, AreWhereCodeMayComeFromAStranger) {
  EXPECT_EQ(is_from_fork(GetParam().event), GetParam().fork) << GetParam().about;
}

INSTANTIATE_TEST_SUITE_P(
    Rule, Forks,
    testing::Values(
        LifecycleEventRow{"fork", with_change("pull_request.opened", true), true},
        LifecycleEventRow{"own branch", with_change("pull_request.opened", false), false},
        LifecycleEventRow{"unknown", with_change("pull_request", std::nullopt), true},
        LifecycleEventRow{"no change known at all", plain("pull_request"), true},
        LifecycleEventRow{"merged fork", with_change("pull_request.merged", true), false},
        LifecycleEventRow{"GitLab", with_change("merge_request.approved", true), true},
        LifecycleEventRow{"review", with_change("pull_request_review.approved", true), true},
        LifecycleEventRow{"review of an own branch", with_change("pull_request_review.approved", false), false},
        LifecycleEventRow{"comment on a change", with_change("issue_comment.created", std::nullopt), true},
        LifecycleEventRow{"comment on a change that is said to be ours", with_change("issue_comment.created", false),
                          false},
        LifecycleEventRow{"comment on an issue", comment("issue_comment.created", false), false},
        LifecycleEventRow{"comment on who knows what", plain("issue_comment.created"), true},
        LifecycleEventRow{"GitLab's comment on who knows what", plain("note.created"), true},
        LifecycleEventRow{"GitLab's comment on an issue", comment("note.created", false), false},
        LifecycleEventRow{"comment on a change that is not known", plain("pull_request_review_comment.created"), true},
        LifecycleEventRow{"the name says more than a body", comment("pull_request_review_comment.created", false),
                          true},
        LifecycleEventRow{"comment on a merge request", plain("merge_request.commented"), true},
        LifecycleEventRow{"comment at Bitbucket", plain("pullrequest.comment_created"), true},
        LifecycleEventRow{"comment at Data Center", plain("pr.comment.added"), true},
        LifecycleEventRow{"comment at Azure", plain("pull_request.commented"), true},
        LifecycleEventRow{"comment by Gitea's finer word", plain("pull_request_comment.created"), true},
        LifecycleEventRow{"comment on a commit", plain("commit_comment.created"), false},
        LifecycleEventRow{"comment on a discussion", plain("discussion_comment.created"), false},
        LifecycleEventRow{"a webhook's word as a name", plain("pull_request_target.opened"), true},
        LifecycleEventRow{"a webhook of changes that is not known", plain("pull_request_queue.added"), true},
        LifecycleEventRow{"workflow run elsewhere", plain("workflow_run.success", "workflow_run", true), true},
        LifecycleEventRow{"workflow run here", plain("workflow_run.success", "workflow_run", false), false},
        LifecycleEventRow{"workflow run of unknown place", plain("workflow_run.success", "workflow_run"), true},
        LifecycleEventRow{"check run", plain("check_run.success", "check_run"), false},
        LifecycleEventRow{"dispatch on a change", with_change("workflow_dispatch", std::nullopt), false},
        LifecycleEventRow{"push", plain("push"), false}, LifecycleEventRow{"nothing", Event{}, false}));

}  // namespace
}  // namespace lifecycle::event
