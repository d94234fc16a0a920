#include "adapters/ci/event_name.h"

#include <gtest/gtest.h>

namespace lifecycle::ci {
namespace {

struct EventNameRow {
  const char* name;
  const char* action;
  std::optional<bool> merged;
  const char* event;
};

class GivenNames : public testing::TestWithParam<EventNameRow> {};

TEST_P(GivenNames, BecomeCanonical) {
  const auto given = read_given_name({.name = GetParam().name, .action = GetParam().action}, GetParam().merged, "");
  ASSERT_TRUE(given) << given.error().message;
  EXPECT_EQ(given->name, GetParam().event) << GetParam().name << " " << GetParam().action;
}

constexpr auto unknown = std::nullopt;

INSTANTIATE_TEST_SUITE_P(
    Table, GivenNames,
    testing::Values(EventNameRow{"pull_request.merged", "", unknown, "pull_request.merged"},
                    EventNameRow{"pull_request.opened", "closed", unknown, "pull_request.opened"},
                    EventNameRow{"push", "", unknown, "push"}, EventNameRow{"push", "push", unknown, "push"},
                    EventNameRow{"schedule", "schedule", unknown, "schedule"},
                    EventNameRow{"pull_request", "", unknown, "pull_request"},
                    EventNameRow{"pull_request", "pull_request", unknown, "pull_request"},
                    EventNameRow{"pull_request", "opened", unknown, "pull_request.opened"},
                    EventNameRow{"pull_request", "synchronized", unknown, "pull_request.synchronize"},
                    EventNameRow{"pull_request", "created", unknown, "pull_request.opened"},
                    EventNameRow{"pull_request", "fulfilled", unknown, "pull_request.merged"},
                    EventNameRow{"pull_request", "rejected", unknown, "pull_request.closed"},
                    EventNameRow{"pull_request", "updated", unknown, "pull_request"},
                    EventNameRow{"pull_request", "closed", unknown, "pull_request"},
                    EventNameRow{"pull_request", "closed", true, "pull_request.merged"},
                    EventNameRow{"pull_request", "closed", false, "pull_request.closed"},
                    EventNameRow{"pull_request", "opened", false, "pull_request.opened"},
                    EventNameRow{"pull_request", "", true, "pull_request.merged"},
                    EventNameRow{"pull_request", "labeled", unknown, "pull_request.labeled"},
                    EventNameRow{"pull_request", "a:b", unknown, "pull_request"},
                    EventNameRow{"pull_request_target", "opened", unknown, "pull_request.opened"},
                    EventNameRow{"merge_request", "merge", unknown, "pull_request.merged"},
                    EventNameRow{"merge_request", "open", unknown, "pull_request.opened"},
                    EventNameRow{"api", "", unknown, "repository_dispatch"},
                    EventNameRow{"api", "api", unknown, "repository_dispatch"},
                    EventNameRow{"custom_webhook", "", unknown, "repository_dispatch"},
                    EventNameRow{"incoming", "", unknown, "repository_dispatch"},
                    EventNameRow{"release", "published", unknown, "release.published"},
                    EventNameRow{"workflow_dispatch", "", unknown, "workflow_dispatch"}));

TEST(GivenName, MayBeAWholeTrigger) {
  const auto given = read_given_name({.name = "gitlab:acme/x/app:pull_request.merged"}, unknown, "");
  ASSERT_TRUE(given);
  EXPECT_EQ(given->origin, "gitlab");
  EXPECT_EQ(given->repo, "acme/x/app");
  EXPECT_EQ(given->name, "pull_request.merged");
  EXPECT_EQ(given->kind, "pull_request");
}

TEST(GivenName, TakesTheEventsKindWhereOnlyAnActionIsGiven) {
  const auto given = read_given_name({.action = "synchronize"}, unknown, "pull_request");
  ASSERT_TRUE(given);
  EXPECT_EQ(given->name, "pull_request.synchronize");
}

class BadNames : public testing::TestWithParam<const char*> {};

TEST_P(BadNames, AreErrors) {
  const auto given = read_given_name({.name = GetParam()}, unknown, "");
  ASSERT_FALSE(given);
  EXPECT_EQ(given.error().code, "event-fact-invalid");
  EXPECT_NE(given.error().message.find("--event"), std::string::npos);
}

INSTANTIATE_TEST_SUITE_P(Rows, BadNames,
                         testing::Values("a b", "push:x", "github:acme/app:push:ref==main", "github:*:push",
                                         "github::push", ".", "push.", ".push", "x\ny"));

}  // namespace
}  // namespace lifecycle::ci
