#include "agent/report/track_event.h"

#include <gtest/gtest.h>

#include "tests/agent/report/report_events.h"

namespace lifecycle::report {
namespace {

using nlohmann::ordered_json;
using test::merged_change;
using test::pushed_branch;

const ReportFacts tracking_facts{.team_id = "team-1"};

TEST(TrackEvent, FillsInWhatTheEventTells) {
  const auto made =
      make_track_event({.event_name = "deployment", .event_action = "success"}, pushed_branch(), tracking_facts);
  ASSERT_TRUE(made);
  EXPECT_TRUE(made->warnings.empty());
  EXPECT_EQ(made->event.body, ordered_json::parse(R"({
    "team_id": "team-1", "event_name": "deployment", "event_action": "success", "environment": null, "image": null,
    "branch": "release/1.x", "commit": "3f2a9c1b5d7e8f60718293a4b5c6d7e8f9012345", "repo": "Acme/App",
    "meta": {"user": "robin", "run_id": "42", "attempt": "1",
             "run_url": "https://github.com/Acme/App/actions/runs/42"}})"));
}

TEST(TrackEvent, TakesExplicitFieldsVerbatim) {
  const auto made = make_track_event({.event_name = "Deployment ",
                                      .event_action = "succeeded",
                                      .branch = "refs/heads/x",
                                      .commit = "abc",
                                      .repo = "app",
                                      .environment = "prod",
                                      .image = "null"},
                                     merged_change(), tracking_facts);
  ASSERT_TRUE(made);
  const ordered_json& body = made->event.body;
  EXPECT_EQ(body["event_name"], "Deployment ");
  EXPECT_EQ(body["event_action"], "succeeded");
  EXPECT_EQ(body["branch"], "refs/heads/x");
  EXPECT_EQ(body["commit"], "abc");
  EXPECT_EQ(body["repo"], "app");
  EXPECT_EQ(body["environment"], "prod");
  EXPECT_EQ(body["image"], "null");
}

TEST(TrackEvent, OnAChangeTheBranchIsItsBase) {
  const auto made = make_track_event({.event_name = "a", .event_action = "b"}, merged_change(), tracking_facts);
  ASSERT_TRUE(made);
  EXPECT_EQ(made->event.body["branch"], "main");
}

TEST(TrackEvent, NamesWhatIsMissing) {
  for (const auto& [fields, message] :
       {std::pair(TrackFields{}, "neither event name nor event action is given"),
        std::pair(TrackFields{.event_name = "deployment"}, "event name 'deployment' is given without an event action"),
        std::pair(TrackFields{.event_action = "success"}, "event action 'success' is given without an event name"),
        std::pair(TrackFields{.stage = "Build"}, "stage 'Build' is given without a status"),
        std::pair(TrackFields{.status = "Failed"}, "status 'Failed' is given without a stage"),
        std::pair(TrackFields{.event_name = "x", .stage = "Build", .status = "Failed"},
                  "event name 'x' is given without an event action")}) {
    const auto made = make_track_event(fields, pushed_branch(), tracking_facts);
    ASSERT_FALSE(made);
    EXPECT_EQ(made.error().code, "track-incomplete");
    EXPECT_EQ(made.error().message, message);
  }
}

struct LegacyCase {
  std::string stage, status, name, action;
};

TEST(TrackEvent, ReadsTheInputsOf2020) {
  for (const LegacyCase& c :
       {LegacyCase{"Deployment", "Succeeded", "deployment", "success"},
        LegacyCase{"Deployment", "Success", "deployment", "success"}, LegacyCase{"Build", "Failed", "build", "failure"},
        LegacyCase{"Build", "Failure", "build", "failure"}, LegacyCase{"Pipeline", "Initiated", "pipeline", "started"},
        LegacyCase{"Change", "Recovered", "change", "recovered"}}) {
    const auto made = make_track_event({.stage = c.stage, .status = c.status}, pushed_branch(), tracking_facts);
    ASSERT_TRUE(made);
    EXPECT_EQ(made->event.name, c.name);
    EXPECT_EQ(made->event.action, c.action);
    ASSERT_EQ(made->warnings.size(), 1U);
    EXPECT_EQ(made->warnings[0].code, "track-legacy-inputs");
    EXPECT_EQ(made->warnings[0].severity, Severity::warning);
    EXPECT_NE(made->warnings[0].hint.find("event_name: " + c.name), std::string::npos);
  }
}

TEST(TrackEvent, KeepsTheOtherOldInputsInMeta) {
  const auto made = make_track_event({.stage = "Deployment",
                                      .status = "Succeeded",
                                      .change_id = "c",
                                      .pipeline_id = "p",
                                      .stage_ref = "r",
                                      .custom = R"({"a":[1,2]})"},
                                     pushed_branch(), tracking_facts);
  ASSERT_TRUE(made);
  const ordered_json& meta = made->event.body["meta"];
  EXPECT_EQ(meta["change_id"], "c");
  EXPECT_EQ(meta["pipeline_id"], "p");
  EXPECT_EQ(meta["stage_ref"], "r");
  EXPECT_EQ(meta["custom"], ordered_json::parse(R"({"a":[1,2]})"));
}

TEST(TrackEvent, TakesAnythingAsCustom) {
  const std::string deep = R"({"a":)" + std::string(100000, '[') + std::string(100000, ']') + "}";
  for (const std::string& custom : {std::string("no json"), std::string("[1]"), std::string("{"), deep}) {
    const auto made =
        make_track_event({.stage = "x", .status = "y", .custom = custom}, pushed_branch(), tracking_facts);
    ASSERT_TRUE(made);
    EXPECT_TRUE(made->event.body["meta"].contains("custom"));
  }
}

TEST(TrackEvent, IsAskedForByAnyOfFourFields) {
  EXPECT_FALSE(asks_for_event({}));
  EXPECT_FALSE(asks_for_event({.environment = "production", .change_id = "c"}));
  EXPECT_TRUE(asks_for_event({.event_name = "x"}));
  EXPECT_TRUE(asks_for_event({.event_action = "x"}));
  EXPECT_TRUE(asks_for_event({.stage = "x"}));
  EXPECT_TRUE(asks_for_event({.status = "x"}));
}

}  // namespace
}  // namespace lifecycle::report
