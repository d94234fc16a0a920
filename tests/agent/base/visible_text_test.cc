#include "agent/base/visible_text.h"

#include <gtest/gtest.h>

namespace lifecycle {
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

INSTANTIATE_TEST_SUITE_P(
    Joiners, Visible,
    testing::Values(VisibleCase{"🧑\u200d💻 ⚙\ufe0f 🏳\ufe0f\u200d🌈 1\ufe0f\u20e3",
                                "🧑\u200d💻 ⚙\ufe0f 🏳\ufe0f\u200d🌈 1\ufe0f\u20e3"},
                    VisibleCase{"می\u200cخواهم क्\u200dष", "می\u200cخواهم क्\u200dष"},
                    VisibleCase{"a\u200db", "a\\xe2\\x80\\x8db"}, VisibleCase{"🧑\u200dx", "🧑\\xe2\\x80\\x8dx"},
                    VisibleCase{"🧑\u200d", "🧑\\xe2\\x80\\x8d"}, VisibleCase{"a\ufe0f", "a\\xef\\xb8\\x8f"},
                    VisibleCase{"⚙\ufe0f\ufe0f", "⚙\ufe0f\\xef\\xb8\\x8f"}, VisibleCase{"1\ufe0f", "1\\xef\\xb8\\x8f"},
                    VisibleCase{"⚙\ufe01", "⚙\\xef\\xb8\\x81"}, VisibleCase{"م\u200c", "م\\xe2\\x80\\x8c"}),
    [](const auto& row) { return "Row" + std::to_string(row.index); });

std::string encode(char32_t code_point) {
  const auto byte = [](char32_t bits) { return static_cast<char>(static_cast<unsigned char>(bits)); };
  if (code_point < 0x80) return {byte(code_point)};
  if (code_point < 0x800) return {byte(0xC0 | (code_point >> 6)), byte(0x80 | (code_point & 0x3F))};
  if (code_point < 0x10000) {
    return {byte(0xE0 | (code_point >> 12)), byte(0x80 | ((code_point >> 6) & 0x3F)), byte(0x80 | (code_point & 0x3F))};
  }
  return {byte(0xF0 | (code_point >> 18)), byte(0x80 | ((code_point >> 12) & 0x3F)),
          byte(0x80 | ((code_point >> 6) & 0x3F)), byte(0x80 | (code_point & 0x3F))};
}

TEST(VisibleText, HoldsNothingThatHidesOrTurns) {
  const std::pair<char32_t, char32_t> ranges[] = {
      {0x00, 0x1F},     {0x7F, 0x9F},     {0xAD, 0xAD},       {0x61C, 0x61C},     {0x115F, 0x1160},   {0x180E, 0x180E},
      {0x200B, 0x200F}, {0x2028, 0x202E}, {0x2060, 0x206F},   {0x3164, 0x3164},   {0xFE00, 0xFE0F},   {0xFEFF, 0xFEFF},
      {0xFFA0, 0xFFA0}, {0xFFF9, 0xFFFB}, {0x1D173, 0x1D17A}, {0xE0001, 0xE007F}, {0xE0100, 0xE01EF},
  };
  for (const auto& [first, last] : ranges) {
    for (char32_t c = first; c <= last; ++c) {
      EXPECT_EQ(visible("a" + encode(c) + "b"), "a" + escape_bytes(encode(c)) + "b") << std::hex << std::uint32_t{c};
    }
  }
}

TEST(VisibleText, LeavesWhatIsSeen) {
  for (const char32_t c : std::initializer_list<char32_t>{0x20,   0x7E,   0xA0,   0xAC,   0xAE,   0x300,   0x34E,
                                                          0x61B,  0x200A, 0x2010, 0x2027, 0x202F, 0x205F,  0x2070,
                                                          0xFDFF, 0xFE10, 0xFEFE, 0xFF9F, 0xFFFD, 0x1F600, 0xDFFFD}) {
    EXPECT_EQ(visible(encode(c)), encode(c)) << std::hex << std::uint32_t{c};
  }
}

}  // namespace
}  // namespace lifecycle
