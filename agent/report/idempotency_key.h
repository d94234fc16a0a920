// The Idempotency-Key of an event: a hash of what makes it that event, so that a retry, a re-run or a second job
// that tells of the same thing is recognised upstream.
#pragma once

#include <string>
#include <string_view>

#include "agent/event/lifecycle_event.h"
#include "agent/plan/plan.h"
#include "agent/report/insights_event.h"

namespace lifecycle::report {

/// Of the CI event itself: the forge's key (event::forge_key), which no run is part of. Where it has none: name, run
/// id, attempt, job; outside a CI random.
[[nodiscard]] std::string own_event_key(const event::Event& event);

/// Of a state of a workflow's run: run id, attempt, job, step, --key, the ops.yml, the workflow, the state: a re-run
/// deploys again. Outside a CI random.
[[nodiscard]] std::string workflow_run_key(const event::Event& event, const ReportFacts& facts,
                                           const plan::WorkflowRun& planned, std::string_view state);

/// Of an event that was asked for: run id, attempt, job, step, --key and all its fields. Outside a CI random.
[[nodiscard]] std::string track_key(const event::Event& event, const ReportFacts& facts,
                                    const nlohmann::ordered_json& body);

}  // namespace lifecycle::report
