#include "agent/cli/display_width.h"

#include <gtest/gtest.h>

namespace lifecycle::cli {
namespace {

struct WidthCase {
  std::string_view label;
  std::string_view line;
  std::string shown;
  int columns;
};
class DisplayWidth : public testing::TestWithParam<WidthCase> {};

TEST_P(DisplayWidth, CountsColumns) {
  std::string shown;
  int columns = 0;
  for (const Cell& cell : cells_of(GetParam().line)) {
    shown += cell.text;
    columns += cell.width;
  }
  EXPECT_EQ(shown, GetParam().shown);
  EXPECT_EQ(columns, GetParam().columns);
}

INSTANTIATE_TEST_SUITE_P(
    Lines, DisplayWidth,
    testing::Values(WidthCase{"Plain", "name: x", "name: x", 7}, WidthCase{"Tab", "a\tb", "a   b", 5},
                    WidthCase{"TabAtStop", "abcd\tb", "abcd    b", 9}, WidthCase{"Accent", "é", "é", 1},
                    WidthCase{"CombiningAccent", "e\xCC\x81", "e\xCC\x81", 1}, WidthCase{"Wide", "日本", "日本", 4},
                    WidthCase{"Emoji", "🚀", "🚀", 2}, WidthCase{"Escape", "\x1b[31m", "\\x1b[31m", 8},
                    WidthCase{"NotUtf8",
                              "a\xFF"
                              "b",
                              "a\\xffb", 6},
                    WidthCase{"CutCharacter", "\xE6\x97", "\\xe6\\x97", 8},
                    WidthCase{"C1Control", "\xC2\x9B", "\\xc2\\x9b", 8},
                    WidthCase{"TurnsDirection", "a\u202Eb", "a\\xe2\\x80\\xaeb", 14},
                    WidthCase{"ShowsNothing", "\uFEFFa", "\\xef\\xbb\\xbfa", 13}, WidthCase{"Empty", "", "", 0}),
    [](const auto& row) { return std::string(row.param.label); });

}  // namespace
}  // namespace lifecycle::cli
