// Text of strangers on a terminal: every byte that a terminal would obey made visible.
#pragma once

#include <string>
#include <string_view>

namespace lifecycle::plan {

/// Control bytes, bytes that are no UTF-8 and marks that turn the direction of text as \xNN.
/// Newlines and tabs too.
[[nodiscard]] std::string visible(std::string_view text);

}  // namespace lifecycle::plan
