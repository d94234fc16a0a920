// Single facts of the event that a user gives, by flag or by variable: they stand above what the CI tells.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "agent/base/environment.h"
#include "agent/base/result.h"

namespace lifecycle::ci {

/// As texts, the way they were given; empty: not given.
struct EventFacts {
  std::string origin;
  std::string host;
  std::string repo;
  std::string repo_url;  // read like a remote: gives the three above
  std::string name;      // canonical (`pull_request.merged`), bare with `action`, or a whole trigger
  std::string action;    // the forge's word
  std::string merged;    // true or false: tells merged from closed
  std::string ref;
  std::string branch;
  std::string tag;
  std::string base;
  std::string head;
  std::string commit;
  std::string before;
  std::string actor;
  std::string number;
  std::string title;
  std::string labels;  // a JSON list, or split at comma, line feed, or a backslash and an n
  std::string fork;    // true or false
  std::string environment;
  std::string run_id;
  std::string run_url;
  std::string payload;        // path of a file with a webhook's body; `name` is its event header
  std::string assume_action;  // only where the CI does not tell the action
};

/// One fact under its names; the command line makes its flags of this table.
struct FactRow {
  std::string_view flag;      // --origin
  std::string_view variable;  // LIFECYCLE_EVENT_ORIGIN
  std::string EventFacts::* fact;
  std::string_view meaning;  // one line for the help
};
[[nodiscard]] std::span<const FactRow> fact_rows();

/// The flags, and below them the variables LIFECYCLE_EVENT_*. What belongs together is taken from one of the two: who
/// names another event, ref or repository by flag does not want the variables' half of it. What still looks like a
/// template's placeholder is not given, with a warning.
[[nodiscard]] EventFacts gather_facts(const EventFacts& flags, const Environment& environment,
                                      std::vector<std::string>& warnings);

/// The facts that are more than a text, read.
struct TypedFacts {
  std::optional<std::int64_t> number;
  std::optional<bool> fork;
  std::optional<bool> merged;
  std::vector<std::string> labels;
};

/// Errors: event-fact-invalid, naming flag and variable.
[[nodiscard]] Result<TypedFacts> type_facts(const EventFacts& facts);

}  // namespace lifecycle::ci
