// Lays the facts that a user gives over an event, whatever CI it came from.
#pragma once

#include "adapters/ci/event_facts.h"
#include "agent/base/result.h"
#include "agent/event/lifecycle_event.h"

namespace lifecycle::ci {

/// Errors: event-fact-invalid.
[[nodiscard]] Result<void> lay_facts(event::Event& event, const EventFacts& facts);

/// `--assume-action`: fills an unknown action only.
[[nodiscard]] Result<void> assume_action(event::Event& event, const std::string& action);

/// A push that its ref shows to be a tag's is push.tag, and in a CI job create.tag too.
void name_tag(event::Event& event, bool alias);

}  // namespace lifecycle::ci
