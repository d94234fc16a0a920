#include "agent/report/run_reporting.h"

#include <gtest/gtest.h>

#include "tests/agent/report/report_events.h"

namespace lifecycle::report {
namespace {

using run::RunResult;

plan::WorkflowRun planned(std::string name) {
  plan::WorkflowRun run;
  run.workflow = std::move(name);
  return run;
}

run::WorkflowRecord ended(RunResult result) {
  run::WorkflowRecord record;
  record.result = result;
  return record;
}

class RunReportingTest : public testing::Test {
 protected:
  RunReporting reporting(OwnEvents wanted = OwnEvents::changes_and_deployments) {
    return RunReporting(event_, {}, wanted,
                        [this](const InsightsEvent& event) { sent_.push_back(event.name + " " + event.action); });
  }
  event::Event event_ = test::merged_change();
  std::vector<std::string> sent_;
};

TEST_F(RunReportingTest, TellsTheEventThenStartAndEndOfEachWorkflow) {
  RunReporting report = reporting();
  report.report_event(Instant{});
  for (const RunResult result : {RunResult::success, RunResult::failure, RunResult::cancelled, RunResult::error}) {
    report.workflow_started(planned("a"), {});
    report.workflow_ended(planned("a"), ended(result));
  }
  EXPECT_EQ(sent_, (std::vector<std::string>{"change merge", "pipeline started", "pipeline success", "pipeline started",
                                             "pipeline failure", "pipeline started", "pipeline cancelled",
                                             "pipeline started", "pipeline failure"}));
}

TEST_F(RunReportingTest, LeavesOutWhatIsSkippedAndOtherEvents) {
  event_ = test::pushed_branch();
  RunReporting report = reporting();
  report.report_event(Instant{});
  plan::WorkflowRun skipped = planned("s");
  skipped.skipped = "needs executor: container";
  report.workflow_started(skipped, {});
  report.workflow_ended(skipped, ended(RunResult::skipped));
  report.workflow_ended(planned("later"), ended(RunResult::skipped));
  EXPECT_TRUE(sent_.empty());
  reporting(OwnEvents::all).report_event(Instant{});
  EXPECT_EQ(sent_, (std::vector<std::string>{"push success"}));
}

TEST(ExpectedEvents, AreThoseOfARunThatGoesWell) {
  plan::Plan plan;
  plan.event = test::merged_change();
  plan.matched = {planned("a"), planned("b")};
  plan.matched[1].environment = "production";
  std::vector<std::string> names;
  for (const InsightsEvent& event : expected_events(plan, {}, OwnEvents::changes_and_deployments, Instant{})) {
    names.push_back(event.name + " " + event.action);
  }
  EXPECT_EQ(names, (std::vector<std::string>{"change merge", "pipeline started", "pipeline success",
                                             "deployment started", "deployment success"}));
}

}  // namespace
}  // namespace lifecycle::report
