// The line ends that a folded block keeps (`>+`): yaml-cpp 0.7 drops one of those that blank lines leave at its end.
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

namespace lifecycle::ops {

/// How many line ends stand behind the last line of the block whose header begins at `header`, its own included (YAML
/// 1.2, 8.1.1.2). Nothing when no `>+` begins there. `parent`: the column of the key or dash that it belongs to.
[[nodiscard]] std::optional<std::size_t> kept_line_ends(std::string_view text, std::size_t header, std::size_t parent);

}  // namespace lifecycle::ops
