// A value from outside as a message may show it.
#pragma once

#include <string>
#include <string_view>

namespace lifecycle::ci {

/// On one line, without control characters and what is no UTF-8, and not longer than a line.
[[nodiscard]] std::string shown_value(std::string_view value);

}  // namespace lifecycle::ci
