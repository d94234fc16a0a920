// SHA-256 of a text.
#pragma once

#include <string>
#include <string_view>

namespace lifecycle::report {

/// 64 lower-case hex digits.
[[nodiscard]] std::string sha256_hex(std::string_view text);

}  // namespace lifecycle::report
