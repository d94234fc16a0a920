#include "agent/base/duration.h"

#include <gtest/gtest.h>

namespace lifecycle {
namespace {

using std::chrono::milliseconds;

struct DurationCase {
  const char* label;
  std::string_view text;
  std::optional<long long> expected_ms;
  std::string_view printed;  // the canonical text, where it parses
};

class Duration : public testing::TestWithParam<DurationCase> {};

TEST_P(Duration, ParsesAndPrints) {
  const auto parsed = parse_duration(GetParam().text);
  if (!GetParam().expected_ms) {
    EXPECT_FALSE(parsed.has_value()) << "as " << parsed->count() << " ms";
    return;
  }
  ASSERT_TRUE(parsed.has_value());
  EXPECT_EQ(parsed->count(), *GetParam().expected_ms);
  EXPECT_EQ(print_duration(*parsed), GetParam().printed);
  EXPECT_EQ(parse_duration(print_duration(*parsed)), parsed);
}

INSTANTIATE_TEST_SUITE_P(
    Texts, Duration,
    testing::Values(
        DurationCase{"BareSeconds", "90", 90'000, "1m30s"}, DurationCase{"BareDecimals", "1.5", 1500, "1.5s"},
        DurationCase{"Milliseconds", "500ms", 500, "500ms"}, DurationCase{"Second", "1s", 1000, "1s"},
        DurationCase{"Minutes", "5m", 300'000, "5m"}, DurationCase{"HoursMinutes", "1h30m", 5'400'000, "1h30m"},
        DurationCase{"Day", "1d", 86'400'000, "24h"}, DurationCase{"Zero", "0", 0, "0s"},
        DurationCase{"AllUnits", "1h2m3s4ms", 3'723'004, "1h2m3.004s"},
        DurationCase{"DecimalsLast", "1m1.5s", 61'500, "1m1.5s"}, DurationCase{"Empty", "", std::nullopt, ""},
        DurationCase{"Negative", "-1s", std::nullopt, ""}, DurationCase{"NoNumber", "s", std::nullopt, ""},
        DurationCase{"WrongOrder", "5s1m", std::nullopt, ""}, DurationCase{"Twice", "1s1s", std::nullopt, ""},
        DurationCase{"Blank", "5 m", std::nullopt, ""}, DurationCase{"UnknownUnit", "3w", std::nullopt, ""},
        DurationCase{"DecimalsInside", "1.5h30m", std::nullopt, ""},
        DurationCase{"UnitThenBare", "1m30", std::nullopt, ""}, DurationCase{"TooLong", "4000d", std::nullopt, ""},
        DurationCase{"Exponent", "1e3", std::nullopt, ""}, DurationCase{"Infinity", "inf", std::nullopt, ""}),
    [](const auto& row) { return std::string(row.param.label); });

}  // namespace
}  // namespace lifecycle
