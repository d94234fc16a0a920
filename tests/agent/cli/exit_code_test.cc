#include "agent/cli/exit_code.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace lifecycle::cli {
namespace {

struct OrderCase {
  std::string_view label;
  ExitCode stands;
  ExitCode other;
};
class ExitCodeOrder : public testing::TestWithParam<OrderCase> {};

TEST_P(ExitCodeOrder, OneOfTwoStands) {
  EXPECT_EQ(stronger(GetParam().stands, GetParam().other), GetParam().stands);
  EXPECT_EQ(stronger(GetParam().other, GetParam().stands), GetParam().stands);
}

INSTANTIATE_TEST_SUITE_P(
    Pairs, ExitCodeOrder,
    testing::Values(OrderCase{"FailedOverNotStarted", ExitCode::workflow_failed, ExitCode::environment},
                    OrderCase{"NotStartedOverSuccess", ExitCode::environment, ExitCode::success},
                    OrderCase{"UndeliveredOverNoMatch", ExitCode::environment, ExitCode::no_match},
                    OrderCase{"NoMatchOverSuccess", ExitCode::no_match, ExitCode::success},
                    OrderCase{"InterruptedOverFailed", ExitCode::interrupted, ExitCode::workflow_failed},
                    OrderCase{"TerminatedOverNotStarted", ExitCode::terminated, ExitCode::environment},
                    OrderCase{"UsageOverMachine", ExitCode::usage, ExitCode::environment},
                    OrderCase{"Same", ExitCode::success, ExitCode::success}),
    [](const auto& row) { return std::string(row.param.label); });

TEST(ExitCodes, AreInTheOrderOnce) {
  ASSERT_EQ(exit_code_order().size(), exit_codes().size());
  for (const ExitCodeMeaning& row : exit_codes()) {
    EXPECT_EQ(std::ranges::count(exit_code_order(), row.code), 1) << row.name;
  }
}

}  // namespace
}  // namespace lifecycle::cli
