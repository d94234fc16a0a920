// One table of the CI systems: how each is recognised, who reads it, how long it waits before it kills.
//
// A new CI is one file with its reader and one line here.
#pragma once

#include <chrono>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "adapters/ci/ci_reader.h"
#include "agent/base/environment.h"
#include "agent/base/result.h"

namespace lifecycle::ci {

struct CiRow {
  std::string_view name;   // github-actions; the value of Event::ci
  std::string_view title;  // GitHub Actions
  std::string_view sign;   // by which it was recognised, for people
  bool (*is_here)(const Environment& environment);
  /// Makes the event of the CI's variables and files; nullptr: they are not read, the user's facts and the checkout
  /// tell the event.
  Result<event::Event> (*read)(const CiInput& input);
  /// From the first signal to the kill, by the CI's own documentation.
  std::chrono::seconds grace;
  /// CIs of one family set one another's variables and do not warn of it.
  std::string_view family;
};

/// In the order of recognition; the last one is `generic`, which is always here.
[[nodiscard]] std::span<const CiRow> ci_rows();

struct Recognised {
  const CiRow* row = nullptr;
  std::string sign;                 // "GITHUB_ACTIONS, with GITHUB_RUN_ID and GITHUB_EVENT_NAME"; "--ci"
  std::vector<std::string> others;  // names of further CIs whose full set of variables is there too
  bool in_ci = false;               // false: no CI at all, a person's machine
};

/// `forced` is --ci or LIFECYCLE_CI; empty: the first row that fits. Errors: ci-unknown, with the nearest name.
[[nodiscard]] Result<Recognised> recognise(const Environment& environment, std::string_view forced);

/// A marker that is set, and neither `false` nor `0`.
[[nodiscard]] bool is_marked(const Environment& environment, std::string_view name);

[[nodiscard]] std::vector<DiagnosticCode> ci_diagnostic_codes();

}  // namespace lifecycle::ci
