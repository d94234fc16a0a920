// What a forge calls an event that has one name on every forge: both are the event's names, the common one first.
#pragma once

#include "agent/event/lifecycle_event.h"

namespace lifecycle::ci {

/// Completes an event that has one name only, the common one or the forge's own, by the other.
void name_as_the_forge(event::Event& event);

}  // namespace lifecycle::ci
