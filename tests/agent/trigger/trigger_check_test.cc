#include <gtest/gtest.h>

#include "agent/trigger/trigger.h"

namespace lifecycle::trigger {
namespace {

struct CheckCase {
  std::string_view label;
  std::string_view text;
  std::string_view codes;  // joined by blanks
  std::string_view hint;   // of the first, a part of it
  int column = 0;
  int length = 0;
};
class CheckTrigger : public testing::TestWithParam<CheckCase> {};

TEST_P(CheckTrigger, WarnsByTheTable) {
  const auto trigger = parse_trigger(GetParam().text);
  ASSERT_TRUE(trigger) << trigger.error().message;
  const auto found = check_trigger(GetParam().text, *trigger);
  std::string codes;
  for (const Diagnostic& diagnostic : found) {
    codes += (codes.empty() ? "" : " ") + std::string(diagnostic.code);
    EXPECT_EQ(diagnostic.severity, Severity::warning);
  }
  ASSERT_EQ(codes, GetParam().codes);
  if (found.empty()) return;
  EXPECT_NE(found.front().hint.find(GetParam().hint), std::string::npos) << found.front().hint;
  EXPECT_EQ(found.front().place.column, GetParam().column);
  EXPECT_EQ(found.front().place.length, GetParam().length);
}
INSTANTIATE_TEST_SUITE_P(
    Triggers, CheckTrigger,
    testing::Values(
        CheckCase{"Good", "github:acme/app:pull_request.merged:base==main&&label!=wip", ""},
        CheckCase{"AnyAction", "github:acme/app:pull_request.*", ""}, CheckCase{"AnyEvent", "github:acme/app:*", ""},
        CheckCase{"AnyOrigin", "*:acme/app:push", ""},
        CheckCase{"NameOfOneOfTheOrigins", "git*:acme/app:merge_request.merged", ""},
        CheckCase{"OpenEnded", "github:acme/app:repository_dispatch.deploy", ""},
        CheckCase{"OpenEndedWildcard", "github:acme/app:repository_dispatch.deploy-*", ""},
        CheckCase{"TagCreated", "github:acme/app:tag.created", "trigger-unknown-event", "'create.tag'", 17, 11},
        CheckCase{"PullRequestOpen", "github:acme/app:pull_request.open", "trigger-unknown-event",
                  "'pull_request.opened'", 17, 17},
        CheckCase{"NounAsInGitHubsOn", "github:acme/app:release", "trigger-unknown-event", "'release.published'", 17,
                  7},
        CheckCase{"NounOfGitLab", "gitlab:acme/app:pipeline", "trigger-unknown-event", "'pipeline.success'", 17, 8},
        CheckCase{"VerbOfTheForgesOwnNoun", "gitlab:acme/app:pull_request.approved", "trigger-unknown-event",
                  "'merge_request.approved'", 17, 21},
        CheckCase{"NounThatTheForgeHasNot", "gitlab:acme/app:fork.created", "trigger-unknown-event", "docs/events.md",
                  17, 12},
        CheckCase{"VerbThatTheNounHasNot", "github:acme/app:fork.created", "trigger-unknown-event", "'fork'", 17, 12},
        CheckCase{"WildcardThatNothingMatches", "github:acme/app:pull_requests.*", "trigger-unknown-event", "", 17, 15},
        CheckCase{"OtherForgesName", "github:acme/app:merge_request.merged", "trigger-unknown-event",
                  "'pull_request.merged'", 17, 20},
        CheckCase{"OriginTypo", "githab:acme/app:push", "trigger-unknown-origin", "'github'", 1, 6},
        CheckCase{"OriginShort", "gh:acme/app:push", "trigger-unknown-origin", "'github'", 1, 2},
        CheckCase{"OriginElse", "sourcehut:acme/app:push", "trigger-unknown-origin", "origins are: github", 1, 9},
        CheckCase{"OriginAndEvent", "githab:acme/app:pushh", "trigger-unknown-origin trigger-unknown-event", "'github'",
                  1, 6},
        CheckCase{"UnknownKey", "github:acme/app:push:actr==x", "trigger-unknown-filter", "'actor'", 22, 4},
        CheckCase{"BranchKey", "github:acme/app:push:branch==x", "trigger-unknown-filter", "'ref'", 22, 6},
        CheckCase{"KeyOfNothing", "github:acme/app:push:weather==x", "trigger-unknown-filter", "filter keys are: ref",
                  22, 7},
        CheckCase{"NoOperator", "github:acme/app:push:PROD-141", "trigger-filter-without-operator", "'ref==PROD-141'",
                  22, 8},
        CheckCase{"LostSign", "github:acme/app:push:ref=main", "trigger-filter-without-operator", "'ref==main'", 22, 8},
        CheckCase{"LostSignOfNot", "github:acme/app:push:ref!main", "trigger-filter-without-operator", "'ref!=main'",
                  22, 8},
        CheckCase{"LostSignOfAnotherKey", "github:acme/app:push:branch=main", "trigger-filter-without-operator",
                  "'ref==main'", 22, 11},
        CheckCase{"ColonForASign", "github:acme/app:push:ref:main", "trigger-filter-without-operator", "'ref==main'",
                  22, 8},
        CheckCase{"SignInABranch", "github:acme/app:push:a=b", "trigger-filter-without-operator", "'ref==a=b'", 22, 3},
        CheckCase{"VerbAfterAColon", "github:acme/app:pull_request:merged", "trigger-filter-without-operator",
                  "'pull_request.merged'", 30, 6},
        CheckCase{"VerbOfAnotherFormAfterAColon", "github:acme/app:pr:merge",
                  "trigger-unknown-event trigger-filter-without-operator", "'pull_request.merged'", 17, 2},
        CheckCase{"VerbOfBitbucketAfterAColon", "bitbucket:acme/app:pullrequest:fulfilled",
                  "trigger-unknown-event trigger-filter-without-operator", "'pullrequest.fulfilled'", 20, 11},
        CheckCase{"BranchIsNoVerb", "github:acme/app:pull_request:main", "trigger-filter-without-operator",
                  "'ref==main'", 30, 4},
        CheckCase{"SecondFilter", "github:acme/app:push:ref==main&&x", "trigger-filter-without-operator", "'ref==x'",
                  33, 1},
        CheckCase{"CharactersNotBytes", "github:acmé/app:pushh", "trigger-unknown-event", "'push'", 17, 5}),
    [](const auto& row) { return std::string(row.param.label); });

TEST(CheckTrigger, LeavesHintsOutWhereNobodyReadsThem) {
  const std::string_view text = "github:acme/app:pushh";
  const auto found = check_trigger(text, *parse_trigger(text), Hints::left_out);
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found.front().code, "trigger-unknown-event");
  EXPECT_EQ(found.front().hint, "");
}

}  // namespace
}  // namespace lifecycle::trigger
