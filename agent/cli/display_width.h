// How many columns of a terminal a character takes, for carets that stand under what they mean.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace lifecycle::cli {

/// One character of a line as it is shown: its text and its columns.
struct Cell {
  std::string text;
  int width = 1;
};

/// The line cut into characters as a terminal shows them: tabs as blanks up to the next multiple of 4, wide
/// characters two columns, combining ones none, what visible() escapes as it escapes it.
[[nodiscard]] std::vector<Cell> cells_of(std::string_view line);

/// Columns of one code point: 0, 1 or 2 (Unicode East Asian Width W and F; general categories Mn, Me, Cf).
[[nodiscard]] int width_of(std::uint32_t code_point);

}  // namespace lifecycle::cli
