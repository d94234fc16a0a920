// The event for a person: what `event` prints.
#pragma once

#include <string>

#include "agent/event/lifecycle_event.h"

namespace lifecycle::cli {

/// One line for each thing that is known; foreign text is made printable.
[[nodiscard]] std::string event_text(const event::Event& event);

}  // namespace lifecycle::cli
