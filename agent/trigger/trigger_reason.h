// Why a trigger matches an event or does not, in words and with both values.
#pragma once

#include "agent/trigger/trigger_match.h"

namespace lifecycle::trigger {

/// All of an outcome but the edit.
[[nodiscard]] MatchOutcome explain(const Trigger& trigger, const event::Event& event, const MatchProgress& progress);

}  // namespace lifecycle::trigger
