// The event names that an origin knows, for warnings with the nearest valid name and for docs/events.md.
#pragma once

#include <span>
#include <string_view>

namespace lifecycle::event {

struct KnownName {
  std::string_view name;     // pull_request.merged
  std::string_view meaning;  // one line for the docs
};

/// All names of an origin, common ones first; empty for an origin that is not known.
[[nodiscard]] std::span<const KnownName> known_names(std::string_view origin);

[[nodiscard]] std::span<const std::string_view> known_origins();

/// True also for open-ended names (`repository_dispatch.<anything>`).
[[nodiscard]] bool is_known_name(std::string_view origin, std::string_view name);

}  // namespace lifecycle::event
