#include "agent/cli/time_budget.h"

#include <gtest/gtest.h>

#include <string>

namespace lifecycle::cli {
namespace {

using namespace std::chrono_literals;

struct BudgetCase {
  std::string_view label;
  std::chrono::seconds ci_grace;
  std::optional<milliseconds> interrupt;
  std::optional<milliseconds> terminate;
  TimeBudget expected;
};
class Budget : public testing::TestWithParam<BudgetCase> {};

TEST_P(Budget, LeavesTheRestForSummaryAndReport) {
  const TimeBudget budget = time_budget(GetParam().ci_grace, GetParam().interrupt, GetParam().terminate);
  EXPECT_EQ(budget.total, GetParam().expected.total);
  EXPECT_EQ(budget.interrupt, GetParam().expected.interrupt);
  EXPECT_EQ(budget.terminate, GetParam().expected.terminate);
}

INSTANTIATE_TEST_SUITE_P(Graces, Budget,
                         testing::Values(BudgetCase{"Github", 10s, {}, {}, {9s, 4050ms, 4050ms}},
                                         BudgetCase{"Jenkins", 5s, {}, {}, {4s, 1800ms, 1800ms}},
                                         BudgetCase{"GitlabLeavesMoreThanIsTaken", 600s, {}, {}, {9s, 4050ms, 4050ms}},
                                         BudgetCase{"None", 0s, {}, {}, {1s, 450ms, 450ms}},
                                         BudgetCase{"OneFlag", 10s, 1s, {}, {9s, 1s, 4050ms}},
                                         BudgetCase{"LongFlags", 10s, 20s, 30s, {50s, 20s, 30s}}),
                         [](const auto& row) { return std::string(row.param.label); });

TEST(ReportDeadline, FollowsTheFlagOrTheBudget) {
  const SteadyTime now{};
  EXPECT_EQ(report_deadline(now, 10s, std::nullopt, 9s), now + 10s);
  EXPECT_EQ(report_deadline(now, 10s, now - 8s, 9s), now + 1s);
  EXPECT_EQ(report_deadline(now, 10s, now - 9s, 9s), now + 300ms);
  EXPECT_EQ(report_deadline(now, 500ms, now - 1s, 9s), now + 500ms);
}

}  // namespace
}  // namespace lifecycle::cli
