#include "agent/plan/event_variables.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "tests/agent/plan/plan_fixture.h"

namespace lifecycle::plan {
namespace {

std::string value_of(const EventVariables& variables, std::string_view name) {
  const auto found = std::ranges::find(variables.entries, name, &EnvEntry::name);
  return found == variables.entries.end() ? "unset" : found->value;
}

TEST(EventVariables, OfAPushAreWhatIsKnown) {
  const auto variables = event_variables(push_to_main());
  std::string text;
  for (const EnvEntry& entry : variables.entries) {
    EXPECT_EQ(entry.source, EnvSource::event);
    text += entry.name + "=" + entry.value + "\n";
  }
  EXPECT_EQ(text,
            "LIFECYCLE_EVENT_ACTOR=alice\n"
            "LIFECYCLE_EVENT_BRANCH=main\n"
            "LIFECYCLE_EVENT_COMMIT=1111111111111111111111111111111111111111\n"
            "LIFECYCLE_EVENT_HOST=github.com\n"
            "LIFECYCLE_EVENT_NAME=push\n"
            "LIFECYCLE_EVENT_ORIGIN=github\n"
            "LIFECYCLE_EVENT_REF=refs/heads/main\n"
            "LIFECYCLE_EVENT_REPO=acme/app\n"
            "ORG=acme\n"
            "REF=main\n"
            "REPO=app\n");
}

TEST(EventVariables, OfAChange) {
  event::Event event = opened_change(false);
  event.change->labels = {"bug", "a,b"};
  event.change->author = "bob";
  event.change->url = "https://github.com/acme/app/pull/7";
  const auto variables = event_variables(event);
  EXPECT_EQ(value_of(variables, "REF"), "feature");
  EXPECT_EQ(value_of(variables, "LIFECYCLE_EVENT_NUMBER"), "7");
  EXPECT_EQ(value_of(variables, "LIFECYCLE_EVENT_TITLE"), "Add a thing");
  EXPECT_EQ(value_of(variables, "LIFECYCLE_EVENT_LABELS"), R"(["bug","a,b"])");
  EXPECT_EQ(value_of(variables, "LIFECYCLE_EVENT_FORK"), "false");
  EXPECT_EQ(value_of(variables, "LIFECYCLE_EVENT_AUTHOR"), "bob");
  EXPECT_EQ(value_of(variables, "LIFECYCLE_EVENT_URL"), "https://github.com/acme/app/pull/7");
  EXPECT_EQ(value_of(variables, "LIFECYCLE_EVENT_ACTION"), "opened");
  EXPECT_EQ(value_of(variables, "LIFECYCLE_EVENT_MERGED"), "unset");
}

TEST(EventVariables, OfAChangeOfWhichLittleIsKnown) {
  event::Event event = opened_change(std::nullopt);
  event.change = event::Change{};
  const auto variables = event_variables(event);
  for (const std::string_view name : {"NUMBER", "TITLE", "LABELS"}) {
    EXPECT_EQ(value_of(variables, "LIFECYCLE_EVENT_" + std::string(name)), "") << name;
  }
  EXPECT_EQ(value_of(variables, "LIFECYCLE_EVENT_FORK"), "unset");
  EXPECT_EQ(value_of(variables, "LIFECYCLE_EVENT_AUTHOR"), "unset");
}

TEST(EventVariables, OfARunTellWhetherItsCommitLiesInAFork) {
  event::Event event = push_to_main();
  event.names = {"workflow_run.success", "workflow_run.completed"};
  event.kind = "workflow_run";
  EXPECT_EQ(value_of(event_variables(event), "LIFECYCLE_EVENT_FORK"), "unset");
  event.foreign_head = true;
  EXPECT_EQ(value_of(event_variables(event), "LIFECYCLE_EVENT_FORK"), "true");
  event.foreign_head = false;
  EXPECT_EQ(value_of(event_variables(event), "LIFECYCLE_EVENT_FORK"), "false");
  EXPECT_EQ(value_of(event_variables(event), "LIFECYCLE_EVENT_TITLE"), "unset");
}

TEST(EventVariables, SayWhetherAClosedChangeWasMerged) {
  event::Event event = opened_change(false);
  event.names = {"pull_request.merged"};
  EXPECT_EQ(value_of(event_variables(event), "LIFECYCLE_EVENT_MERGED"), "true");
  EXPECT_EQ(value_of(event_variables(event), "REF"), "main");
  event.names = {"pull_request.closed"};
  EXPECT_EQ(value_of(event_variables(event), "LIFECYCLE_EVENT_MERGED"), "false");
  EXPECT_EQ(value_of(event_variables(event), "REF"), "feature");
}

TEST(EventVariables, OfReleasesAndDeployments) {
  event::Event event = push_to_main();
  event.names = {"release.published"};
  event.branch.clear();
  event.tag = "v1";
  event.release = event::Release{"v1", false, false};
  event.state = "success";
  event.environment = "production";
  event.run = {"12", "1", "build", "https://ci/12", "/w"};
  event.payload = event::Payload{"/tmp/event.json", 10};
  const auto variables = event_variables(event);
  EXPECT_EQ(value_of(variables, "REF"), "v1");
  EXPECT_EQ(value_of(variables, "LIFECYCLE_EVENT_TAG"), "v1");
  EXPECT_EQ(value_of(variables, "LIFECYCLE_EVENT_RELEASE_TAG"), "v1");
  EXPECT_EQ(value_of(variables, "LIFECYCLE_EVENT_STATE"), "success");
  EXPECT_EQ(value_of(variables, "LIFECYCLE_EVENT_ENVIRONMENT"), "production");
  EXPECT_EQ(value_of(variables, "LIFECYCLE_EVENT_RUN_ID"), "12");
  EXPECT_EQ(value_of(variables, "LIFECYCLE_EVENT_RUN_URL"), "https://ci/12");
  EXPECT_EQ(value_of(variables, "LIFECYCLE_EVENT_PAYLOAD"), "/tmp/event.json");
}

TEST(EventVariables, OfAnEventWithoutAnythingAreNone) { EXPECT_TRUE(event_variables(event::Event{}).entries.empty()); }

TEST(EventVariables, ADeepRepositoryKeepsAllBeforeItsNameAsOrganization) {
  event::Event event = push_to_main();
  event.repo = "acme/platform/app";
  EXPECT_EQ(value_of(event_variables(event), "ORG"), "acme/platform");
  EXPECT_EQ(value_of(event_variables(event), "REPO"), "app");
}

TEST(EventVariables, AreCutAndFreedOfNul) {
  event::Event event = opened_change(false);
  event.change->title = std::string("a\0b", 3);
  event.actor = std::string(32767, 'x') + "é";
  const auto variables = event_variables(event);
  EXPECT_EQ(value_of(variables, "LIFECYCLE_EVENT_TITLE"),
            "a\xEF\xBF\xBD"
            "b");
  EXPECT_EQ(value_of(variables, "LIFECYCLE_EVENT_ACTOR"), std::string(32767, 'x'));
  ASSERT_EQ(variables.diagnostics.size(), 2U);
  EXPECT_EQ(variables.diagnostics[0].code, "event-value-cut");
  EXPECT_EQ(variables.diagnostics[0].message, "LIFECYCLE_EVENT_ACTOR has 32769 bytes and is cut at 32768");
  EXPECT_EQ(variables.diagnostics[1].code, "event-value-nul");
  EXPECT_EQ(variables.diagnostics[1].severity, Severity::warning);
}

TEST(EventVariables, AValueOfExactlyTheLimitStays) {
  event::Event event = push_to_main();
  event.actor = std::string(32768, 'x');
  const auto variables = event_variables(event);
  EXPECT_EQ(value_of(variables, "LIFECYCLE_EVENT_ACTOR").size(), 32768U);
  EXPECT_TRUE(variables.diagnostics.empty());
}

}  // namespace
}  // namespace lifecycle::plan
