#include "agent/trigger/trigger_edit.h"

#include <optional>
#include <utility>
#include <vector>

#include "agent/trigger/event_suggestion.h"
#include "agent/trigger/filter_fields.h"
#include "agent/trigger/meant_filter.h"
#include "agent/trigger/trigger_match.h"

namespace lifecycle::trigger {
namespace {

/// Whether a value can stand in a filter: `&&` would end it, blanks around it are refused.
bool can_stand(std::string_view value) {
  const auto blank = [](char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; };
  return !value.empty() && value.find("&&") == std::string_view::npos && !blank(value.front()) && !blank(value.back());
}

std::optional<Filter> if_it_holds(Filter filter, const event::Event& event) {
  if (!can_stand(filter.value) || !filter_holds(filter, event)) return std::nullopt;
  return filter;
}

std::optional<Filter> mended(const Filter& written, const event::Event& event) {
  const std::optional<Filter> meant = meant_filter(written);
  if (!meant) return std::nullopt;
  if (auto holding = if_it_holds(*meant, event)) return holding;
  // A bare text is not surely the name of a branch: another one in its place is a guess too many.
  const bool bare = written.op == FilterOperator::none && meant->value == written.value;
  if (bare || meant->op == FilterOperator::not_equal) return std::nullopt;
  for (std::string& value : field_values(meant->key, event)) {
    Filter changed = *meant;
    changed.value = std::move(value);
    if (auto holding = if_it_holds(std::move(changed), event)) return holding;
  }
  return std::nullopt;
}

/// Of the names that the event has the one that was meant.
std::string nearest_event_name(std::string_view typed, const event::Event& event) {
  if (event.names.size() == 1) return std::string(event.name());
  const std::vector<std::string_view> names(event.names.begin(), event.names.end());
  const auto near = suggest_event(typed, names);
  return std::string(near.value_or(event.name()));
}

}  // namespace

std::string smallest_edit(const Trigger& trigger, const event::Event& event) {
  if (event.names.empty()) return {};
  Trigger edited = trigger;
  MatchProgress progress = compare(edited, event);
  if (progress.reached == Part::origin) {
    edited.origin = event.origin.empty() ? "*" : event.origin;
    progress = compare(edited, event);
  }
  if (progress.reached == Part::repo) {
    edited.repo = event.repo.empty() ? "*" : event.repo;
    progress = compare(edited, event);
  }
  if (progress.reached == Part::event) edited.event = nearest_event_name(trigger.event, event);
  std::vector<Filter> filters;
  for (const Filter& filter : edited.filters) {
    if (filter_holds(filter, event)) {
      filters.push_back(filter);
    } else if (auto changed = mended(filter, event)) {
      filters.push_back(*std::move(changed));
    }
  }
  edited.filters = std::move(filters);
  // What is offered must be a trigger and must match: an event's values are not bound to the grammar.
  std::string text = print_trigger(edited);
  const auto parsed = parse_trigger(text);
  if (!parsed || !compare(*parsed, event).matches()) return {};
  return text;
}

}  // namespace lifecycle::trigger
