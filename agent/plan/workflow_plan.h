// One workflow that was selected, as a run: where and how it runs, or why not here.
#pragma once

#include "agent/plan/job_plan.h"
#include "agent/plan/workflow_selection.h"

namespace lifecycle::plan {

/// Problems are added to `problems`; those of a workflow that is not run here are left out.
[[nodiscard]] WorkflowRun plan_workflow(const JobPlanInput& input, const event::Event& event, Selected selected,
                                        std::vector<Diagnostic>& problems);

}  // namespace lifecycle::plan
