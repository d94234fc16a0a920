#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "tests/cli/program.h"

namespace lifecycle::cli_test {
namespace {

TEST(Event, OfAMergedPullRequest) {
  Program program;
  as_github_merge(program);
  const Outcome outcome = program.args({"event"}).run();
  EXPECT_EQ(outcome.status, 0) << outcome.err;
  expect_golden("event-merged.txt", normalised(outcome.out, program));
}

TEST(Event, AsJson) {
  Program program;
  as_github_merge(program);
  const auto json = nlohmann::json::parse(program.args({"event", "--json"}).run().out);
  EXPECT_EQ(json["schema"], "lifecycle-agent/event/1");
  EXPECT_EQ(json["trigger"], "github:acme/app:pull_request.merged");
  EXPECT_EQ(json["names"][0], "pull_request.merged");
  EXPECT_EQ(json["run"]["id"], "42");
  EXPECT_EQ(json["change"]["number"], 7);
}

TEST(Event, FlagsStandOverTheCi) {
  Program program;
  as_github_push(program);
  const auto json =
      nlohmann::json::parse(program.args({"event", "--json", "--event", "create.tag", "--tag", "v1.0.0"}).run().out);
  EXPECT_EQ(json["names"][0], "create.tag");
  EXPECT_EQ(json["tag"], "v1.0.0");
}

TEST(Event, PlaceholdersOfTemplatesAreNotSet) {
  Program program;
  as_github_push(program);
  const Outcome outcome = program.args({"event", "--json"}).env("LIFECYCLE_EVENT_MERGED", "{{ body.merged }}").run();
  EXPECT_EQ(outcome.status, 0) << outcome.err;
  EXPECT_NE(outcome.err.find("placeholder"), std::string::npos) << outcome.err;
}

TEST(Event, WithABrokenPayloadIsReducedAndWarned) {
  Program program;
  as_github_push(program);
  const Outcome outcome = program.file("event.json", "{\"ref\": ").args({"event", "--json"}).run();
  EXPECT_EQ(outcome.status, 0) << outcome.err;
  EXPECT_EQ(nlohmann::json::parse(outcome.out)["names"][0], "push");
  EXPECT_NE(outcome.err.find("[event-warning]"), std::string::npos);
  EXPECT_NE(outcome.err.find("payload"), std::string::npos) << outcome.err;
}

TEST(Event, WithAnotherEventsPayloadIsAnError) {
  Program program;
  as_github_push(program);
  program.env("GITHUB_EVENT_NAME", "pull_request");
  const Outcome outcome = program.args({"event"}).run();
  EXPECT_EQ(outcome.status, 2);
  EXPECT_NE(outcome.err.find("pull_request"), std::string::npos) << outcome.err;
}

TEST(Event, AHostileTitleDoesNothingInTheLog) {
  Program program;
  as_github_merge(program);
  std::string payload = *program.read("event.json");
  payload.replace(payload.find("Greet by name"), 13, "\\u001b[2J\\n::error::forged ##[group]x");
  const Outcome outcome = program.file("event.json", payload).args({"event"}).run();
  EXPECT_EQ(outcome.status, 0) << outcome.err;
  EXPECT_EQ(outcome.out.find('\x1b'), std::string::npos);
  EXPECT_EQ(outcome.out.find("\n::error"), std::string::npos) << outcome.out;
  EXPECT_EQ(outcome.out.find("##["), std::string::npos) << outcome.out;
}

TEST(Event, NoCharacterOfATitleTurnsOrBreaksTheLine) {
  // U+202E turns the text after it, U+2066 isolates it, U+2028 breaks a line in some viewers.
  for (const char* escape : {"\\u202e", "\\u2066", "\\u2028"}) {
    Program program;
    as_github_merge(program);
    std::string payload = *program.read("event.json");
    payload.replace(payload.find("Greet by name"), 13, std::string("Greet ") + escape + "by name");
    const Outcome outcome = program.file("event.json", payload).args({"event"}).run();
    EXPECT_EQ(outcome.status, 0) << outcome.err;
    EXPECT_EQ(outcome.out.find('\xE2'), std::string::npos) << outcome.out;
    EXPECT_NE(outcome.out.find("\\xe2\\x8"), std::string::npos) << outcome.out;
  }
}

TEST(Event, AnUnknownCiIsNamedWithTheNearest) {
  Program program;
  const Outcome outcome = program.args({"event", "--ci", "github-action"}).run();
  EXPECT_EQ(outcome.status, 2);
  EXPECT_NE(outcome.err.find("did you mean github-actions?"), std::string::npos) << outcome.err;
}

TEST(Ci, SaysWhichAndByWhichSign) {
  Program program;
  as_github_push(program);
  const Outcome outcome = program.args({"ci"}).run();
  EXPECT_EQ(outcome.status, 0) << outcome.err;
  EXPECT_EQ(outcome.out.rfind("github-actions (GitHub Actions)\nby GITHUB_ACTIONS", 0), 0U) << outcome.out;
  const auto json = nlohmann::json::parse(program.args({"ci", "--json"}).run().out);
  EXPECT_EQ(json["ci"], "github-actions");
  EXPECT_EQ(json["in_ci"], true);
}

TEST(Ci, ListsAllThatAreKnown) {
  Program program;
  const Outcome text = program.args({"ci", "--list"}).run();
  EXPECT_NE(text.out.find("github-actions "), std::string::npos);
  EXPECT_NE(text.out.find("generic "), std::string::npos);
  const auto json = nlohmann::json::parse(program.args({"ci", "--list", "--json"}).run().out);
  EXPECT_EQ(json["cis"].back()["name"], "generic");
}

}  // namespace
}  // namespace lifecycle::cli_test
