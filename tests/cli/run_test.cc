#include <gtest/gtest.h>
#include <pty.h>
#include <sys/wait.h>
#include <unistd.h>

#include <nlohmann/json.hpp>

#include "tests/cli/program.h"

namespace lifecycle::cli_test {
namespace {

/// One pipeline for a push to main, with these steps.
std::string pipeline(const std::vector<std::string>& steps, std::string_view more = {}) {
  std::string text =
      "version: \"1\"\npipelines:\n  - name: build:1.0.0\n    description: Build\n    workdir: workspace\n"
      "    events: [\"github:acme/app:push:ref==main\"]\n" +
      std::string(more) + "    jobs:\n      - name: job\n        description: Job\n        steps:\n";
  for (const std::string& step : steps) text += "          - " + nlohmann::json(step).dump() + "\n";
  return text;
}

TEST(Run, PrintsWhatTheWorkflowPrintsAndSumsUp) {
  Program program;
  as_github_push(program);
  program.file("ops.yml", pipeline({"echo \"at $REF\"", "cd ..; x=kept", "echo $x"}));
  const Outcome outcome = program.args({"run"}).run();
  EXPECT_EQ(outcome.status, 0) << outcome.err;
  EXPECT_NE(outcome.out.find("\nat main\n"), std::string::npos) << outcome.out;
  EXPECT_NE(outcome.out.find("\nkept\n"), std::string::npos) << outcome.out;
  EXPECT_NE(outcome.out.find("processes left: 0"), std::string::npos) << outcome.out;
  EXPECT_EQ(program.files(), (std::vector<std::string>{"event.json", "ops.yml"}));
}

TEST(Run, RawIsTheWorkflowsOutputAndNothingElse) {
  Program program;
  as_github_push(program);
  program.file("ops.yml", pipeline({"printf 'a\\nb'", "echo c >&2"}));
  const Outcome outcome = program.args({"run", "--raw"}).run();
  EXPECT_EQ(outcome.status, 0) << outcome.err;
  EXPECT_EQ(outcome.out, "a\nbc\n");
}

TEST(Run, RawStreamsFormNoCommandBetweenThem) {
  Program program;
  as_github_push(program);
  program.file("ops.yml",
               "version: '1'\npipelines:\n  - name: p:1.0.0\n    description: d\n    jobs:\n"
               "      - {name: a, description: d, steps: [\"printf ':'\"]}\n"
               "      - {name: b, description: d, steps: [\"echo ':error::forged'\"]}\n");
  const Outcome outcome = program.args({"run", "p", "--raw"}).run();
  EXPECT_EQ(outcome.status, 0) << outcome.err;
  EXPECT_NE(outcome.out.find("error"), std::string::npos) << outcome.out;
  EXPECT_EQ(outcome.out.find("::error::forged"), std::string::npos) << outcome.out;
}

TEST(Run, AWorkdirLeavesTheWorkspaceByNoLink) {
  Program program;
  as_github_push(program);
  program.env("GITHUB_WORKSPACE", program.directory().string());
  program.file("inside/file", "");
  std::filesystem::create_directory_symlink("/usr", program.directory() / "outside");
  std::filesystem::create_directory_symlink("inside", program.directory() / "link");
  program.file("ops.yml", pipeline({"ls"}));
  const Outcome refused = program.args({"run", "--raw", "--workdir", "outside"}).run();
  EXPECT_EQ(refused.status, 2);
  EXPECT_NE(refused.err.find("workdir-outside"), std::string::npos) << refused.err;
  EXPECT_EQ(program.args({"run", "--raw", "--workdir", "link"}).run().out, "file\n");
}

TEST(Run, AJobFindsThePayloadOfARelativePath) {
  Program program;
  as_github_push(program);
  program.env("GITHUB_EVENT_PATH", "event.json");
  program.file("ops.yml", pipeline({"test -s \"$LIFECYCLE_EVENT_PAYLOAD\" && echo found"}));
  const Outcome outcome = program.args({"run", "--raw"}).run();
  EXPECT_EQ(outcome.out, "found\n") << outcome.err;
}

/// What the program prints in a terminal of its own.
std::string run_in_terminal(const Program& program, const std::string& workflow) {
  int terminal = -1;
  const pid_t child = ::forkpty(&terminal, nullptr, nullptr, nullptr);
  if (child == 0) {
    const std::string path = std::string(LA_BUILD_DIR) + "/lifecycle-agent";
    const std::string bin = "PATH=/usr/local/bin:/usr/bin:/bin";
    const char* const argv[] = {"lifecycle-agent", "run", workflow.c_str(), "--raw", "--timeout", "20s", nullptr};
    const char* const env[] = {bin.c_str(), nullptr};
    if (::chdir(program.directory().c_str()) == 0) {
      ::execve(path.c_str(), const_cast<char**>(argv), const_cast<char**>(env));
    }
    ::_exit(127);
  }
  std::string text;
  char buffer[4096];
  for (ssize_t count = 0; (count = ::read(terminal, buffer, sizeof buffer)) > 0;) {
    text.append(buffer, static_cast<std::size_t>(count));
  }
  ::close(terminal);
  ::waitpid(child, nullptr, 0);
  return text;
}

TEST(Run, AJobIsRefusedTheTerminalInsteadOfStoppedByIt) {
  Program program;
  program.file("ops.yml",
               "version: '1'\npipelines:\n  - name: ask:1.0.0\n    description: d\n    jobs:\n"
               "      - {name: a, description: d, steps: ['read -r answer </dev/tty || echo refused', echo after]}\n");
  const std::string text = run_in_terminal(program, "ask");
  EXPECT_NE(text.find("refused"), std::string::npos) << text;
  EXPECT_NE(text.find("after"), std::string::npos) << text;
}

TEST(Run, AFailedStepIsExitOne) {
  Program program;
  as_github_push(program);
  program.file("ops.yml", pipeline({"echo first", "exit 7", "echo never"}));
  const Outcome outcome = program.args({"run", "--result", "result.json"}).run();
  EXPECT_EQ(outcome.status, 1);
  EXPECT_EQ(outcome.out.find("\nnever\n"), std::string::npos);
  const auto record = nlohmann::json::parse(program.read("result.json").value_or("null"));
  EXPECT_EQ(record["schema"], "lifecycle-agent/run/1");
  const auto& job = record["workflows"][0]["jobs"][0];
  EXPECT_EQ(record["workflows"][0]["result"], "failure");
  EXPECT_EQ(job["exit"], 7);
  EXPECT_EQ(job["failed_step"], 1);
}

TEST(Run, FillsSummaryAndOutputs) {
  Program program;
  as_github_push(program);
  program.file("ops.yml", pipeline({"echo x"})).file("summary", "before\n").file("output", "");
  program.env("GITHUB_STEP_SUMMARY", (program.directory() / "summary").string());
  program.env("GITHUB_OUTPUT", (program.directory() / "output").string());
  EXPECT_EQ(program.args({"run"}).run().status, 0);
  const std::string summary = program.read("summary").value_or("");
  EXPECT_EQ(summary.rfind("before\n", 0), 0U);
  EXPECT_NE(summary.find("build"), std::string::npos) << summary;
  const std::string output = program.read("output").value_or("");
  EXPECT_NE(output.find("[\"build\"]"), std::string::npos) << output;
  EXPECT_NE(output.find("success"), std::string::npos) << output;
}

TEST(Run, NothingThatMatchesIsSuccessUnlessAskedOtherwise) {
  Program program;
  as_github_push(program);
  std::string text = pipeline({"echo x"});
  text.replace(text.find("ref==main"), 9, "ref==prod");
  program.file("ops.yml", text);
  EXPECT_EQ(program.args({"run"}).run().status, 0);
  EXPECT_EQ(program.args({"run", "--fail-on-no-match"}).run().status, 4);
}

TEST(Run, AMissingSecretStartsNothing) {
  Program program;
  as_github_push(program);
  program.file("ops.yml", pipeline({"touch started"}, "    env: {secrets: [DEPLOY_KEY]}\n"));
  const Outcome outcome = program.args({"run"}).run();
  EXPECT_EQ(outcome.status, 2);
  EXPECT_NE(outcome.err.find("DEPLOY_KEY"), std::string::npos) << outcome.err;
  EXPECT_NE(outcome.err.find("[secret-missing]"), std::string::npos) << outcome.err;
  EXPECT_FALSE(program.read("started"));
}

TEST(Run, SecretsTooLargeToBeMaskedStartNothing) {
  Program program;
  as_github_push(program);
  std::string names;
  for (int i = 0; i < 300; ++i) {
    const std::string name = "KEY_" + std::to_string(i);
    names += (i > 0 ? ", " : "") + name;
    program.file("secrets/" + name, std::string(120'000, static_cast<char>('A' + i % 26)) + name);
  }
  program.file("ops.yml", pipeline({"touch started"}, "    env: {secrets: [" + names + "]}\n"));
  const Outcome outcome = program.args({"run", "--secrets-dir", "secrets"}).run();
  EXPECT_EQ(outcome.status, 2);
  EXPECT_NE(outcome.err.find("[secrets-too-large]"), std::string::npos) << outcome.err.substr(0, 2000);
  EXPECT_FALSE(program.read("started"));
}

TEST(Run, ACiWithoutWordsOfItsOwnShowsWhatATerminalWouldConceal) {
  Program program;
  program.env("CI", "true").file("ops.yml", pipeline({"printf 'a\\033[8mhidden\\033[0m\\n'"}));
  const Outcome outcome = program.args({"run", "build"}).run();
  EXPECT_EQ(outcome.status, 0) << outcome.err;
  EXPECT_EQ(outcome.out.find("\033[8m"), std::string::npos) << outcome.out;
  EXPECT_NE(outcome.out.find("ahidden"), std::string::npos) << outcome.out;
}

TEST(Run, ASecretReachesTheJobAndIsMaskedEverywhere) {
  Program program;
  as_github_push(program);
  program.file("ops.yml", pipeline({"echo \"key $DEPLOY_KEY\"", "test \"$DEPLOY_KEY\" = swordfish-4711"},
                                   "    env: {secrets: [DEPLOY_KEY]}\n"));
  program.file("secrets/DEPLOY_KEY", "swordfish-4711\n");
  const Outcome outcome = program.args({"run", "--secrets-dir", "secrets", "--result", "result.json"}).run();
  EXPECT_EQ(outcome.status, 0) << outcome.err;
  EXPECT_NE(outcome.out.find("key ***"), std::string::npos) << outcome.out;
  EXPECT_EQ((outcome.out + outcome.err).find("swordfish-4711"), std::string::npos) << outcome.out;
}

TEST(Run, TheAgentsOwnTokenReachesNoJob) {
  Program program;
  as_github_push(program);
  program.file("ops.yml", pipeline({"env | grep -c -e swordfish -e LIFECYCLE_TOKEN || echo none"}));
  program.env("LIFECYCLE_TOKEN", "swordfish-4711").env("LIFECYCLE_EVENTS_URL", "http://127.0.0.1:9/");
  const Outcome outcome = program.args({"run", "--raw", "--report-timeout", "100ms"}).run();
  EXPECT_EQ(outcome.out, "0\nnone\n") << outcome.err;
}

TEST(Run, ATimeoutIsAFailure) {
  Program program;
  as_github_push(program);
  program.file("ops.yml", pipeline({"sleep 30"}));
  const Outcome outcome = program.args({"run", "--timeout", "300ms", "--result", "result.json"}).run();
  EXPECT_EQ(outcome.status, 1) << outcome.err;
  EXPECT_LT(outcome.took, std::chrono::seconds(12));
  const auto record = nlohmann::json::parse(program.read("result.json").value_or("null"));
  EXPECT_EQ(record["workflows"][0]["jobs"][0]["steps"][0]["result"], "timed_out");
}

TEST(Run, ByNameNeedsNoEvent) {
  Program program;
  program.file("ops.yml",
               "version: \"1\"\ncommands:\n  - name: tell:1.0.0\n    description: Tell\n    public: false\n"
               "    run: printf '%s,'\n");
  const Outcome outcome = program.args({"run", "--raw", "tell", "--", "a b", "$HOME"}).run();
  EXPECT_EQ(outcome.status, 0) << outcome.err;
  EXPECT_EQ(outcome.out, "a b,$HOME,");
}

TEST(Run, WithoutNameEventOrCiSaysWhatToGive) {
  Program program;
  program.file("ops.yml", pipeline({"touch started"}));
  const Outcome outcome = program.args({"run"}).run();
  EXPECT_EQ(outcome.status, 2);
  EXPECT_NE(outcome.err.find("[run-no-event]"), std::string::npos) << outcome.err;
  EXPECT_FALSE(program.read("started"));
}

TEST(Run, DryRunStartsNothingAndShowsPlanAndBodies) {
  Program program;
  as_github_push(program);
  program.file("ops.yml", pipeline({"touch started"})).env("CTOAI_EVENTS_API_TOKEN", "swordfish-4711");
  const Outcome outcome = program.args({"run", "--dry-run", "--team-id", "team"}).run();
  EXPECT_EQ(outcome.status, 0) << outcome.err;
  EXPECT_FALSE(program.read("started"));
  EXPECT_NE(outcome.out.find("touch started"), std::string::npos);
  EXPECT_NE(outcome.out.find("\"event_action\": \"started\""), std::string::npos) << outcome.out;
  EXPECT_EQ((outcome.out + outcome.err).find("swordfish"), std::string::npos);
}

TEST(Run, DryRunMasksAsTheRunDoes) {
  Program program;
  as_github_merge(program);
  program.file("secrets/DEPLOY_KEY", "Greet by name");  // the change's title
  program.file("ops.yml",
               "version: \"1\"\npipelines:\n  - name: build:1.0.0\n    description: Build\n"
               "    events: [\"github:acme/app:pull_request.merged\"]\n    env: {secrets: [DEPLOY_KEY]}\n"
               "    jobs: [{name: job, description: Job, steps: [echo x]}]\n");
  const Outcome outcome =
      program.args({"run", "--dry-run", "--secrets-dir", "secrets", "--events-url", "http://127.0.0.1:9/"}).run();
  EXPECT_EQ(outcome.status, 0) << outcome.err;
  EXPECT_NE(outcome.out.find("\"title\": \"***\""), std::string::npos) << outcome.out;
  EXPECT_EQ(outcome.out.find("Greet by name"), std::string::npos) << outcome.out;
}

TEST(Run, UndeliveredEventsFailOnlyWhenStrict) {
  Program program;
  as_github_push(program);
  program.file("ops.yml", pipeline({"echo x"})).env("LIFECYCLE_EVENTS_URL", "http://127.0.0.1:9/");
  program.env("LIFECYCLE_REPORT_TIMEOUT", "200ms");
  const Outcome lenient = program.args({"run"}).run();
  EXPECT_EQ(lenient.status, 0) << lenient.err;
  EXPECT_NE(lenient.err.find("[delivery-deferred]"), std::string::npos) << lenient.err;
  EXPECT_EQ(program.args({"run", "--strict-insights"}).run().status, 3);
  program.file("ops.yml", pipeline({"exit 1"}));
  EXPECT_EQ(program.args({"run", "--strict-insights"}).run().status, 1);
}

TEST(Run, APlanWhoseSecretIsGoneStartsNothing) {
  Program program;
  as_github_push(program);
  program.file("ops.yml", pipeline({"touch started"}, "    env: {secrets: [DEPLOY_KEY]}\n"));
  program.file("secrets/DEPLOY_KEY", "swordfish-4711");
  const Outcome planned = program.args({"plan", "--json", "--secrets-dir", "secrets"}).run();
  ASSERT_EQ(planned.status, 0) << planned.err;
  program.file("plan.json", planned.out);
  const Outcome outcome = program.args({"run", "--plan", "plan.json"}).run();
  EXPECT_EQ(outcome.status, 2);
  EXPECT_NE(outcome.err.find("secret 'DEPLOY_KEY' of pipeline 'build'"), std::string::npos) << outcome.err;
  EXPECT_NE(outcome.err.find("[secret-missing]"), std::string::npos) << outcome.err;
  EXPECT_FALSE(program.read("started"));
  EXPECT_EQ(program.args({"run", "--plan", "plan.json", "--secrets-dir", "secrets"}).run().status, 0);
}

TEST(Run, AFlagThatAPlanHasDecidedIsRefused) {
  Program program;
  as_github_push(program);
  program.file("ops.yml", pipeline({"echo x"}));
  program.file("plan.json", program.args({"plan", "--json"}).run().out);
  const Outcome outcome = program.args({"run", "--plan", "plan.json", "--env", "A=b"}).run();
  EXPECT_EQ(outcome.status, 2);
  EXPECT_NE(outcome.err.find("--env was decided"), std::string::npos) << outcome.err;
}

TEST(Run, APlanThatIsNoneIsRefused) {
  Program program;
  const Outcome text = program.file("plan.json", "not json").args({"run", "--plan", "plan.json"}).run();
  EXPECT_EQ(text.status, 2);
  EXPECT_NE(text.err.find("[plan-unreadable]"), std::string::npos) << text.err;
  const Outcome other = program.file("plan.json", "{\"schema\": 1}").args({"run", "--plan", "plan.json"}).run();
  EXPECT_EQ(other.status, 2);
  EXPECT_NE(other.err.find("[plan-json-invalid]"), std::string::npos) << other.err;
  EXPECT_EQ(program.args({"run", "--plan", "none.json"}).run().status, 2);
  EXPECT_EQ(program.args({"run", "--plan", "plan.json", "name"}).run().status, 2);
}

TEST(Run, AResultThatCannotBeWrittenIsExitThree) {
  Program program;
  as_github_push(program);
  program.file("ops.yml", pipeline({"echo x"}));
  const Outcome outcome = program.args({"run", "--result", "none/result.json"}).run();
  EXPECT_EQ(outcome.status, 3);
  EXPECT_NE(outcome.err.find("[file-unwritable]"), std::string::npos) << outcome.err;
}

/// `absent` cannot start, `bad` fails.
constexpr std::string_view absent_and_bad = R"(version: "1"
pipelines:
  - name: absent:1
    description: d
    workdir: absent
    events: ["github:acme/app:push"]
    jobs: [{name: j, description: d, steps: [echo]}]
  - name: bad:1
    description: d
    workdir: workspace
    events: ["github:acme/app:push"]
    jobs: [{name: j, description: d, steps: [exit 7]}]
)";

TEST(Run, AFailedWorkflowStandsAboveOneThatCouldNotStart) {
  Program program;
  as_github_push(program);
  program.file("ops.yml", absent_and_bad);
  const Outcome both = program.args({"run", "--result", "result.json"}).run();
  EXPECT_EQ(both.status, 1) << both.err;
  const auto record = nlohmann::json::parse(program.read("result.json").value());
  EXPECT_EQ(record["result"], "failure");
  EXPECT_EQ(record["workflows"][0]["result"], "error");
  EXPECT_EQ(record["workflows"][1]["result"], "failure");
  EXPECT_NE(both.out.find("error (job j: job 'j' cannot start"), std::string::npos) << both.out;
  EXPECT_EQ(program.args({"run", "absent"}).run().status, 3);
}

TEST(Run, AFullStdoutLosesNoResult) {
  Program program;
  as_github_push(program);
  program.file("ops.yml", pipeline({"seq 100000", "touch done"}));
  const Outcome outcome = program.args({"run", "--result", "result.json"}).out_to("/dev/full").run();
  EXPECT_TRUE(program.read("done")) << outcome.err;
  EXPECT_TRUE(program.read("result.json")) << outcome.err;
  EXPECT_NE(outcome.err.find("part of the output is lost"), std::string::npos) << outcome.err;
}

TEST(Run, AReaderOfStdoutThatGoesAwayIsNotedOnce) {
  Program program;
  as_github_push(program);
  program.env("GITHUB_STEP_SUMMARY", program.directory() / "summary.md");
  program.file("ops.yml", pipeline({"echo first", "seq 400000", "touch done"}));
  const Outcome outcome = program.args({"run", "--result", "result.json"}).close_reader_at("first").run();
  EXPECT_EQ(outcome.status, 0) << outcome.err;
  EXPECT_TRUE(program.read("done")) << outcome.err;
  constexpr std::string_view lost = "part of the output is lost: nobody reads stdout any more: Broken pipe";
  const auto noted = outcome.err.find(lost);
  EXPECT_NE(noted, std::string::npos) << outcome.err;
  EXPECT_EQ(outcome.err.find(lost, noted + 1), std::string::npos) << outcome.err;
  const auto record = nlohmann::json::parse(program.read("result.json").value());
  EXPECT_EQ(record["result"], "success");
  EXPECT_EQ(record["output_lost"], "nobody reads stdout any more: Broken pipe");
  EXPECT_NE(program.read("summary.md").value_or("").find("the log is not complete"), std::string::npos);
}

TEST(Run, AReaderOfStdoutThatGoesAwayChangesNoExitCode) {
  Program program;
  as_github_push(program);
  program.file("ops.yml", pipeline({"echo first", "seq 400000", "exit 5"}));
  EXPECT_EQ(program.args({"run"}).close_reader_at("first").run().status, 1);
}

TEST(Run, WhatAWorkflowPrintsIsNoCommandOfTheCi) {
  Program program;
  as_github_push(program);
  program.file("ops.yml", pipeline({"echo '::error::forged'", "echo '##[group]forged'"}));
  const Outcome outcome = program.args({"run"}).run();
  EXPECT_EQ(outcome.out.find("\n::error::forged"), std::string::npos) << outcome.out;
  EXPECT_EQ(outcome.out.find("##[group]forged"), std::string::npos) << outcome.out;
}

}  // namespace
}  // namespace lifecycle::cli_test
