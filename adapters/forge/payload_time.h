// Times of webhooks' bodies, which every forge writes in its own way, as RFC 3339.
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>

#include "adapters/forge/payload_fields.h"

namespace lifecycle::forge {

/// RFC 3339 of `2026-03-01T10:00:00Z`, `2026-03-01 10:00:00 UTC`, `…+0100`, `… +01:00`, with any fraction of a second
/// (what is beyond nanoseconds is cut). Empty when it is no time, has no zone, or lies before 1970: a forge's default
/// for "never".
[[nodiscard]] std::string to_rfc3339(std::string_view text);

/// The same for a text or a number at a path: seconds, or from 100 000 000 000 on milliseconds, since 1970.
[[nodiscard]] std::string time_at(const PayloadFields& fields, std::string_view path);

/// The first of the paths that has a time.
[[nodiscard]] std::string first_time_at(const PayloadFields& fields, std::initializer_list<std::string_view> paths);

/// A time by to_rfc3339 as one in UTC, without a fraction: the same text however the forge wrote it, for keys.
[[nodiscard]] std::string key_second(std::string_view time);

}  // namespace lifecycle::forge
