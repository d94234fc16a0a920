// "did you mean …?": the valid name nearest to what was typed.
#pragma once

#include <optional>
#include <span>
#include <string_view>

namespace lifecycle {

/// The candidate with the smallest edit distance (insert, delete, replace, swap of neighbours; case
/// folded), if it is near enough to be meant: at most a third of the longer name, at least 1.
/// Of two equally near ones the first wins. Nothing when none is near.
[[nodiscard]] std::optional<std::string_view> nearest_name(std::string_view typed,
                                                           std::span<const std::string_view> candidates);

/// The edit distance that nearest_name uses; stops counting above `limit` (then limit + 1).
[[nodiscard]] int edit_distance(std::string_view a, std::string_view b, int limit);

}  // namespace lifecycle
