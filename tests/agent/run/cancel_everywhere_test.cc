// Whatever the moment at which a run is cancelled, it ends as cancelled, nothing runs on, and its record holds
// every workflow, job and step.
#include <gtest/gtest.h>

#include <csignal>
#include <memory>

#include "tests/agent/run/run_harness.h"

namespace lifecycle::run {
namespace {

plan::Plan everything(int port) {
  return plan_of({service("web", "listen " + std::to_string(port) + "; out up; hang", port),
                  pipeline("build", {pipeline_job("test", {"out a; part b", "out c", "leave sleep; out d"}),
                                     pipeline_job("ship", {"out e", "note something; exit 2", "out never"}),
                                     pipeline_job("after", {"out never"})}),
                  legacy("old", {"out f", "exit 1", "out g"}), command("hello", "out h; part i"),
                  pipeline("last", {pipeline_job("only", {"out j"})})});
}

/// Runs it and raises the stop at the given point; returns how many points there were.
int run_and_cancel_at(int cancel_at, RunHarness& harness, RunRecord& record) {
  int points = 0;
  harness.at_point = [&points, cancel_at, &harness] {
    if (points++ == cancel_at) harness.stop.raise(StopReason::cancelled, SIGTERM);
  };
  record = harness.run(everything(free_port()));
  return points;
}

void expect_complete(const RunRecord& record, const plan::Plan& plan) {
  ASSERT_EQ(record.workflows.size(), plan.matched.size());
  for (std::size_t index = 0; index < plan.matched.size(); ++index) {
    const WorkflowRecord& workflow = record.workflows[index];
    ASSERT_EQ(workflow.jobs.size(), plan.matched[index].jobs.size());
    for (std::size_t at = 0; at < workflow.jobs.size(); ++at) {
      const JobRecord& job = workflow.jobs[at];
      const plan::PlannedJob& planned = plan.matched[index].jobs[at];
      EXPECT_EQ(job.name, planned.name);
      EXPECT_EQ(job.steps.size(), planned.argv.empty() ? planned.steps.size() : 1U);
      EXPECT_EQ(job.started.has_value(), job.ended.has_value()) << job.name << " began and never ended";
      EXPECT_TRUE(job.result == RunResult::success || !job.reason.empty()) << job.name << " says no reason";
      for (const StepRecord& step : job.steps) {
        EXPECT_EQ(step.started.has_value(), step.ended.has_value()) << job.name << ": " << step.text;
      }
    }
  }
}

TEST(CancelEverywhere, EndsAsCancelledWithACompleteRecord) {
  int points = 0;
  {
    RunHarness harness;
    RunRecord record;
    points = run_and_cancel_at(-1, harness, record);
    ASSERT_EQ(record.result, RunResult::failure) << "uncancelled, the plan fails in ship and old";
    expect_complete(record, everything(1));
  }
  ASSERT_GT(points, 40);
  for (int cancel_at = 0; cancel_at < points; ++cancel_at) {
    SCOPED_TRACE("cancelled at point " + std::to_string(cancel_at) + " of " + std::to_string(points));
    RunHarness harness;
    RunRecord record;
    run_and_cancel_at(cancel_at, harness, record);
    EXPECT_EQ(record.result, RunResult::cancelled);
    EXPECT_EQ(record.signal, SIGTERM);
    EXPECT_EQ(harness.executor.running, 0) << "a task outlived the run";
    expect_complete(record, everything(1));
    for (const WorkflowRecord& workflow : record.workflows) {
      EXPECT_NE(workflow.result, RunResult::skipped) << workflow.workflow;
      EXPECT_NE(workflow.result, RunResult::error) << workflow.workflow;
    }
    // Each workflow that was told to have begun is told to have ended.
    EXPECT_EQ(harness.observed.size() % 2, 0U);
    if (testing::Test::HasFailure()) break;
  }
}

TEST(CancelEverywhere, BeforeTheRunNothingStarts) {
  RunHarness harness;
  harness.stop.raise(StopReason::cancelled, SIGINT);
  const RunRecord record = harness.run(everything(free_port()));
  EXPECT_EQ(record.result, RunResult::cancelled);
  EXPECT_TRUE(harness.executor.tasks.empty());
  EXPECT_TRUE(harness.observed.empty());
  expect_complete(record, everything(1));
}

}  // namespace
}  // namespace lifecycle::run
