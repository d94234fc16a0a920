#include "agent/run/step_title.h"

#include <gtest/gtest.h>

#include "agent/base/utf8.h"

namespace lifecycle::run {
namespace {

TEST(StepTitle, NumbersCountFromOneAndNameTheSpan) {
  EXPECT_EQ(step_number({0, 0}, 3), "[1/3]");
  EXPECT_EQ(step_number({1, 3}, 5), "[2-4/5]");
}

struct LineCase {
  std::string_view label;
  std::string text;
  std::size_t columns;
  std::string expected;
};
class OneLine : public testing::TestWithParam<LineCase> {};

TEST_P(OneLine, ShowsWhatFits) { EXPECT_EQ(one_line(GetParam().text, GetParam().columns), GetParam().expected); }

INSTANTIATE_TEST_SUITE_P(
    Texts, OneLine,
    testing::Values(LineCase{"Plain", "npm ci", 20, "npm ci"}, LineCase{"Trimmed", "  npm ci \n", 20, "npm ci"},
                    LineCase{"SeveralLines", "set -x\nnpm ci", 20, "set -x ..."},
                    LineCase{"LeadingEmptyLine", "\n\nnpm ci", 20, "npm ci"},
                    LineCase{"Cut", "abcdefghij", 8, "abcd ..."}, LineCase{"Exact", "abcdefgh", 8, "abcdefgh"},
                    LineCase{"CharactersNotBytes", "äöüäöüäö", 8, "äöüäöüäö"},
                    LineCase{"CutBetweenCharacters", "äöüäöüäöü", 8, "äöüä ..."}, LineCase{"Empty", "", 8, ""},
                    LineCase{"ControlBytes", "a\x1b[31mb", 40, "a\\x1b[31mb"},
                    LineCase{"TurnsDirection", "a\u202eb", 40, "a\\xe2\\x80\\xaeb"}),
    [](const auto& row) { return std::string(row.param.label); });

TEST(OneLine, IsNeverWiderThanAsked) {
  for (std::size_t columns = 4; columns < 40; ++columns) {
    const std::string line = one_line("ein längerer Text, der über mehrere Zeilen geht\nzwei", columns);
    EXPECT_LE(static_cast<std::size_t>(count_characters(line)), columns) << line;
  }
}

TEST(CommandText, IsWhatTheAuthorWrote) {
  EXPECT_EQ(command_text({"bash", "-c", "npm test \"$@\"", "test", "--watch"}), "npm test --watch");
  EXPECT_EQ(command_text({"bash", "-c", "npm test &", "test"}), "npm test &");
  EXPECT_EQ(command_text({"/bin/true"}), "/bin/true");
}

TEST(GroupText, JoinsStepsAndIgnoresIndicesBeyondThem) {
  EXPECT_EQ(group_text({"a", "b", "c"}, {0, 1}), "a\nb");
  EXPECT_EQ(group_text({"a"}, {0, 5}), "a");
}

}  // namespace
}  // namespace lifecycle::run
