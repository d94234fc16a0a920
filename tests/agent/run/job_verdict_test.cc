#include "agent/run/job_verdict.h"

#include <gtest/gtest.h>

#include <csignal>

namespace lifecycle::run {
namespace {

struct VerdictCase {
  std::string_view label;
  EndReason reason;
  int exit;
  int signal;
  StopState stop;
  RunResult result;
  StepResult step;
  std::string text;
  std::optional<int> status;
};
class Judge : public testing::TestWithParam<VerdictCase> {};

TEST_P(Judge, FollowsTheTable) {
  JobEnd end;
  end.reason = GetParam().reason;
  end.exit = GetParam().exit;
  end.signal = GetParam().signal;
  const JobVerdict verdict = judge(end, GetParam().stop, std::chrono::minutes(5));
  EXPECT_EQ(verdict.result, GetParam().result);
  EXPECT_EQ(verdict.step, GetParam().step);
  EXPECT_EQ(verdict.reason, GetParam().text);
  EXPECT_EQ(verdict.exit, GetParam().status);
}

constexpr StopState none{};
constexpr StopState by_term{1, StopReason::cancelled, SIGTERM};
constexpr StopState by_time{1, StopReason::timed_out, 0};

INSTANTIATE_TEST_SUITE_P(
    Ends, Judge,
    testing::Values(
        VerdictCase{"Success", EndReason::exited, 0, 0, none, RunResult::success, StepResult::passed, "", 0},
        VerdictCase{"Failure", EndReason::exited, 3, 0, none, RunResult::failure, StepResult::failed, "exit 3", 3},
        VerdictCase{"KilledByItself", EndReason::exited, 143, SIGTERM, none, RunResult::failure, StepResult::failed,
                    "exit 143 (SIGTERM)", 143},
        VerdictCase{"Cancelled", EndReason::cancelled, 130, SIGINT, by_term, RunResult::cancelled,
                    StepResult::cancelled, "cancelled by SIGTERM", 130},
        VerdictCase{"CancelledButEndedWell", EndReason::cancelled, 0, 0, by_term, RunResult::cancelled,
                    StepResult::cancelled, "cancelled by SIGTERM", 0},
        VerdictCase{"DiedOfTheSignalBeforeWeDid", EndReason::exited, 143, SIGTERM, by_term, RunResult::cancelled,
                    StepResult::cancelled, "cancelled by SIGTERM", 143},
        VerdictCase{"EndedWellBeforeTheSignalWasSeen", EndReason::exited, 0, 0, by_term, RunResult::success,
                    StepResult::passed, "", 0},
        VerdictCase{"RunTimedOut", EndReason::timed_out, 143, SIGTERM, by_time, RunResult::failure,
                    StepResult::timed_out, "timed out after 5m", 124},
        VerdictCase{"RunTimedOutToldAsCancelled", EndReason::cancelled, 137, SIGKILL, by_time, RunResult::failure,
                    StepResult::timed_out, "timed out after 5m", 124},
        VerdictCase{"NotStarted", EndReason::not_started, 0, 0, none, RunResult::error, StepResult::not_run,
                    "could not start", std::nullopt}),
    [](const auto& row) { return std::string(row.param.label); });

TEST(Judge, AnErrorIsTheReason) {
  JobEnd end;
  end.error = Diagnostic{.code = "x", .message = "no bash here"};
  const JobVerdict verdict = judge(end, by_term, std::nullopt);
  EXPECT_EQ(verdict.result, RunResult::error);
  EXPECT_EQ(verdict.reason, "no bash here");
}

TEST(NotBegun, TellsASignalFromATimeout) {
  EXPECT_EQ(not_begun(by_term, std::nullopt).result, RunResult::cancelled);
  EXPECT_EQ(not_begun(by_term, std::nullopt).reason, "cancelled by SIGTERM before it began");
  EXPECT_EQ(not_begun(by_time, milliseconds(1500)).result, RunResult::skipped);
  EXPECT_EQ(not_begun(by_time, milliseconds(1500)).reason, "skipped (the run timed out after 1.5s)");
}

}  // namespace
}  // namespace lifecycle::run
