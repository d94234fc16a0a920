#include "agent/run/plan_run.h"

#include <gtest/gtest.h>

#include <csignal>
#include <filesystem>
#include <nlohmann/json.hpp>

#include "agent/run/job_environment.h"
#include "tests/agent/run/normalised.h"
#include "tests/agent/run/run_harness.h"

namespace lifecycle::run {
namespace {

TEST(PlanRun, NothingMatchedIsSkipped) {
  RunHarness harness;
  const RunRecord record = harness.run(plan_of({}));
  EXPECT_EQ(record.result, RunResult::skipped);
  EXPECT_EQ(record.id, "run-1");
  EXPECT_EQ(harness.output, "");
}

TEST(PlanRun, JobsRunInOrderWithTheirOwnLines) {
  RunHarness harness;
  const RunRecord record = harness.run(plan_of({pipeline(
      "build", {pipeline_job("test", {"out one; part two", "out three"}), pipeline_job("ship", {"out four"})})}));
  EXPECT_EQ(record.result, RunResult::success);
  EXPECT_EQ(normalised(harness.output),
            "pipeline build 1.0.0 (ops.yml:3)\n"
            "job test (1 of 2)\n"
            "[1/2] out one; part two\n"
            "one\n"
            "two\n"
            "[1/2] done in T\n"
            "[2/2] out three\n"
            "three\n"
            "[2/2] done in T\n"
            "job ship (2 of 2)\n"
            "[1/1] out four\n"
            "four\n"
            "[1/1] done in T\n"
            "pipeline build 1.0.0: success after T\n");
  EXPECT_EQ(harness.observed, (std::vector<std::string>{"started build", "ended build: success"}));
  EXPECT_EQ(harness.executor.most_running, 1);
  const JobRecord& job = record.workflows.at(0).jobs.at(0);
  EXPECT_EQ(job.exit, 0);
  EXPECT_EQ(job.tries, 1);
  EXPECT_EQ(job.last_step, 1);
  EXPECT_FALSE(job.failed_step);
  EXPECT_EQ(job.steps.at(0).output_bytes, 7U);
  EXPECT_EQ(job.steps.at(0).result, StepResult::passed);
  EXPECT_FALSE(job.steps.at(0).exit);
  EXPECT_EQ(job.steps.at(1).exit, 0);
}

TEST(PlanRun, InGithubEachStepIsAGroup) {
  RunHarness harness;
  harness.options.ci = "github-actions";
  harness.run(plan_of({pipeline("build", {pipeline_job("test", {"out one", "exit 3"})})}));
  EXPECT_EQ(normalised(harness.output),
            "pipeline build 1.0.0 (ops.yml:3)\n"
            "job test (1 of 1)\n"
            "::group::[1/2] out one\n"
            "one\n"
            "[1/2] done in T\n"
            "::endgroup::\n"
            "::group::[2/2] exit 3\n"
            "::endgroup::\n"
            "[2/2] failed with exit 3 after T\n"
            "pipeline build 1.0.0: failure (job test: exit 3) after T\n");
}

TEST(PlanRun, RawPrintsTheWorkflowsOutputAndNothingElse) {
  RunHarness harness;
  harness.options.raw = true;
  harness.options.ci = "github-actions";
  harness.run(plan_of(
      {pipeline("build", {pipeline_job("test", {"out one; part two", "part three"})}), command("hello", "out four")}));
  EXPECT_EQ(harness.output, "one\ntwothreefour\n");
}

TEST(PlanRun, TheFirstFailedJobEndsItsPipelineAndNoOther) {
  RunHarness harness;
  const RunRecord record = harness.run(plan_of(
      {pipeline("build", {pipeline_job("test", {"out a", "exit 2", "out never"}), pipeline_job("ship", {"out never"})}),
       pipeline("docs", {pipeline_job("write", {"out docs"})})}));
  EXPECT_EQ(record.result, RunResult::failure);
  const WorkflowRecord& build = record.workflows.at(0);
  EXPECT_EQ(build.result, RunResult::failure);
  EXPECT_EQ(build.reason, "job test: exit 2");
  EXPECT_EQ(build.jobs.at(0).failed_step, 1);
  EXPECT_EQ(build.jobs.at(0).last_step, 1);
  EXPECT_EQ(build.jobs.at(0).exit, 2);
  EXPECT_EQ(build.jobs.at(0).steps.at(1).exit, 2);
  EXPECT_EQ(build.jobs.at(0).steps.at(2).result, StepResult::not_run);
  EXPECT_EQ(build.jobs.at(1).result, RunResult::skipped);
  EXPECT_EQ(build.jobs.at(1).reason, "skipped (test failed)");
  EXPECT_EQ(build.jobs.at(1).tries, 0);
  EXPECT_EQ(record.workflows.at(1).result, RunResult::success);
  EXPECT_EQ(harness.executor.journal, (std::vector<std::string>{"test: out a", "test: exit 2", "write: out docs"}));
}

TEST(PlanRun, OneHintNamesTheKeyWhereAJobInAnEmptyDirectoryFails) {
  RunHarness harness;
  harness.run(
      plan_of({pipeline("a", {pipeline_job("x", {"exit 1"})}), pipeline("b", {pipeline_job("y", {"exit 1"})})}));
  ASSERT_EQ(harness.codes(), std::vector<std::string>{"job-empty-directory"});
  EXPECT_NE(harness.said.front().hint.find("workdir: workspace"), std::string::npos);
}

TEST(PlanRun, NoHintWhereTheDirectoryWasTheWorkspace) {
  RunHarness harness;
  plan::PlannedJob job = pipeline_job("x", {"exit 1"});
  job.workdir.kind = ops::WorkdirKind::workspace;
  job.workdir.path = "/";
  harness.run(plan_of({pipeline("a", {job}), command("c", "exit 1")}));
  EXPECT_EQ(harness.codes(), std::vector<std::string>{});
}

TEST(PlanRun, EachJobHasADirectoryOfItsOwnThatIsRemoved) {
  RunHarness harness;
  harness.options.raw = true;
  harness.run(plan_of({pipeline("build", {pipeline_job("a", {"pwd; env HOME"}), pipeline_job("b", {"pwd"})})}));
  const auto& tasks = harness.executor.tasks;
  ASSERT_EQ(tasks.size(), 2U);
  EXPECT_NE(tasks[0].workdir, tasks[1].workdir);
  EXPECT_FALSE(std::filesystem::exists(tasks[0].workdir));
  EXPECT_EQ(harness.output, tasks[0].workdir + "\nHOME=" + tasks[0].workdir + "\n" + tasks[1].workdir + "\n");
}

TEST(PlanRun, ACommandIsOneStep) {
  RunHarness harness;
  const RunRecord record = harness.run(plan_of({command("hello", "out hi; exit 4")}));
  const JobRecord& job = record.workflows.at(0).jobs.at(0);
  ASSERT_EQ(job.steps.size(), 1U);
  EXPECT_EQ(job.steps[0].text, "out hi; exit 4");
  EXPECT_EQ(job.steps[0].result, StepResult::failed);
  EXPECT_EQ(job.steps[0].exit, 4);
  EXPECT_EQ(job.failed_step, 0);
  EXPECT_TRUE(harness.executor.tasks.at(0).keep_stdin);
}

TEST(PlanRun, AllStepsOfALegacyWorkflowRunAlsoAfterAFailure) {
  RunHarness harness;
  const RunRecord record =
      harness.run(plan_of({legacy("old", {"out a", "exit 3", "out b; leave sleep", "exit 5", "out c"})}));
  EXPECT_EQ(record.result, RunResult::failure);
  const JobRecord& job = record.workflows.at(0).jobs.at(0);
  EXPECT_EQ(job.exit, 3) << "the status of the first that failed";
  EXPECT_EQ(job.failed_step, 1);
  EXPECT_EQ(job.last_step, 4);
  EXPECT_EQ(job.steps.at(3).result, StepResult::failed);
  EXPECT_EQ(job.steps.at(3).exit, 5);
  EXPECT_EQ(job.steps.at(4).result, StepResult::passed);
  ASSERT_EQ(job.leftovers.size(), 1U);
  ASSERT_EQ(harness.executor.tasks.size(), 5U);
  EXPECT_EQ(harness.executor.tasks[0].argv, (std::vector<std::string>{"/bin/sh", "-c", "out a"}));
  EXPECT_NE(harness.output.find("[2/5] failed with exit 3"), std::string::npos) << harness.output;
}

TEST(PlanRun, ASkippedWorkflowIsNoFailureAndIsNotReported) {
  RunHarness harness;
  plan::WorkflowRun skipped = service("web", "hang", 0);
  skipped.skipped = "needs executor: container";
  const RunRecord record = harness.run(plan_of({skipped, command("hello", "out hi")}));
  EXPECT_EQ(record.result, RunResult::success);
  EXPECT_EQ(record.workflows.at(0).result, RunResult::skipped);
  EXPECT_EQ(record.workflows.at(0).reason, "needs executor: container");
  EXPECT_EQ(harness.observed, (std::vector<std::string>{"started hello", "ended hello: success"}));
}

TEST(PlanRun, ASecretThatIsGoneStartsNothing) {
  RunHarness harness;
  plan::WorkflowRun second = command("ship", "out never");
  second.jobs.front().env = {{"TOKEN", plan::EnvSource::secret, plan::EnvValue::secret, "", "environment"}};
  const RunRecord record = harness.run(plan_of({command("hello", "out never"), second}));
  EXPECT_EQ(record.result, RunResult::error);
  EXPECT_EQ(record.workflows.at(1).result, RunResult::error);
  EXPECT_TRUE(harness.executor.journal.empty());
  EXPECT_TRUE(harness.observed.empty());
  EXPECT_EQ(harness.codes(), std::vector<std::string>{"secret-gone"});
}

TEST(PlanRun, SecretsAreMaskedInOutputHeadersRecordAndDiagnostics) {
  RunHarness harness;
  const std::string secret = "hunter2-s3cret";
  harness.secrets = {{"TOKEN", secret}};
  harness.mask.add("TOKEN", secret, mask::SecretOrigin::declared);
  plan::WorkflowRun workflow = pipeline(
      "build", {pipeline_job("test", {"env TOKEN", "note found " + secret + "; leave " + secret + "; exit 1"})});
  workflow.jobs.front().env.push_back({"TOKEN", plan::EnvSource::secret, plan::EnvValue::secret, "", "environment"});
  workflow.notes = {"mentions " + secret};
  const RunRecord record = harness.run(plan_of({workflow}));
  EXPECT_NE(harness.output.find("TOKEN=***"), std::string::npos) << harness.output;
  std::string all = harness.output + to_json(record).dump();
  for (const Diagnostic& diagnostic : harness.said) all += diagnostic.message + diagnostic.hint;
  EXPECT_EQ(all.find(secret), std::string::npos);
  EXPECT_EQ(find_variable(harness.executor.tasks.at(0).env, "TOKEN"), secret);
}

TEST(PlanRun, AStepsTextIsNoCommandOfTheCi) {
  RunHarness harness;
  harness.options.ci = "github-actions";
  harness.run(plan_of({pipeline("build", {pipeline_job("##[error]x", {"out \x1b[0m::error::y", "out ##[error]z"})})}));
  for (const char* marker : {"\n::error::", "##[error]"}) {
    EXPECT_EQ(harness.output.find(marker), std::string::npos) << harness.output;
  }
}

TEST(PlanRun, WithoutStepTimesTheJobIsOneStep) {
  RunHarness harness;
  const RunRecord record = harness.run(plan_of({pipeline("build", {pipeline_job("test", {"notimes", "exit 7"})})}));
  const JobRecord& job = record.workflows.at(0).jobs.at(0);
  EXPECT_FALSE(job.step_times);
  EXPECT_FALSE(job.failed_step);
  EXPECT_FALSE(job.last_step);
  ASSERT_EQ(job.steps.size(), 1U);
  EXPECT_EQ(job.steps[0].result, StepResult::failed);
  EXPECT_EQ(job.steps[0].last, 1);
}

TEST(PlanRun, WhatCannotStartIsAnErrorThatIsSaid) {
  RunHarness harness;
  const RunRecord record = harness.run(plan_of({pipeline("build", {pipeline_job("test", {"unstartable"})}),
                                                command("hello", "throw"), command("fine", "out fine")}));
  EXPECT_EQ(record.result, RunResult::error);
  EXPECT_EQ(record.workflows.at(0).jobs.at(0).reason, "no such program");
  EXPECT_EQ(record.workflows.at(1).jobs.at(0).reason, "job 'hello' could not be carried out: scripted");
  EXPECT_EQ(record.workflows.at(2).result, RunResult::success);
  EXPECT_EQ(harness.codes(), (std::vector<std::string>{"scripted-error", "executor-failed"}));
}

TEST(PlanRun, LeftoversAreToldAndSurvivorsCounted) {
  RunHarness harness;
  harness.executor.still_alive = {{99, "dd"}};
  const RunRecord record =
      harness.run(plan_of({pipeline("build", {pipeline_job("test", {"leave sleep; leave node"})})}));
  EXPECT_EQ(record.workflows.at(0).jobs.at(0).leftovers.size(), 2U);
  EXPECT_NE(harness.output.find("job test: 2 background processes ended: sleep(4711), node(4711)\n"),
            std::string::npos);
  EXPECT_EQ(record.processes_left, 1);
  EXPECT_EQ(harness.codes(), std::vector<std::string>{"processes-left"});
}

TEST(PlanRun, ATimeoutIsAFailureWithItsOwnStatus) {
  RunHarness harness;
  harness.options.timeout = milliseconds{50};
  const RunRecord record = harness.run(plan_of(
      {pipeline("build", {pipeline_job("test", {"out a", "hang", "out never"}), pipeline_job("ship", {"out never"})}),
       command("hello", "out never")}));
  EXPECT_EQ(record.result, RunResult::failure);
  EXPECT_EQ(record.signal, 0);
  const JobRecord& job = record.workflows.at(0).jobs.at(0);
  EXPECT_EQ(job.result, RunResult::failure);
  EXPECT_EQ(job.reason, "timed out after 50ms");
  EXPECT_EQ(job.exit, 124);
  EXPECT_EQ(job.failed_step, 1);
  EXPECT_EQ(job.steps.at(1).result, StepResult::timed_out);
  EXPECT_EQ(job.steps.at(1).exit, 143);
  EXPECT_EQ(record.workflows.at(0).result, RunResult::failure);
  EXPECT_EQ(record.workflows.at(0).jobs.at(1).reason, "skipped (the run timed out after 50ms)");
  EXPECT_EQ(record.workflows.at(1).result, RunResult::skipped);
  EXPECT_TRUE(harness.codes().empty()) << "no hint: the directory is not why it ended";
}

TEST(PlanRun, ATimeoutThatIsNotReachedChangesNothing) {
  RunHarness harness;
  harness.options.timeout = std::chrono::hours{1};
  const auto before = Clock::now();
  EXPECT_EQ(harness.run(plan_of({command("hello", "out hi")})).result, RunResult::success);
  EXPECT_LT(Clock::now() - before, std::chrono::minutes{1}) << "its timer must not hold the run";
}

TEST(PlanRun, ANoteIsSaidOnceHoweverManyJobsFindIt) {
  RunHarness harness;
  harness.run(plan_of({command("a", "note same"), command("b", "note same")}));
  EXPECT_EQ(harness.codes(), std::vector<std::string>{"scripted-note"});
}

}  // namespace
}  // namespace lifecycle::run
