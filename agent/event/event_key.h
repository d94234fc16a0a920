// The key of an event: the same for every run, attempt and job that sees the same event.
#pragma once

#include <string>

#include "agent/event/lifecycle_event.h"

namespace lifecycle::event {

/// `origin|host|owner/name|` in lower case before event.identity; empty when the event has no identity,
/// origin or repository: then the caller makes one from name, run id, attempt and job.
[[nodiscard]] std::string forge_key(const Event& event);

}  // namespace lifecycle::event
