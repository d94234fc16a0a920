#include <gtest/gtest.h>

#include <random>

#include "agent/trigger/trigger_match.h"

namespace lifecycle::trigger {
namespace {

struct GlobCase {
  std::string_view label;
  std::string_view pattern;
  std::string_view text;
  bool slash_bound;
  bool fold_case;
  bool matches;
};
class Glob : public testing::TestWithParam<GlobCase> {};

TEST_P(Glob, FollowsTheTable) {
  const auto& row = GetParam();
  EXPECT_EQ(glob_matches(row.pattern, row.text, row.slash_bound, row.fold_case), row.matches);
}
INSTANTIATE_TEST_SUITE_P(Patterns, Glob,
                         testing::Values(GlobCase{"Equal", "main", "main", false, false, true},
                                         GlobCase{"Longer", "main", "mainline", false, false, false},
                                         GlobCase{"CaseMatters", "Main", "main", false, false, false},
                                         GlobCase{"CaseFolded", "ACME/App", "acme/app", true, true, true},
                                         GlobCase{"CaseFoldedWithStar", "ACME/*", "acme/app", true, true, true},
                                         GlobCase{"StarTakesNothing", "v*", "v", false, false, true},
                                         GlobCase{"StarCrossesSlash", "release*", "release/1.0", false, false, true},
                                         GlobCase{"BoundStarStops", "acme/*", "acme/group/app", true, false, false},
                                         GlobCase{"BoundStarInOnePart", "acme/*", "acme/app", true, false, true},
                                         GlobCase{"TwoStarsCross", "acme/**", "acme/group/app", true, false, true},
                                         GlobCase{"TwoStarsInside", "acme/**/app", "acme/a/b/app", true, false, true},
                                         GlobCase{"TwoStarsThenOne", "**/a*c", "x/abc/y/abbc", true, false, true},
                                         GlobCase{"TwoStarsThenOneBound", "**/a*c", "x/ab/c", true, false, false},
                                         GlobCase{"ThreeStars", "***", "a/b", true, false, true},
                                         GlobCase{"EmptyText", "*", "", true, false, true},
                                         GlobCase{"EmptyPattern", "", "a", false, false, false},
                                         GlobCase{"BothEmpty", "", "", false, false, true},
                                         GlobCase{"Suffix", "*bot", "dependabot", false, false, true},
                                         GlobCase{"SuffixMissed", "*bot", "robots", false, false, false},
                                         GlobCase{"LateSecondTry", "*ab", "aab", false, false, true},
                                         GlobCase{"QuestionMarkIsItself", "a?c", "abc", false, false, false}),
                         [](const auto& row) { return std::string(row.param.label); });

/// The definition, slow: a star takes every prefix in turn.
bool slow_glob(std::string_view pattern, std::string_view text) {
  if (pattern.empty()) return text.empty();
  if (pattern.front() != '*') {
    return !text.empty() && text.front() == pattern.front() && slow_glob(pattern.substr(1), text.substr(1));
  }
  const bool crossing = pattern.starts_with("**");
  const auto rest = pattern.substr(crossing ? 2 : 1);
  for (std::size_t taken = 0; taken <= text.size(); ++taken) {
    if (slow_glob(rest, text.substr(taken))) return true;
    if (taken < text.size() && text[taken] == '/' && !crossing) return false;
  }
  return false;
}

TEST(GlobProperty, AgreesWithTheDefinition) {
  std::mt19937 random(3);
  const auto word = [&](std::string_view letters) {
    std::string text(random() % 8, ' ');
    for (char& c : text) c = letters[random() % letters.size()];
    return text;
  };
  int matching = 0;
  for (int i = 0; i < 20000; ++i) {
    const std::string pattern = word("ab/**");
    const std::string text = word("ab/");
    const bool expected = slow_glob(pattern, text);
    ASSERT_EQ(glob_matches(pattern, text, true, false), expected) << pattern << " " << text;
    matching += expected ? 1 : 0;
    std::string crossing;
    for (const char c : pattern) crossing += c == '*' ? "**" : std::string(1, c);
    ASSERT_EQ(glob_matches(pattern, text, false, false), slow_glob(crossing, text)) << pattern << " " << text;
  }
  EXPECT_GT(matching, 200);
}

TEST(GlobProperty, ManyStarsDoNotBlowUp) {
  std::string pattern;
  for (int i = 0; i < 200; ++i) pattern += "*a";
  pattern += "*b";
  EXPECT_FALSE(glob_matches(pattern, std::string(5000, 'a'), false, false));
  EXPECT_FALSE(glob_matches(pattern, std::string(5000, 'a'), true, true));
}

}  // namespace
}  // namespace lifecycle::trigger
