#include "agent/report/delivery_outcome.h"

#include <gtest/gtest.h>

namespace lifecycle::report {
namespace {

constexpr std::string_view lenient = "the exit code does not change unless --strict-insights is given";
constexpr std::string_view strict = "--strict-insights makes an exit code of 0 a 3 for it";

struct OutcomeCase {
  std::string label;
  std::string result;
  DeliveryTrouble trouble;
};
class DeliveryDiagnostics : public testing::TestWithParam<OutcomeCase> {
 protected:
  [[nodiscard]] static std::string hint(Strictness strictness) {
    const std::vector<run::ReportedRecord> reported{{.event_name = "push", .result = GetParam().result}};
    const auto said = delivery_diagnostics(reported, GetParam().trouble, strictness);
    EXPECT_EQ(said.size(), 1U);
    return said.empty() ? "" : said[0].hint;
  }
  static bool holds(std::string_view text, std::string_view part) { return text.find(part) != std::string_view::npos; }
};

TEST_P(DeliveryDiagnostics, SayWhatTheFailureDoesToTheExitCode) {
  const std::string without = hint(Strictness::lenient);
  EXPECT_TRUE(holds(without, lenient)) << without;
  EXPECT_FALSE(holds(without, strict)) << without;
  const std::string with = hint(Strictness::strict);
  EXPECT_TRUE(holds(with, strict)) << with;
  EXPECT_FALSE(holds(with, lenient)) << with;
}
INSTANTIATE_TEST_SUITE_P(
    Outcomes, DeliveryDiagnostics,
    testing::Values(OutcomeCase{"Refused", "refused", {.host = "h", .refused_status = 400}},
                    OutcomeCase{
                        "Unauthorised", "refused", {.host = "h", .token_place = "--token", .unauthorised = 401}},
                    OutcomeCase{"Deferred", "deferred", {.host = "h", .last_status = 503, .failures = 3}},
                    OutcomeCase{"NoAnswer",
                                "deferred",
                                {.host = "h", .last_error = Diagnostic{.message = "m", .hint = "h"}, .failures = 1}}),
    [](const auto& row) { return row.param.label; });

}  // namespace
}  // namespace lifecycle::report
