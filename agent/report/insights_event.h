// One event for the insights endpoint, ready but for masking and encoding.
#pragma once

#include <nlohmann/json.hpp>
#include <string>

namespace lifecycle::report {

struct InsightsEvent {
  std::string name;    // event_name: deployment, change, pipeline …
  std::string action;  // event_action: success, merge, started …
  std::string key;     // Idempotency-Key: 64 hex digits, the same however often it is sent
  nlohmann::ordered_json body;
};

/// What the bodies and keys of one process have in common, beside the event.
struct ReportFacts {
  std::string team_id;  // empty: null
  std::string image;    // of workflow runs; empty: null
  std::string run_id;   // the agent's own id of this run, told where no CI gives one
  std::string step;     // the CI's id of this step within its job (GITHUB_ACTION); empty: it has none
  std::string key;      // --key: keeps apart what shares run, attempt, job and step, as the legs of a matrix do
};

}  // namespace lifecycle::report
