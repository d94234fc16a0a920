// A trigger: which events start a workflow. `{origin}:{repo}:{event}[:{filter}[&&{filter}]…]`
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "agent/base/result.h"

namespace lifecycle::trigger {

enum class FilterKey { ref, base, head, tag, actor, host, environment, state, label, unknown };
enum class FilterOperator { equal, not_equal, none };  // none: a filter without an operator never matches

struct Filter {
  FilterKey key = FilterKey::unknown;
  std::string key_text;  // as written, for printing and messages
  FilterOperator op = FilterOperator::none;
  std::string value;  // the whole text where op is none
  int offset = 0;     // of the filter's first byte in the trigger's text
};

struct Trigger {
  std::string origin;
  std::string repo;
  std::string event;
  std::vector<Filter> filters;
};

/// Parses a trigger. Errors: trigger-syntax (fewer than two colons, an empty part, blanks around), with
/// place.column/length counted in characters within `text`. Unknown filter keys and filters without an
/// operator parse: check_trigger warns about them.
[[nodiscard]] Result<Trigger> parse_trigger(std::string_view text);

/// The canonical text; parse_trigger(print_trigger(t)) gives t again.
[[nodiscard]] std::string print_trigger(const Trigger& trigger);

/// Looking for the name that was meant costs far more than all else: who shows no hint leaves it out.
enum class Hints { made, left_out };

/// What is doubtful in a trigger that parses, place.column/length within its text:
/// trigger-unknown-origin, trigger-unknown-event, trigger-unknown-filter, trigger-filter-without-operator.
[[nodiscard]] std::vector<Diagnostic> check_trigger(std::string_view text, const Trigger& trigger,
                                                    Hints hints = Hints::made);

[[nodiscard]] std::string_view print_filter_key(FilterKey key);

/// The key that a filter's text names; unknown for any other text.
[[nodiscard]] FilterKey read_filter_key(std::string_view text);

/// The keys that a filter can have, in the order of the grammar.
[[nodiscard]] std::span<const std::string_view> filter_keys();

/// `ref==main`: a filter as it stands in a trigger.
[[nodiscard]] std::string print_filter(const Filter& filter);

/// The table of this room's codes.
[[nodiscard]] std::vector<DiagnosticCode> trigger_diagnostic_codes();

}  // namespace lifecycle::trigger
