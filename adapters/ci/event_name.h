// The name that a user gives an event: canonical, or bare with an action, or a whole trigger.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "adapters/ci/event_facts.h"
#include "agent/base/result.h"

namespace lifecycle::ci {

struct GivenName {
  std::string origin;  // of a whole trigger; else empty
  std::string repo;    // the same
  std::string kind;    // pull_request
  std::string action;  // closed; empty: none, or one that says nothing
  std::string name;    // pull_request.merged; `pull_request` alone: the action is unknown
};

/// `facts.name`, `facts.action` and `merged` as one name; `kind` is the event's where facts.name is not given.
/// Errors: event-fact-invalid (a name that holds more than letters, digits, `_ . -`; a trigger with filters).
[[nodiscard]] Result<GivenName> read_given_name(const EventFacts& facts, std::optional<bool> merged,
                                                std::string_view kind);

/// The name of a pull request's action in any forge's word; `pull_request` for one that says nothing.
[[nodiscard]] std::string change_name(std::string_view action, std::optional<bool> merged);

}  // namespace lifecycle::ci
