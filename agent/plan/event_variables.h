// The event as variables of a job: REPO, ORG, REF and the facts as LIFECYCLE_EVENT_*.
#pragma once

#include <vector>

#include "agent/event/lifecycle_event.h"
#include "agent/plan/plan.h"

namespace lifecycle::plan {

struct EventVariables {
  std::vector<EnvEntry> entries;        // sorted by name
  std::vector<Diagnostic> diagnostics;  // event-value-cut, event-value-nul
};

/// What is unknown is unset; a change has its title, labels and number in any case. The same names are read by an
/// agent inside the job, so that it sees the same event.
[[nodiscard]] EventVariables event_variables(const event::Event& event);

}  // namespace lifecycle::plan
