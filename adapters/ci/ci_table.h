// The table of the CI systems, in the order in which they are tried.
//
// A new CI is one file that defines its row (ci_row.h) and one line in ci_table.cc.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "adapters/ci/ci_row.h"
#include "agent/base/environment.h"
#include "agent/base/result.h"

namespace lifecycle::ci {

/// In the order of recognition; the last one is `generic`, which is always here.
[[nodiscard]] std::span<const CiRow* const> ci_rows();

struct Recognised {
  const CiRow* row = nullptr;
  std::string sign;                 // "GITHUB_ACTIONS, with GITHUB_RUN_ID and GITHUB_EVENT_NAME"; "--ci"
  std::vector<std::string> others;  // names of further CIs whose full set of variables is there too
  bool in_ci = false;               // false: no CI at all, a person's machine
  const CiRow* half = nullptr;      // of `generic`: a CI whose marker is set, without what must be there too
};

/// `forced` is --ci or LIFECYCLE_CI; empty: the first row that fits. Errors: ci-unknown, with the nearest name.
[[nodiscard]] Result<Recognised> recognise(const Environment& environment, std::string_view forced);

[[nodiscard]] std::vector<DiagnosticCode> ci_diagnostic_codes();

}  // namespace lifecycle::ci
