// What an event has under the key of a filter.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "agent/event/lifecycle_event.h"
#include "agent/trigger/trigger.h"

namespace lifecycle::trigger {

/// The values of the field, of labels several; empty: the event does not have it.
[[nodiscard]] std::vector<std::string> field_values(FilterKey key, const event::Event& event);

/// Whether one filter holds. A missing field: no `==`, every `!=`. label==x: any, label!=x: none.
/// An unknown key and a filter without an operator never hold.
[[nodiscard]] bool filter_holds(const Filter& filter, const event::Event& event);

}  // namespace lifecycle::trigger
