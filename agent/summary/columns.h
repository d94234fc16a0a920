// Columns of a terminal, roughly: wide characters take two, combining ones none.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace lifecycle::summary {

[[nodiscard]] std::size_t display_width(std::string_view text);

/// At most `width` columns of the text; what is cut ends in "...".
[[nodiscard]] std::string cut_to_width(std::string_view text, std::size_t width);

/// The text with blanks behind it up to `width` columns.
[[nodiscard]] std::string pad_to_width(std::string_view text, std::size_t width);

}  // namespace lifecycle::summary
