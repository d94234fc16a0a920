// The doctor as a user calls it: findings with their fix, settings with their source, and an exit code.
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "tests/cli/program.h"

namespace lifecycle::cli_test {
namespace {

constexpr std::string_view doctor_ops =
    "version: \"1\"\npipelines:\n  - name: build:1.0.0\n    description: Build\n"
    "    events: [\"github:acme/app:push\"]\n    env:\n      secrets: [DEPLOY_KEY]\n    jobs:\n      - name: job\n"
    "        description: Job\n        steps: [echo from the workflow]\n";

TEST(Doctor, NamesAMissingSecretAndFails) {
  Program program;
  as_github_push(program);
  program.file("ops.yml", doctor_ops);
  const Outcome outcome = program.args({"doctor"}).run();
  EXPECT_EQ(outcome.status, 2) << outcome.err;
  EXPECT_NE(outcome.out.find("needs the secret DEPLOY_KEY"), std::string::npos) << outcome.out;
  EXPECT_NE(outcome.out.find("fix: give it"), std::string::npos) << outcome.out;
  EXPECT_EQ(outcome.out.find("echo from"), std::string::npos) << "nothing is run";
}

TEST(Doctor, IsSilentOfValuesThatAreSecret) {
  Program program;
  as_github_push(program);
  program.file("ops.yml", doctor_ops)
      .env("DEPLOY_KEY", "hunter2-hunter2")
      .env("LIFECYCLE_TOKEN", "swordfish-4711")
      .env("LIFECYCLE_EVENTS_URL", "http://user:pass-word@127.0.0.1:9/x?token=query-word")
      .env("LIFECYCLE_ENV", "KEY=inside-value");
  const Outcome outcome = program.args({"doctor"}).run();
  EXPECT_EQ(outcome.status, 0) << "a run would start\n" << outcome.out;
  EXPECT_NE(outcome.out.find("insights events would not arrive"), std::string::npos) << outcome.out;
  EXPECT_EQ(program.args({"doctor", "--strict-insights"}).run().status, 3) << "nobody listens on port 9";
  program.args({"doctor"});
  for (const char* secret : {"hunter2", "swordfish", "pass-word", "query-word", "inside-value"}) {
    EXPECT_EQ((outcome.out + outcome.err).find(secret), std::string::npos) << secret << "\n" << outcome.out;
  }
  EXPECT_NE(outcome.out.find("LIFECYCLE_TOKEN"), std::string::npos) << "where the token came from";
}

TEST(Doctor, SaysItAsJson) {
  Program program;
  as_github_push(program);
  program.file("ops.yml", doctor_ops).env("DEPLOY_KEY", "hunter2-hunter2").env("LIFECYCLE_TOKN", "x");
  const Outcome outcome = program.args({"doctor", "--json", "--linger", "7s"}).run();
  EXPECT_EQ(outcome.status, 0) << outcome.out << outcome.err;
  const auto document = nlohmann::json::parse(outcome.out);
  EXPECT_EQ(document["schema"], "lifecycle-agent/doctor/1");
  EXPECT_EQ(document["ci"], "github-actions");
  EXPECT_EQ(document["trigger"], "github:acme/app:push");
  bool stray = false;
  for (const auto& finding : document["findings"]) stray = stray || finding["fix"] == "did you mean LIFECYCLE_TOKEN?";
  EXPECT_TRUE(stray) << outcome.out;
  bool linger = false;
  for (const auto& setting : document["settings"]) {
    if (setting["name"] != "linger") continue;
    linger = setting["value"] == "7s" && setting["source"] == "flag" && setting["where"] == "--linger";
  }
  EXPECT_TRUE(linger) << outcome.out;
}

TEST(Doctor, KeepsGoingWhereTheEventCannotBeRead) {
  Program program;
  as_github_push(program);
  program.file("body.json", "{\"zen\": 1}").env("GITHUB_EVENT_PATH", (program.directory() / "body.json").string());
  const Outcome outcome = program.args({"doctor"}).run();
  EXPECT_EQ(outcome.status, 2);
  EXPECT_NE(outcome.out.find("problem"), std::string::npos) << outcome.out;
  EXPECT_NE(outcome.out.find("settings"), std::string::npos) << outcome.out;
}

}  // namespace
}  // namespace lifecycle::cli_test
