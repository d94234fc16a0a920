// The inner loop of the neutraliser: the next byte that needs a closer look. All before it may pass as it is.
#pragma once

#include <cstddef>
#include <string_view>

#include "adapters/dialect/dialect.h"

namespace lifecycle::dialect {

/// What was before the text.
struct Before {
  bool line_start = true;
  char last = 0;
};

/// The first place at or after `from` with a control byte other than TAB and LF, a byte that may complete a
/// marker of the dialect, or one that can begin a marker or white space at the start of a line; else the size.
[[nodiscard]] std::size_t find_special(DialectKind kind, std::string_view text, std::size_t from, Before before);

}  // namespace lifecycle::dialect
