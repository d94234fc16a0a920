// The action decides by its inputs; each row of that table as GitHub's runner hands it over.
#include <gtest/gtest.h>

#include "tests/cli/program.h"

namespace lifecycle::cli_test {
namespace {

constexpr std::string_view ops =
    "version: \"1\"\npipelines:\n  - name: build:1.0.0\n    description: Build\n"
    "    events: [\"github:acme/app:pull_request.merged\"]\n    jobs:\n      - name: job\n        description: Job\n"
    "        steps: [echo from the workflow]\n";

void credentials(Program& program) {
  program.env("INPUT_TEAM_ID", "team-1").env("INPUT_TOKEN", "swordfish-4711").env("INPUT_DRY_RUN", "true");
}

TEST(Action, WithAnOpsFileRunsWhatMatches) {
  Program program;
  as_github_merge(program);
  program.file("ops.yml", ops);
  const Outcome outcome = program.args({"action"}).run();
  EXPECT_EQ(outcome.status, 0) << outcome.err;
  EXPECT_NE(outcome.out.find("from the workflow"), std::string::npos) << outcome.out;
}

TEST(Action, ThatEndsBeforeItsWorkflowsLeavesOutputsAllTheSame) {
  Program program;
  as_github_merge(program);
  const std::string outputs = (program.directory() / "outputs").string();
  program.file("outputs", "").env("GITHUB_OUTPUT", outputs).env("INPUT_FILE", "absent.yml");
  EXPECT_EQ(program.args({"action"}).run().status, 2);
  const std::string written = program.read("outputs").value_or("");
  EXPECT_NE(written.find("failure"), std::string::npos) << written;
}

TEST(Action, SaysWhichOldInputsItCannotUse) {
  Program program;
  as_github_merge(program);
  program.file("ops.yml", ops).env("INPUT_CHANGE_ID", "42");
  const Outcome outcome = program.args({"action"}).run();
  EXPECT_EQ(outcome.status, 0) << outcome.err;
  EXPECT_NE(outcome.err.find("track-legacy-inputs"), std::string::npos) << outcome.err;
}

TEST(Action, WithoutAnOpsFileIsNoMatchWhereThatCounts) {
  Program program;
  as_github_merge(program);
  program.env("INPUT_FAIL_ON_NO_MATCH", "true");
  EXPECT_EQ(program.args({"action"}).run().status, 4);
}

TEST(Action, WithoutOneRecordsTheChangeItself) {
  Program program;
  as_github_merge(program);
  credentials(program);
  const Outcome outcome = program.args({"action"}).run();
  EXPECT_EQ(outcome.status, 0) << outcome.err;
  expect_golden("action-change.txt", normalised(outcome.out, program));
}

TEST(Action, WithoutOneRecordsOtherEventsUnderTheirName) {
  Program program;
  as_github_push(program);
  credentials(program);
  const Outcome outcome = program.args({"action"}).run();
  EXPECT_EQ(outcome.status, 0) << outcome.err;
  EXPECT_NE(outcome.out.find("\"event_name\": \"push\""), std::string::npos) << outcome.out;
  EXPECT_NE(outcome.out.find("x-ops-mechanism: github-action"), std::string::npos) << outcome.out;
}

TEST(Action, WithNameAndActionSendsExactlyThat) {
  Program program;
  as_github_merge(program);
  credentials(program);
  program.file("ops.yml", ops)
      .env("INPUT_EVENT_NAME", "deployment")
      .env("INPUT_EVENT_ACTION", "succeeded")
      .env("INPUT_BRANCH", "release/1")
      .env("INPUT_KEY", "0");
  const Outcome outcome = program.args({"action"}).run();
  EXPECT_EQ(outcome.status, 0) << outcome.err;
  EXPECT_EQ(outcome.out.find("from the workflow"), std::string::npos);
  EXPECT_NE(outcome.out.find("\"event_action\": \"succeeded\""), std::string::npos) << outcome.out;
  EXPECT_NE(outcome.out.find("\"branch\": \"release/1\""), std::string::npos) << outcome.out;
}

TEST(Action, WithoutAWorkflowItsOutputsAreThereAllTheSame) {
  Program program;
  as_github_merge(program);
  credentials(program);
  program.file("output", "").env("GITHUB_OUTPUT", (program.directory() / "output").string());
  EXPECT_EQ(program.args({"action"}).run().status, 0);
  const std::string output = program.read("output").value_or("");
  EXPECT_NE(output.find("none"), std::string::npos) << output;
  EXPECT_NE(output.find("matched"), std::string::npos) << output;
}

TEST(Action, WithNameAloneIsAMistake) {
  Program program;
  as_github_merge(program);
  credentials(program);
  const Outcome outcome = program.env("INPUT_EVENT_NAME", "deployment").args({"action"}).run();
  EXPECT_EQ(outcome.status, 2);
  EXPECT_NE(outcome.err.find("[track-incomplete]"), std::string::npos) << outcome.err;
}

TEST(Action, ReadsTheInputsOf2020) {
  Program program;
  as_github_merge(program);
  credentials(program);
  program.env("INPUT_STAGE", "Deployment").env("INPUT_STATUS", "Succeeded").env("INPUT_CHANGE_ID", "c-1");
  const Outcome outcome = program.args({"action"}).run();
  EXPECT_EQ(outcome.status, 0) << outcome.err;
  EXPECT_NE(outcome.err.find("[track-legacy-inputs]"), std::string::npos) << outcome.err;
  EXPECT_NE(outcome.out.find("\"event_name\": \"deployment\""), std::string::npos) << outcome.out;
  EXPECT_NE(outcome.out.find("\"event_action\": \"success\""), std::string::npos) << outcome.out;
  EXPECT_NE(outcome.out.find("\"change_id\": \"c-1\""), std::string::npos) << outcome.out;
}

TEST(Action, RunsByNameWhateverTheEventIs) {
  Program program;
  as_github_push(program);
  program.file("ops.yml", ops).env("INPUT_WORKFLOWS", "build\n");
  const Outcome outcome = program.args({"action"}).run();
  EXPECT_EQ(outcome.status, 0) << outcome.err;
  EXPECT_NE(outcome.out.find("from the workflow"), std::string::npos) << outcome.out;
}

TEST(Action, AFileThatIsNamedMustBeThere) {
  Program program;
  as_github_push(program);
  const Outcome outcome = program.env("INPUT_FILE", "deploy/ops.yml").args({"action"}).run();
  EXPECT_EQ(outcome.status, 2);
  EXPECT_NE(outcome.err.find("[file-missing]"), std::string::npos) << outcome.err;
}

TEST(Action, WithoutCredentialsSaysThatNothingIsSent) {
  Program program;
  as_github_push(program);
  const Outcome outcome = program.args({"action"}).run();
  EXPECT_EQ(outcome.status, 0) << outcome.err;
  EXPECT_NE(outcome.err.find("[report-not-configured]"), std::string::npos) << outcome.err;
}

}  // namespace
}  // namespace lifecycle::cli_test
