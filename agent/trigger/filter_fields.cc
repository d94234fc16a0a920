#include "agent/trigger/filter_fields.h"

#include <algorithm>

#include "agent/event/event_ref.h"
#include "agent/trigger/trigger_match.h"

namespace lifecycle::trigger {
namespace {

std::string field_value(FilterKey key, const event::Event& event) {
  switch (key) {
    case FilterKey::ref:
      return event::filter_ref(event);
    case FilterKey::base:
      return event.base;
    case FilterKey::head:
      return event.head;
    case FilterKey::tag:
      return event.tag.empty() && event.release ? event.release->tag : event.tag;
    case FilterKey::actor:
      return event.actor;
    case FilterKey::host:
      return event.host;
    case FilterKey::environment:
      return event.environment.empty() && event.deployment ? event.deployment->environment : event.environment;
    case FilterKey::state:
      return event.state;
    case FilterKey::label:
    case FilterKey::unknown:
      break;
  }
  return {};
}

bool is_about_tag(const event::Event& event) {
  return event.ref.starts_with("refs/tags/") || (event.branch.empty() && !event.tag.empty());
}

/// `ref` compares short names; a value in GitHub's long form (`refs/heads/main`) means a branch or a tag alone.
bool ref_matches(std::string_view pattern, std::string_view name, const event::Event& event) {
  constexpr std::string_view heads = "refs/heads/";
  constexpr std::string_view tags = "refs/tags/";
  if (pattern.starts_with(heads) && !is_about_tag(event)) pattern.remove_prefix(heads.size());
  if (pattern.starts_with(tags) && is_about_tag(event)) pattern.remove_prefix(tags.size());
  return glob_matches(pattern, name, false, false);
}

bool value_matches(const Filter& filter, std::string_view value, const event::Event& event) {
  if (filter.key == FilterKey::ref) return ref_matches(filter.value, value, event);
  return glob_matches(filter.value, value, false, filter.key == FilterKey::host);
}

bool some_value_matches(const Filter& filter, const event::Event& event) {
  const auto matching = [&](const std::string& value) { return value_matches(filter, value, event); };
  if (filter.key == FilterKey::label) return event.change && std::ranges::any_of(event.change->labels, matching);
  const std::string value = field_value(filter.key, event);
  return !value.empty() && matching(value);
}

}  // namespace

std::vector<std::string> field_values(FilterKey key, const event::Event& event) {
  if (key == FilterKey::label) return event.change ? event.change->labels : std::vector<std::string>{};
  std::string value = field_value(key, event);
  if (value.empty()) return {};
  return {std::move(value)};
}

bool filter_holds(const Filter& filter, const event::Event& event) {
  if (filter.op == FilterOperator::none || filter.key == FilterKey::unknown) return false;
  return some_value_matches(filter, event) == (filter.op == FilterOperator::equal);
}

}  // namespace lifecycle::trigger
