// The image as a plugin of Drone and Woodpecker: settings as PLUGIN_* variables, and no command.
#include <gtest/gtest.h>

#include "tests/cli/program.h"

namespace lifecycle::cli_test {
namespace {

constexpr std::string_view plugin_ops =
    "version: \"1\"\npipelines:\n  - name: build:1.0.0\n    description: Build\n"
    "    events: [\"github:acme/app:push\"]\n    jobs:\n      - name: job\n        description: Job\n"
    "        steps: [echo from the workflow]\n";

void as_drone_push(Program& program) {
  program.env("CI", "true")
      .env("DRONE", "true")
      .env("DRONE_BUILD_NUMBER", "42")
      .env("DRONE_BUILD_EVENT", "push")
      .env("DRONE_REPO", "acme/app")
      .env("DRONE_REPO_LINK", "https://github.com/acme/app")
      .env("DRONE_COMMIT_REF", "refs/heads/main")
      .env("DRONE_BRANCH", "main")
      .env("DRONE_COMMIT_SHA", "bcb9f9b20179329552f9b756c6b7967b6126ef4b")
      .env("DRONE_WORKSPACE", program.directory().string());
}

TEST(Plugin, WithoutACommandActsByItsSettings) {
  Program program;
  as_drone_push(program);
  program.env("PLUGIN_EVENT_NAME", "deployment")
      .env("PLUGIN_EVENT_ACTION", "success")
      .env("PLUGIN_TOKEN", "swordfish-4711")
      .env("PLUGIN_DRY-RUN", "true");
  const Outcome outcome = program.args({}).run();
  EXPECT_EQ(outcome.status, 0) << outcome.err;
  EXPECT_NE(outcome.out.find("\"event_name\": \"deployment\""), std::string::npos) << outcome.out;
  EXPECT_NE(outcome.out.find("x-ops-mechanism: lifecycle-agent"), std::string::npos) << outcome.out;
  EXPECT_EQ((outcome.out + outcome.err).find("swordfish"), std::string::npos);
}

TEST(Plugin, RunsTheWorkflowsOfItsWorkspace) {
  Program program;
  as_drone_push(program);
  program.file("ops.yml", plugin_ops).env("PLUGIN_STRICT_INSIGHTS", "false");
  const Outcome outcome = program.args({}).run();
  EXPECT_EQ(outcome.status, 0) << outcome.err;
  EXPECT_NE(outcome.out.find("from the workflow"), std::string::npos) << outcome.out << outcome.err;
}

TEST(Plugin, ElsewhereACommandIsNeeded) {
  Program program;
  program.env("PLUGIN_EVENT_NAME", "deployment");
  EXPECT_EQ(program.args({}).run().status, 2);
}

TEST(Mechanism, IsSaidByWhoeverCallsTheProgram) {
  Program program;
  as_github_push(program);
  program.env("LIFECYCLE_MECHANISM", "gitlab-job").env("LIFECYCLE_TOKEN", "swordfish-4711");
  const std::vector<std::string> track{"track", "--event-name", "deployment", "--event-action", "success", "--dry-run"};
  const Outcome outcome = program.args(track).run();
  EXPECT_NE(outcome.out.find("x-ops-mechanism: gitlab-job"), std::string::npos) << outcome.out << outcome.err;
  EXPECT_EQ(program.env("LIFECYCLE_MECHANISM", "x\nevil: 1").args(track).run().status, 2);
}

}  // namespace
}  // namespace lifecycle::cli_test
