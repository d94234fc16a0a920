// The smallest edit of a trigger that would make it match an event.
#pragma once

#include <string>

#include "agent/event/lifecycle_event.h"
#include "agent/trigger/trigger.h"

namespace lifecycle::trigger {

/// The trigger with every part that fails put right and all others as they stand; a filter that cannot hold
/// is left out. Empty where no edit would match (the event has no name).
[[nodiscard]] std::string smallest_edit(const Trigger& trigger, const event::Event& event);

}  // namespace lifecycle::trigger
