#include "agent/event/event_ref.h"

#include <gtest/gtest.h>

namespace lifecycle::event {
namespace {

Event on_branch(std::string name) {
  Event event;
  event.names = {std::move(name)};
  event.branch = "feature/login";
  return event;
}

Event on_tag(std::string name) {
  Event event;
  event.names = {std::move(name)};
  event.tag = "v1.4.0";
  return event;
}

Event on_change(std::string name) {
  Event event;
  event.names = {std::move(name)};
  event.branch = event.head = "feature/login";
  event.base = "main";
  event.change = Change{.number = 7};
  return event;
}

Event of_deployment(std::string ref) {
  Event event;
  event.names = {"deployment_status.success", "deployment_status.created"};
  event.deployment = Deployment{.environment = "production", .ref = std::move(ref)};
  event.branch = "main";
  return event;
}

Event of_run() {
  Event event;
  event.names = {"workflow_run.success", "workflow_run.completed"};
  event.ref = "refs/heads/main";
  event.head = "feature/login";
  return event;
}

struct EventRefRow {
  const char* about;
  Event event;
  const char* environment;
  const char* filter;
};

class Refs : public testing::TestWithParam<EventRefRow> {};

TEST_P(Refs, AreThoseOfTheTable) {
  EXPECT_EQ(environment_ref(GetParam().event), GetParam().environment) << GetParam().about;
  EXPECT_EQ(filter_ref(GetParam().event), GetParam().filter) << GetParam().about;
}

INSTANTIATE_TEST_SUITE_P(
    Table, Refs,
    testing::Values(
        EventRefRow{"open", on_change("pull_request.opened"), "feature/login", "main"},
        EventRefRow{"closed", on_change("pull_request.closed"), "feature/login", "main"},
        EventRefRow{"unknown action", on_change("pull_request"), "feature/login", "main"},
        EventRefRow{"review", on_change("pull_request_review.approved"), "feature/login", "main"},
        EventRefRow{"merged", on_change("pull_request.merged"), "main", "main"},
        EventRefRow{"GitLab's own", on_change("merge_request.approved"), "feature/login", "main"},
        EventRefRow{"comment on a change", on_change("pull_request_review_comment.created"), "", ""},
        EventRefRow{"Bitbucket's comment", on_change("pullrequest.comment_created"), "", ""},
        EventRefRow{"comment", on_branch("issue_comment.created"), "", ""},
        EventRefRow{"tag", on_tag("push.tag"), "v1.4.0", "v1.4.0"},
        EventRefRow{"created tag", on_tag("create.tag"), "v1.4.0", "v1.4.0"},
        EventRefRow{"release", on_tag("release.published"), "v1.4.0", "v1.4.0"},
        EventRefRow{"push", on_branch("push"), "feature/login", "feature/login"},
        EventRefRow{"dispatch", on_branch("workflow_dispatch"), "feature/login", "feature/login"},
        EventRefRow{"dispatch on a change", on_change("workflow_dispatch"), "feature/login", "feature/login"},
        EventRefRow{"dispatch by name", on_branch("repository_dispatch.deploy"), "feature/login", "feature/login"},
        EventRefRow{"schedule", on_branch("schedule"), "feature/login", "feature/login"},
        EventRefRow{"merge group", on_branch("merge_group.checks_requested"), "feature/login", "feature/login"},
        EventRefRow{"deployment", of_deployment("main"), "main", "main"},
        EventRefRow{"deployment of a full ref", of_deployment("refs/heads/a/b"), "a/b", "a/b"},
        EventRefRow{"deployment of a sha", of_deployment("bcb9f9b20179329552f9b756c6b7967b6126ef4b"), "", ""},
        EventRefRow{"workflow run", of_run(), "feature/login", "feature/login"},
        EventRefRow{"deleted branch", on_branch("delete.branch"), "", "feature/login"},
        EventRefRow{"deleted tag", on_tag("delete.tag"), "", "v1.4.0"},
        EventRefRow{"deleting push", on_branch("push.deleted"), "", "feature/login"},
        EventRefRow{"another webhook", on_branch("issues.opened"), "", ""}, EventRefRow{"no event", Event{}, "", ""}));

TEST(Repository, SplitsAtTheLastSlash) {
  Event event;
  event.repo = "acme/platform/app";
  EXPECT_EQ(repository_name(event), "app");
  EXPECT_EQ(repository_owner(event), "acme/platform");
  event.repo = "app";
  EXPECT_EQ(repository_name(event), "app");
  EXPECT_EQ(repository_owner(event), "");
  event.repo.clear();
  EXPECT_EQ(repository_name(event), "");
  EXPECT_EQ(repository_owner(event), "");
}

}  // namespace
}  // namespace lifecycle::event
