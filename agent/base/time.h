// Instants as documents show them: RFC 3339 in UTC.
#pragma once

#include <chrono>
#include <string>

namespace lifecycle {

using Instant = std::chrono::sys_time<std::chrono::milliseconds>;

/// `2026-11-24T07:03:09.120Z`; milliseconds only when they are not zero.
[[nodiscard]] std::string print_instant(Instant instant);

}  // namespace lifecycle
