#include "agent/summary/columns.h"

#include <gtest/gtest.h>

namespace lifecycle::summary {
namespace {

TEST(Columns, WideCharactersTakeTwoAndCombiningOnesNone) {
  EXPECT_EQ(display_width("abc"), 3U);
  EXPECT_EQ(display_width("äöü"), 3U);
  EXPECT_EQ(display_width("日本"), 4U);
  EXPECT_EQ(display_width("e\xCC\x81"), 1U);
  EXPECT_EQ(display_width("🚀"), 2U);
  EXPECT_EQ(display_width("\xff\xfe"), 2U);
  EXPECT_EQ(display_width("\xe6\x97"), 2U) << "a cut character counts byte by byte";
}

TEST(Columns, CutsBetweenCharacters) {
  EXPECT_EQ(cut_to_width("abcdef", 6), "abcdef");
  EXPECT_EQ(cut_to_width("abcdefg", 6), "abc...");
  EXPECT_EQ(cut_to_width("日本語日本語", 8), "日本...");
  EXPECT_EQ(cut_to_width("abcdef", 2), "..");
  EXPECT_EQ(cut_to_width("abcdef", 0), "");
}

TEST(Columns, PadsByWidth) {
  EXPECT_EQ(pad_to_width("日本", 6), "日本  ");
  EXPECT_EQ(pad_to_width("abc", 2), "abc");
}

}  // namespace
}  // namespace lifecycle::summary
