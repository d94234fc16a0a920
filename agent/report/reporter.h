// Delivers insights events from a thread of its own, in order, over one kept-alive connection, beside the run.
#pragma once

#include <chrono>
#include <memory>
#include <vector>

#include "agent/base/result.h"
#include "agent/http/http_client.h"
#include "agent/http/retry_policy.h"
#include "agent/mask/mask_table.h"
#include "agent/report/delivery_request.h"
#include "agent/report/insights_event.h"
#include "agent/run/run_record.h"

namespace lifecycle::report {

struct ReportOutcome {
  std::vector<run::ReportedRecord> reported;  // in the order of enqueue()
  std::vector<Diagnostic> diagnostics;        // at most one of a kind
  /// Every event was taken by the endpoint: what --strict-insights asks for.
  [[nodiscard]] bool all_delivered() const;
};

/// Order of calls: create, enqueue as often as needed, finish once.
class Reporter {
 public:
  /// Makes no thread, opens no library: the first enqueue() does. `mask` outlives the reporter.
  /// Errors: those of checked_settings().
  [[nodiscard]] static Result<std::unique_ptr<Reporter>> create(ReportSettings settings, const mask::MaskTable& mask,
                                                                http::BackoffLimits backoff = {});
  /// Gives up what is under way.
  ~Reporter();
  Reporter(const Reporter&) = delete;
  Reporter& operator=(const Reporter&) = delete;

  /// Masks and encodes the event and hands it to the sender; never waits for it.
  void enqueue(const InsightsEvent& event);

  /// The moment at which every try ends; an earlier one stays. Any thread, also while finish() waits: a cancelled
  /// run moves it closer.
  void set_deadline(http::Clock::time_point deadline);

  /// Waits until all is delivered or given up, at most until the deadline (and a moment for threads to notice).
  /// A wait of ours between two tries is cut short once; one that the endpoint asked for is not.
  [[nodiscard]] ReportOutcome finish(http::Clock::time_point deadline);

 private:
  struct State;
  Reporter(std::shared_ptr<State> state, const mask::MaskTable& mask);

  std::shared_ptr<State> state_;
  const mask::MaskTable& mask_;
  bool finished_ = false;
};

}  // namespace lifecycle::report
