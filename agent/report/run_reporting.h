// What a run tells the insights endpoint: an observer that turns its workflows into events.
#pragma once

#include <functional>
#include <vector>

#include "agent/event/lifecycle_event.h"
#include "agent/plan/plan.h"
#include "agent/report/insights_body.h"
#include "agent/report/insights_event.h"
#include "agent/run/plan_run.h"

namespace lifecycle::report {

/// Where finished events go: Reporter::enqueue, or a list.
using EventSink = std::function<void(const InsightsEvent&)>;

/// Order of calls: report_event() before the run, then run_plan calls the rest. On the io thread; the sink must not
/// block. Workflows that are skipped are not reported.
class RunReporting final : public run::RunObserver {
 public:
  /// `event` outlives the observer.
  RunReporting(const event::Event& event, ReportFacts facts, OwnEvents own_events, EventSink sink);

  /// The CI event itself, where it is to be reported.
  void report_event(Instant now);

  void workflow_started(const plan::WorkflowRun& planned, const run::WorkflowRecord& record) override;
  void workflow_ended(const plan::WorkflowRun& planned, const run::WorkflowRecord& record) override;

 private:
  const event::Event& event_;
  ReportFacts facts_;
  OwnEvents own_events_;
  EventSink sink_;
};

/// What a run of the plan would send if every workflow succeeded, in order: for `run --dry-run`.
[[nodiscard]] std::vector<InsightsEvent> expected_events(const plan::Plan& plan, const ReportFacts& facts,
                                                         OwnEvents own_events, Instant now);

}  // namespace lifecycle::report
