#include "agent/report/report_diagnostics.h"

#include <array>

namespace lifecycle::report {
namespace {

constexpr std::array codes = {
    DiagnosticCode{"delivery-deferred", "insights events were not delivered",
                   "The endpoint did not take the events in the time of --report-timeout, though they were tried again "
                   "as docs/insights.md says. The exit code does not change; --strict-insights makes it 3."},
    DiagnosticCode{"delivery-refused", "the endpoint refused insights events",
                   "The endpoint answered that it does not want the event: 401 and 403 concern the token, and the "
                   "message names the variable that held it; other statuses concern the event or the address. Nothing "
                   "is tried again. The exit code does not change; --strict-insights makes it 3."},
    DiagnosticCode{"report-not-configured", "no insights events are sent",
                   "Without a token and without --events-url the agent runs workflows and reports nothing."},
    DiagnosticCode{"report-token-invalid", "the token cannot be sent",
                   "A token goes into an HTTP header and holds no blanks, line breaks or characters beyond ASCII."},
    DiagnosticCode{"track-incomplete", "an event without name or action",
                   "An insights event has a name and an action; give both, or neither."},
    DiagnosticCode{"track-legacy-inputs", "inputs of 2020 are used",
                   "stage and status were replaced by event_name and event_action. They still work: the stage in lower "
                   "case is the name; Initiated, Succeeded and Failed are started, success and failure; change_id, "
                   "pipeline_id, stage_ref and custom go into the event's meta."},
};

}  // namespace

std::vector<DiagnosticCode> report_diagnostic_codes() { return {codes.begin(), codes.end()}; }

}  // namespace lifecycle::report
