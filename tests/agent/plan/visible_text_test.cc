#include "agent/plan/visible_text.h"

#include <gtest/gtest.h>

namespace lifecycle::plan {
namespace {

struct VisibleCase {
  std::string_view text;
  std::string_view shown;
};
class Visible : public testing::TestWithParam<VisibleCase> {};

TEST_P(Visible, FollowsTheTable) { EXPECT_EQ(visible(GetParam().text), GetParam().shown); }
INSTANTIATE_TEST_SUITE_P(
    Texts, Visible,
    testing::Values(VisibleCase{"", ""}, VisibleCase{"plain text", "plain text"}, VisibleCase{"é 漢 🙂", "é 漢 🙂"},
                    VisibleCase{"\x1b[31mred", "\\x1b[31mred"}, VisibleCase{"a\r\nb\tc", "a\\x0d\\x0ab\\x09c"},
                    VisibleCase{std::string_view("a\0b", 3), "a\\x00b"}, VisibleCase{"\x7f", "\\x7f"},
                    VisibleCase{"\xc2\x9b"
                                "31m",
                                "\\xc2\\x9b31m"},
                    VisibleCase{"a\x9b", "a\\x9b"}, VisibleCase{"\xff\xfe", "\\xff\\xfe"}, VisibleCase{"\xc3", "\\xc3"},
                    VisibleCase{"\xc3(", "\\xc3("},
                    VisibleCase{"a\xe2\x80\xae"
                                "b",
                                "a\\xe2\\x80\\xae"
                                "b"},
                    VisibleCase{"\xe2\x81\xa6", "\\xe2\\x81\\xa6"}, VisibleCase{"“quoted” … –", "“quoted” … –"},
                    VisibleCase{"\xf4\x90\x80\x80", "\\xf4\\x90\\x80\\x80"}),
    [](const auto& row) { return "Row" + std::to_string(row.index); });

}  // namespace
}  // namespace lifecycle::plan
