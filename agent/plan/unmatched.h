// Why an event does not start a workflow.
#pragma once

#include "agent/plan/plan.h"

namespace lifecycle::plan {

/// The first condition that failed, of the trigger that got furthest, and the smallest edit of that trigger.
[[nodiscard]] Unmatched explain_unmatched(const ops::OpsFile& file, const ops::Workflow& workflow,
                                          const event::Event& event);

}  // namespace lifecycle::plan
