#include "agent/base/nearest_name.h"

#include <gtest/gtest.h>

#include <array>
#include <string>

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

}  // namespace
}  // namespace lifecycle
