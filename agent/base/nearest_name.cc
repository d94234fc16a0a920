#include "agent/base/nearest_name.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <vector>

#include "agent/base/ascii.h"

namespace lifecycle {
namespace {

constexpr std::size_t word_bits = 64;

/// The table of distances row by row, and of each row only the columns that can hold one of at most `limit`.
int banded_distance(std::string_view a, std::string_view b, int limit) {
  const std::size_t columns = b.size();
  const int far = limit + 1;
  const auto band = static_cast<std::size_t>(limit);
  std::vector<int> before(columns + 1, far);
  std::vector<int> last(columns + 1, far);
  std::vector<int> now(columns + 1, far);
  for (std::size_t j = 0; j <= std::min(columns, band); ++j) last[j] = static_cast<int>(j);
  for (std::size_t i = 1; i <= a.size(); ++i) {
    const std::size_t first = i > band ? i - band : 1;
    now[first - 1] = first > 1 ? far : static_cast<int>(i);
    int best = now[first - 1];
    for (std::size_t j = first; j <= std::min(columns, i + band); ++j) {
      const bool same = to_lower(a[i - 1]) == to_lower(b[j - 1]);
      const int above = j < i + band ? last[j] : far;
      now[j] = std::min({above + 1, now[j - 1] + 1, last[j - 1] + (same ? 0 : 1)});
      const bool swapped =
          i > 1 && j > 1 && to_lower(a[i - 1]) == to_lower(b[j - 2]) && to_lower(a[i - 2]) == to_lower(b[j - 1]);
      if (swapped) now[j] = std::min(now[j], before[j - 2] + 1);
      best = std::min(best, now[j]);
    }
    if (best > limit) return far;
    std::swap(before, last);
    std::swap(last, now);
  }
  return std::min(last[columns], far);
}

/// What was typed, made ready to be compared with many names: a hint looks at hundreds. A column of the table of
/// distances is two words of bits, the rows at which it grows and at which it falls, and a byte of the other name
/// costs a dozen operations (Hyyrö, "A Bit-Vector Algorithm for Computing Levenshtein and Damerau Edit Distances").
class TypedName {
 public:
  explicit TypedName(std::string_view text) : text_(text) {
    if (text.size() > word_bits) return;
    for (std::size_t i = 0; i < text.size(); ++i) places_[index(text[i])] |= std::uint64_t{1} << i;
  }

  /// limit + 1: it is more than the limit.
  [[nodiscard]] int distance_to(std::string_view name, int limit) const {
    const int difference = std::abs(static_cast<int>(text_.size()) - static_cast<int>(name.size()));
    if (difference > limit) return limit + 1;
    if (text_.empty() || name.empty()) return difference;
    return text_.size() > word_bits ? banded_distance(text_, name, limit) : bit_distance(name, limit);
  }

 private:
  static std::size_t index(char c) { return static_cast<unsigned char>(to_lower(c)); }

  [[nodiscard]] int bit_distance(std::string_view name, int limit) const {
    const std::uint64_t bottom = std::uint64_t{1} << (text_.size() - 1);
    std::uint64_t grows = ~std::uint64_t{0};
    std::uint64_t falls = 0;
    std::uint64_t diagonal = 0;
    std::uint64_t equal_before = 0;
    int distance = static_cast<int>(text_.size());
    int left = static_cast<int>(name.size());
    for (const char c : name) {
      const std::uint64_t equal = places_[index(c)];
      const std::uint64_t swapped = ((~diagonal & equal) << 1) & equal_before;
      diagonal = (((equal & grows) + grows) ^ grows) | equal | falls | swapped;
      const std::uint64_t right_grows = falls | ~(diagonal | grows);
      const std::uint64_t right_falls = diagonal & grows;
      if ((right_grows & bottom) != 0) ++distance;
      if ((right_falls & bottom) != 0) --distance;
      if (distance - --left > limit) return limit + 1;
      const std::uint64_t shifted = (right_grows << 1) | 1;
      grows = (right_falls << 1) | ~(diagonal | shifted);
      falls = shifted & diagonal;
      equal_before = equal;
    }
    return distance;
  }

  std::string_view text_;
  std::array<std::uint64_t, 256> places_{};  // of each byte: where it stands in the text
};

}  // namespace

int edit_distance(std::string_view a, std::string_view b, int limit) { return TypedName(a).distance_to(b, limit); }

std::optional<std::string_view> nearest_name(std::string_view typed, std::span<const std::string_view> candidates) {
  const TypedName name(typed);
  std::optional<std::string_view> nearest;
  int smallest = 0;
  for (const std::string_view candidate : candidates) {
    int allowed = std::max(1, static_cast<int>(std::max(typed.size(), candidate.size()) / 3));
    if (nearest) allowed = std::min(allowed, smallest - 1);
    if (allowed < 0) break;
    const int distance = name.distance_to(candidate, allowed);
    if (distance > allowed) continue;
    nearest = candidate;
    smallest = distance;
  }
  return nearest;
}

}  // namespace lifecycle
