#include "agent/base/nearest_name.h"

#include <algorithm>
#include <cstddef>
#include <cstdlib>
#include <vector>

namespace lifecycle {
namespace {

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

}  // namespace

int edit_distance(std::string_view a, std::string_view b, int limit) {
  const auto rows = a.size();
  const auto columns = b.size();
  if (std::abs(static_cast<int>(rows) - static_cast<int>(columns)) > limit) return limit + 1;
  std::vector<int> before(columns + 1);
  std::vector<int> last(columns + 1);
  std::vector<int> now(columns + 1);
  for (std::size_t j = 0; j <= columns; ++j) last[j] = static_cast<int>(j);
  for (std::size_t i = 1; i <= rows; ++i) {
    now[0] = static_cast<int>(i);
    int best = now[0];
    for (std::size_t j = 1; j <= columns; ++j) {
      const bool same = lower(a[i - 1]) == lower(b[j - 1]);
      now[j] = std::min({last[j] + 1, now[j - 1] + 1, last[j - 1] + (same ? 0 : 1)});
      const bool swapped = i > 1 && j > 1 && lower(a[i - 1]) == lower(b[j - 2]) && lower(a[i - 2]) == lower(b[j - 1]);
      if (swapped) now[j] = std::min(now[j], before[j - 2] + 1);
      best = std::min(best, now[j]);
    }
    if (best > limit) return limit + 1;
    std::swap(before, last);
    std::swap(last, now);
  }
  return std::min(last[columns], limit + 1);
}

std::optional<std::string_view> nearest_name(std::string_view typed, std::span<const std::string_view> candidates) {
  std::optional<std::string_view> nearest;
  int smallest = 0;
  for (const std::string_view candidate : candidates) {
    const int allowed = std::max(1, static_cast<int>(std::max(typed.size(), candidate.size()) / 3));
    const int distance = edit_distance(typed, candidate, allowed);
    if (distance > allowed || (nearest && distance >= smallest)) continue;
    nearest = candidate;
    smallest = distance;
  }
  return nearest;
}

}  // namespace lifecycle
