// What the platform makes of an event, by its primary name: its Insights count changes and deployments.
#pragma once

#include <string_view>

#include "agent/event/lifecycle_event.h"

namespace lifecycle::forge {

[[nodiscard]] event::Category category_of(std::string_view name);

}  // namespace lifecycle::forge
