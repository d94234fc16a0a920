// What became of a run's events, and the few sentences that say it.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <vector>

#include "agent/base/diagnostic.h"
#include "agent/http/http_client.h"
#include "agent/report/delivery_request.h"
#include "agent/run/run_record.h"

namespace lifecycle::report {

/// Why deliveries ended as they did; filled by the reporter as it goes.
struct DeliveryTrouble {
  std::string host;         // of the endpoint
  std::string token_place;  // empty: no token is sent
  int unauthorised = 0;     // 401 or 403
  /// The last attempt that failed and may be repeated.
  std::optional<Diagnostic> last_error;                   // no answer
  int last_status = 0;                                    // an answer; 0: none
  int failures = 0;                                       // attempts that failed
  std::optional<std::chrono::milliseconds> told_to_wait;  // a Retry-After beyond the time left
  /// The first answer that refused an event for good.
  int refused_status = 0;
  std::string refused_event;  // "deployment success"
  std::string refused_words;  // what the endpoint said
  std::string moved_to;       // of a redirect
};

/// At most one delivery-deferred and one delivery-refused, both warnings. Pure.
[[nodiscard]] std::vector<Diagnostic> delivery_diagnostics(const std::vector<run::ReportedRecord>& reported,
                                                           const DeliveryTrouble& trouble, Strictness strictness);

/// The endpoint's own words out of its answer, one short line; empty: it has none.
[[nodiscard]] std::string words_of_answer(const std::string& body);

}  // namespace lifecycle::report
