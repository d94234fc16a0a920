// The header Retry-After: RFC 9110, section 10.2.3.
#pragma once

#include <chrono>
#include <optional>
#include <string_view>

#include "agent/base/time.h"

namespace lifecycle::http {

/// How long to wait from `now`: seconds, or an HTTP date in one of the three forms of RFC 9110, 5.6.7 (a past one:
/// zero). At most a day. Nothing for any other text.
[[nodiscard]] std::optional<std::chrono::milliseconds> parse_retry_after(std::string_view text, Instant now);

}  // namespace lifecycle::http
