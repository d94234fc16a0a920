// Durations as flags and ops.yml write them: `500ms`, `1s`, `5m`, `1h30m`, or bare seconds.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace lifecycle {

/// Units in falling order, each at most once; decimals only in bare seconds or the last part (`1.5s`).
/// Nothing for any other text, a negative one or one above 10 years.
[[nodiscard]] std::optional<std::chrono::milliseconds> parse_duration(std::string_view text);

/// The shortest such text: `1h30m`, `5m`, `1.5s`, `250ms`, `0s`.
[[nodiscard]] std::string print_duration(std::chrono::milliseconds duration);

}  // namespace lifecycle
