// The JSON bodies that the insights endpoint takes. Pure. Shapes: the platform's pages "Change events" and
// "Deployment events", and what its GitHub Action, CircleCI orb and GitLab template send.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <string_view>

#include "agent/base/time.h"
#include "agent/event/lifecycle_event.h"
#include "agent/plan/plan.h"
#include "agent/report/insights_event.h"
#include "agent/run/run_record.h"

namespace lifecycle::report {

/// Which CI events are reported as such.
enum class OwnEvents {
  changes_and_deployments,  // those that the platform's insights are made of
  all,                      // others too, as custom events: --record-event, the action without an ops.yml
};

/// The CI event's own event: a change event, a deployment event, or a custom one named after the webhook. Nothing
/// when it is not to be reported, or when no event is claimed. `now`: stands in where the event tells no time.
[[nodiscard]] std::optional<InsightsEvent> own_event(const event::Event& event, const ReportFacts& facts,
                                                     OwnEvents wanted, Instant now);

/// `started`, `success`, `failure`, `cancelled`: a state of a workflow's run. Its name is the workflow's kind, or
/// `deployment` where the run deploys to an environment.
[[nodiscard]] InsightsEvent workflow_event(const event::Event& event, const ReportFacts& facts,
                                           const plan::WorkflowRun& planned, const run::WorkflowRecord& record,
                                           std::string_view state);

/// The body of every event that is no change: team_id, event_name, event_action, environment, image, branch, commit,
/// repo, meta {user}; unknown ones are null.
[[nodiscard]] nlohmann::ordered_json plain_body(const event::Event& event, const ReportFacts& facts,
                                                std::string_view name, std::string_view action);

/// Adds run_id, attempt and run_url to `meta` as far as they are known.
void add_run(nlohmann::ordered_json& meta, const event::Event& event, const ReportFacts& facts);

/// A text, or null when it is empty.
[[nodiscard]] nlohmann::ordered_json text_or_null(std::string_view text);

/// The branch that a body names: of a change its base; slashes stay. Empty: none.
[[nodiscard]] std::string reported_branch(const event::Event& event);

}  // namespace lifecycle::report
