#include "agent/run/step_log.h"

#include <gtest/gtest.h>

namespace lifecycle::run {
namespace {

StepMark at(int milliseconds_since_start, std::uint64_t bytes) {
  return {Instant(milliseconds(milliseconds_since_start)), bytes};
}

TEST(StepLog, BeforeAnythingIsKnownEveryStepIsNotRun) {
  const StepLog log({"a", "b"});
  ASSERT_EQ(log.records().size(), 2U);
  EXPECT_EQ(log.records()[1].text, "b");
  EXPECT_EQ(log.records()[1].result, StepResult::not_run);
  EXPECT_FALSE(log.running());
}

TEST(StepLog, TheNextStepsStartIsTheEndOfTheOneBefore) {
  StepLog log({"a", "b", "c"});
  log.begin({{0, 0}, {1, 1}, {2, 2}}, true);
  log.start(0, at(100, 0));
  log.start(1, at(250, 30));
  log.end(StepResult::failed, 3, at(400, 42));
  EXPECT_EQ(log.records()[0].result, StepResult::passed);
  EXPECT_EQ(log.records()[0].ended, Instant(milliseconds(250)));
  EXPECT_EQ(log.records()[0].output_bytes, 30U);
  EXPECT_FALSE(log.records()[0].exit) << "the status of a step that let the shell go on cannot be seen";
  EXPECT_EQ(log.records()[1].result, StepResult::failed);
  EXPECT_EQ(log.records()[1].exit, 3);
  EXPECT_EQ(log.records()[1].output_bytes, 12U);
  EXPECT_EQ(log.records()[2].result, StepResult::not_run);
  EXPECT_FALSE(log.records()[2].started);
}

TEST(StepLog, GroupsHoldTheTextOfAllTheirSteps) {
  StepLog log({"if true; then", "echo yes", "fi", "echo end"});
  log.begin({{0, 2}, {3, 3}}, true);
  ASSERT_EQ(log.records().size(), 2U);
  EXPECT_EQ(log.records()[0].text, "if true; then\necho yes\nfi");
  EXPECT_EQ(log.records()[0].first, 0);
  EXPECT_EQ(log.records()[0].last, 2);
  EXPECT_EQ(log.records()[1].index, 1);
  EXPECT_EQ(log.step_count(), 4U);
}

TEST(StepLog, WithoutTimesAllStepsAreOneGroup) {
  StepLog log({"a", "b"});
  log.begin({{0, 0}, {1, 1}}, false);
  ASSERT_EQ(log.records().size(), 1U);
  EXPECT_EQ(log.records()[0].last, 1);
  EXPECT_FALSE(log.times_known());
}

TEST(StepLog, AnEndWithoutARunningStepChangesNothing) {
  StepLog log({"a"});
  log.end(StepResult::cancelled, std::nullopt, at(1, 0));
  EXPECT_EQ(log.records()[0].result, StepResult::not_run);
}

TEST(StepLog, AGroupThatWasNeverSeenToStartWasPassedOnTheWay) {
  StepLog log({"a", "", "c"});
  log.begin({{0, 0}, {1, 1}, {2, 2}}, true);
  log.start(0, at(0, 0));
  log.start(2, at(5, 0));
  log.end(StepResult::passed, 0, at(9, 0));
  EXPECT_EQ(log.records()[1].result, StepResult::passed);
  EXPECT_EQ(log.records()[2].result, StepResult::passed);
}

}  // namespace
}  // namespace lifecycle::run
