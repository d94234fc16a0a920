#include "agent/trigger/trigger_edit.h"

#include <optional>

#include "agent/base/nearest_name.h"
#include "agent/trigger/filter_fields.h"
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

Filter with(const Filter& filter, FilterKey key, FilterOperator op, std::string_view value) {
  return {key, std::string(print_filter_key(key)), op, std::string(value), filter.offset};
}

/// A filter without an operator: `ref=main` has lost a sign, a bare text is meant as the name of a branch.
std::optional<Filter> with_operator(const Filter& filter, const event::Event& event) {
  const std::string_view text = filter.value;
  const auto sign = text.find('=');
  if (sign != std::string_view::npos) {
    const FilterKey key = read_filter_key(text.substr(0, sign));
    if (key == FilterKey::unknown) return std::nullopt;
    return if_it_holds(with(filter, key, FilterOperator::equal, text.substr(sign + 1)), event);
  }
  return if_it_holds(with(filter, FilterKey::ref, FilterOperator::equal, text), event);
}

std::optional<Filter> mended(const Filter& filter, const event::Event& event) {
  if (filter.op == FilterOperator::none) return with_operator(filter, event);
  if (filter.key == FilterKey::unknown) {
    const auto near = nearest_name(filter.key_text, filter_keys());
    if (!near) return std::nullopt;
    return if_it_holds(with(filter, read_filter_key(*near), filter.op, filter.value), event);
  }
  if (filter.op == FilterOperator::not_equal) return std::nullopt;
  for (const std::string& value : field_values(filter.key, event)) {
    if (auto changed = if_it_holds(with(filter, filter.key, filter.op, value), event)) return changed;
  }
  return std::nullopt;
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
  if (progress.reached == Part::event) edited.event = event.name();
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
