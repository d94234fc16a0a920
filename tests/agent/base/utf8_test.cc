#include "agent/base/utf8.h"

#include <gtest/gtest.h>

namespace lifecycle {
namespace {

constexpr auto none = std::string_view::npos;

TEST(FirstInvalidUtf8, FindsTheByte) {
  struct Row {
    std::string_view text;
    std::size_t expected;
  };
  for (const auto& row :
       {Row{"", none}, Row{"plain", none}, Row{"\xC3\xA4\xE2\x82\xAC\xF0\x9F\x9A\x80", none}, Row{"a\xFFz", 1},
        Row{"\xC0\xAF", 0}, Row{"\xE0\x80\xAF", 0}, Row{"ok\xED\xA0\x80", 2}, Row{"\xF4\x90\x80\x80", 0},
        Row{"\xF0\x9F\x9A", 0}, Row{"ab\x80", 2}, Row{"\xF8\x88\x80\x80\x80", 0}}) {
    EXPECT_EQ(first_invalid_utf8(row.text), row.expected) << row.text;
  }
}

TEST(CountCharacters, CountsCodePointsAndStrayBytes) {
  EXPECT_EQ(count_characters("caf\xC3\xA9"), 4);
  EXPECT_EQ(count_characters("\xF0\x9F\x9A\x80!"), 2);
  EXPECT_EQ(count_characters("a\xFF\xFE"), 3);
}

TEST(RepairUtf8, ReplacesInvalidBytesAndNul) {
  EXPECT_EQ(repair_utf8(std::string_view("a\0b", 3)),
            "a\xEF\xBF\xBD"
            "b");
  EXPECT_EQ(repair_utf8("x\xFFy"), "x\xEF\xBF\xBDy");
  EXPECT_EQ(repair_utf8("\xE2\x82"), "\xEF\xBF\xBD\xEF\xBF\xBD");
  EXPECT_EQ(repair_utf8("\xE2\x82\xAC"), "\xE2\x82\xAC");
}

TEST(CutUtf8, DoesNotCutInsideACharacter) {
  EXPECT_EQ(cut_utf8("abc", 5), "abc");
  EXPECT_EQ(cut_utf8("a\xE2\x82\xAC", 3), "a");
  EXPECT_EQ(cut_utf8("a\xE2\x82\xAC", 4), "a\xE2\x82\xAC");
  EXPECT_EQ(cut_utf8("\xE2\x82\xAC", 2), "");
}

}  // namespace
}  // namespace lifecycle
