// One insights event that was asked for by name: `track`, and the action's inputs event_name and event_action.
#pragma once

#include <string>

#include "agent/cli/call.h"
#include "agent/report/track_event.h"

namespace lifecycle::cli {

/// Sends it, or shows it with --dry-run. What the fields leave open comes from the CI's event. Nowhere to send it to:
/// usage.
[[nodiscard]] ExitCode send_track_event(const Call& call, const report::TrackFields& fields);

}  // namespace lifecycle::cli
