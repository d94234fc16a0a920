// Which filter a user meant who wrote one that can never match.
#pragma once

#include <optional>
#include <string_view>

#include "agent/trigger/trigger.h"

namespace lifecycle::trigger {

/// The key of another name for it (`branch` → `ref`), else the nearest by letters.
[[nodiscard]] std::optional<std::string_view> suggest_filter_key(std::string_view typed);

/// A filter that has lost a sign (`ref=main`, `ref!main`, `ref:main`) with its operator, a bare text as the name of a
/// branch, an unknown key as the one that was meant; a usable filter as it is. Nothing where no key is near.
[[nodiscard]] std::optional<Filter> meant_filter(const Filter& filter);

}  // namespace lifecycle::trigger
