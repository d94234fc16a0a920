// The event of `track`, and of the action's inputs event_name and event_action: exactly what was asked for.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "agent/base/result.h"
#include "agent/event/lifecycle_event.h"
#include "agent/report/insights_event.h"

namespace lifecycle::report {

/// The flags or inputs as given; empty: not given.
struct TrackFields {
  std::string event_name;
  std::string event_action;
  std::string branch;
  std::string commit;
  std::string repo;
  std::string environment;
  std::string image;
  // What the platform's workflow of 2020 gave.
  std::string stage;
  std::string status;
  std::string change_id;
  std::string pipeline_id;
  std::string stage_ref;
  std::string custom;  // JSON
};

/// An event of its own is asked for: a name, an action, a stage or a status is given.
/// Said when inputs of 2020 are given that belong to an event, and no event is asked for.
[[nodiscard]] std::optional<Diagnostic> unused_legacy_inputs(const TrackFields& fields);

[[nodiscard]] bool asks_for_event(const TrackFields& fields);

struct TrackEvent {
  InsightsEvent event;
  std::vector<Diagnostic> warnings;  // track-legacy-inputs
};

/// Explicit fields go verbatim, the others come from the event. `stage` and `status` become event_name (lower case)
/// and event_action (Initiated → started, Succeeded → success, Failed → failure), the other old ones go to meta.
/// Errors: track-incomplete (name or action missing). Pure, but for the key outside a CI.
[[nodiscard]] Result<TrackEvent> make_track_event(const TrackFields& fields, const event::Event& event,
                                                  const ReportFacts& facts);

}  // namespace lifecycle::report
