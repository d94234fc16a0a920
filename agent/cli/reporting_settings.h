// What the reporting flags say, as the report takes it; and sending events outside of a run.
#pragma once

#include <string>
#include <vector>

#include "agent/cli/call.h"
#include "agent/mask/mask_table.h"
#include "agent/report/delivery_request.h"
#include "agent/report/insights_event.h"

namespace lifecycle::cli {

/// With who sends, as the platform tells its senders apart: --mechanism, else that of the command.
[[nodiscard]] report::ReportSettings report_settings(const Call& call);

/// `run_id`: the agent's own id of this run.
[[nodiscard]] report::ReportFacts report_facts(const Call& call, std::string run_id);

/// The agent's own token is a secret of every run.
void mask_token(const Call& call, mask::MaskTable& mask);

/// Sends the events and waits, at most --report-timeout; a signal shortens the wait. Undelivered ones are said; the
/// exit code is success all the same, unless --strict-insights, or a signal came (interrupted, terminated). Settings
/// that cannot be sent with: the error's exit code.
[[nodiscard]] ExitCode send_events(const Call& call, report::ReportSettings settings,
                                   const std::vector<report::InsightsEvent>& events, const mask::MaskTable& mask);

/// The requests on stdout, the token as `***`; nothing is sent.
[[nodiscard]] ExitCode show_events(const Call& call, report::ReportSettings settings,
                                   const std::vector<report::InsightsEvent>& events, const mask::MaskTable& mask);

}  // namespace lifecycle::cli
