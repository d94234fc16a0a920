#include "agent/report/run_reporting.h"

#include <utility>

namespace lifecycle::report {
namespace {

std::string_view final_state(run::RunResult result) {
  switch (result) {
    case run::RunResult::success:
      return "success";
    case run::RunResult::cancelled:
      return "cancelled";
    case run::RunResult::failure:
    case run::RunResult::error:
    case run::RunResult::skipped:
      break;
  }
  return "failure";
}

}  // namespace

RunReporting::RunReporting(const event::Event& event, ReportFacts facts, OwnEvents own_events, EventSink sink)
    : event_(event), facts_(std::move(facts)), own_events_(own_events), sink_(std::move(sink)) {}

void RunReporting::report_event(Instant now) {
  if (const auto own = own_event(event_, facts_, own_events_, now)) sink_(*own);
}

void RunReporting::workflow_started(const plan::WorkflowRun& planned, const run::WorkflowRecord& record) {
  if (planned.skipped.empty()) sink_(workflow_event(event_, facts_, planned, record, "started"));
}

void RunReporting::workflow_ended(const plan::WorkflowRun& planned, const run::WorkflowRecord& record) {
  if (!planned.skipped.empty() || record.result == run::RunResult::skipped) return;
  sink_(workflow_event(event_, facts_, planned, record, final_state(record.result)));
}

std::vector<InsightsEvent> expected_events(const plan::Plan& plan, const ReportFacts& facts, OwnEvents own_events,
                                           Instant now) {
  std::vector<InsightsEvent> events;
  RunReporting reporting(plan.event, facts, own_events, [&](const InsightsEvent& event) { events.push_back(event); });
  reporting.report_event(now);
  for (const plan::WorkflowRun& planned : plan.matched) {
    run::WorkflowRecord record;
    record.result = run::RunResult::success;
    reporting.workflow_started(planned, record);
    reporting.workflow_ended(planned, record);
  }
  return events;
}

}  // namespace lifecycle::report
