// The JSON form of an event (`event --json`, plans, run records): lifecycle-agent/event/1.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <vector>

#include "agent/base/result.h"
#include "agent/event/lifecycle_event.h"

namespace lifecycle::event {

/// Every field under its snake_case name; unknown ones are null; `schema`, `trigger` (or null), `names`,
/// `warnings` as strings, `run.id` a string. Never throws.
[[nodiscard]] nlohmann::ordered_json to_json(const Event& event);

/// Reads what to_json wrote (plans made elsewhere). Errors: event-json-invalid, naming the key.
[[nodiscard]] Result<Event> event_from_json(const nlohmann::ordered_json& json);

[[nodiscard]] std::vector<DiagnosticCode> event_diagnostic_codes();

}  // namespace lifecycle::event
