#include "agent/base/nearest_name.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <random>
#include <string>
#include <vector>

namespace lifecycle {
namespace {

constexpr std::array<std::string_view, 6> keys = {"steps", "packages", "description", "name", "env", "run"};

struct NearestCase {
  std::string_view typed;
  std::string_view expected;  // empty: none is near
};

TEST(NearestName, FindsWhatWasMeant) {
  for (const auto& row : {NearestCase{"step", "steps"}, NearestCase{"stpes", "steps"}, NearestCase{"STEPS", "steps"},
                          NearestCase{"packges", "packages"}, NearestCase{"decsription", "description"},
                          NearestCase{"nmae", "name"}, NearestCase{"envs", "env"}, NearestCase{"rn", "run"},
                          NearestCase{"volumes", ""}, NearestCase{"", ""}, NearestCase{"x", ""}}) {
    const auto found = nearest_name(row.typed, keys);
    EXPECT_EQ(found.value_or(""), row.expected) << "for '" << row.typed << "'";
  }
}

TEST(NearestName, FirstOfEquallyNearOnesWins) {
  constexpr std::array<std::string_view, 2> two = {"cat", "car"};
  EXPECT_EQ(nearest_name("cab", two), "cat");
}

TEST(EditDistance, CountsAndStopsAtTheLimit) {
  EXPECT_EQ(edit_distance("kitten", "sitting", 10), 3);
  EXPECT_EQ(edit_distance("ab", "ba", 10), 1) << "a swap of neighbours is one edit";
  EXPECT_EQ(edit_distance("abcdef", "", 3), 4) << "limit + 1";
  EXPECT_EQ(edit_distance(std::string(5000, 'a'), std::string(5000, 'b'), 2), 3);
}

/// The distance by its definition, without a limit.
int plain_distance(std::string_view a, std::string_view b) {
  std::vector<std::vector<int>> table(a.size() + 1, std::vector<int>(b.size() + 1));
  for (std::size_t i = 0; i <= a.size(); ++i) {
    for (std::size_t j = 0; j <= b.size(); ++j) {
      int& cell = table[i][j];
      cell = static_cast<int>(i + j);
      if (i == 0 || j == 0) continue;
      cell = std::min({table[i - 1][j] + 1, table[i][j - 1] + 1, table[i - 1][j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1)});
      const bool swapped = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
      if (swapped) cell = std::min(cell, table[i - 2][j - 2] + 1);
    }
  }
  return table[a.size()][b.size()];
}

TEST(EditDistance, IsThatOfTheDefinition) {
  std::mt19937 random(7);
  const auto text = [&](std::size_t longest) {
    std::string made(random() % (longest + 1), '\0');
    for (char& c : made) c = static_cast<char>('a' + random() % 3);
    return made;
  };
  const auto edited = [&](std::string made) {
    for (std::size_t edits = random() % 4; edits > 0 && !made.empty(); --edits) {
      const std::size_t at = random() % made.size();
      if (random() % 2 == 0)
        made.erase(at, 1);
      else if (at > 0)
        std::swap(made[at], made[at - 1]);
    }
    return made;
  };
  for (const std::size_t longest : {4U, 12U, 64U, 70U, 140U}) {
    for (int round = 0; round < 300; ++round) {
      const std::string a = text(longest);
      const std::string b = round % 2 == 0 ? text(longest) : edited(a);
      const int limit = static_cast<int>(random() % (longest + 2));
      ASSERT_EQ(edit_distance(a, b, limit), std::min(plain_distance(a, b), limit + 1)) << a << " " << b << " " << limit;
    }
  }
}

}  // namespace
}  // namespace lifecycle
