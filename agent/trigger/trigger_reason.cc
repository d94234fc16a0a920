#include "agent/trigger/trigger_reason.h"

#include <algorithm>

#include "agent/trigger/filter_fields.h"
#include "agent/trigger/meant_filter.h"

namespace lifecycle::trigger {
namespace {

std::string quoted(std::string_view text) { return "'" + std::string(text) + "'"; }

std::string joined(const std::vector<std::string>& values) {
  std::string text;
  for (const std::string& value : values) text += (text.empty() ? "" : ", ") + quoted(value);
  return text;
}

/// `origin` and `repo`: one value each.
void explain_part(MatchOutcome& outcome, std::string_view part, std::string_view found, std::string_view expected,
                  std::string_view remedy) {
  outcome.found = found;
  outcome.expected = expected;
  if (found.empty()) {
    outcome.reason = "the event has no " + std::string(part) + ", the trigger asks " + outcome.expected;
    outcome.reason += " (" + std::string(remedy) + " names it)";
    return;
  }
  outcome.reason = std::string(part) + " is " + quoted(found) + ", the trigger asks " + outcome.expected;
}

/// An event `pull_request` is one whose action the CI does not tell; a trigger with an action cannot match it.
bool lacks_action(const Trigger& trigger, const event::Event& event) {
  return event.name() == "pull_request" && trigger.event.starts_with("pull_request.");
}

std::string assumption(const Trigger& trigger) {
  const std::string action = trigger.event.substr(trigger.event.find('.') + 1);
  return "--assume-action " + (action.find('*') == std::string::npos ? action : std::string("ACTION"));
}

void explain_event(MatchOutcome& outcome, const Trigger& trigger, const event::Event& event) {
  outcome.expected = trigger.event;
  outcome.found = event.name();
  if (event.names.empty()) {
    outcome.reason = "the event has no name: nothing tells what started this run; the trigger asks " +
                     outcome.expected + " (--event names it)";
    return;
  }
  if (lacks_action(trigger, event)) {
    outcome.reason = "event is 'pull_request': this CI cannot tell its action, the trigger asks " + outcome.expected +
                     " (" + assumption(trigger) + " decides it, --payload with the webhook's body tells it)";
    return;
  }
  const std::vector<std::string> others(event.names.begin() + 1, event.names.end());
  outcome.reason = "event is " + quoted(event.name());
  if (!others.empty()) outcome.reason += " (also " + joined(others) + ")";
  outcome.reason += ", the trigger asks " + outcome.expected;
}

void explain_unusable_filter(MatchOutcome& outcome, const Filter& filter) {
  if (filter.op == FilterOperator::none) {
    outcome.reason = "the trigger's filter " + quoted(outcome.expected) + " has neither == nor !=, so it never matches";
    return;
  }
  outcome.reason = "the trigger asks " + outcome.expected + ", but " + quoted(filter.key_text) + " is no filter key";
  if (const auto near = suggest_filter_key(filter.key_text)) {
    outcome.reason += "; did you mean " + quoted(*near) + "?";
  }
}

void explain_filter(MatchOutcome& outcome, const Filter& filter, const event::Event& event) {
  outcome.expected = print_filter(filter);
  if (filter.op == FilterOperator::none || filter.key == FilterKey::unknown) {
    explain_unusable_filter(outcome, filter);
    return;
  }
  const auto values = field_values(filter.key, event);
  const std::string asks = ", the trigger asks " + outcome.expected;
  if (values.empty()) {
    outcome.reason = "the event has no " + filter.key_text + asks;
    return;
  }
  outcome.found = values.front();
  for (std::size_t i = 1; i < values.size(); ++i) outcome.found += ", " + values[i];
  outcome.reason = filter.key_text + (values.size() > 1 ? "s are " : " is ") + joined(values) + asks;
}

/// A name that is there by a rule of ours has a line of its own (create.tag of a pushed tag).
std::string alias_reason(std::string_view name, const event::Event& event) {
  const auto names_it = [name](const std::string& line) { return line.find(name) != std::string::npos; };
  const auto found = std::ranges::find_if(event.alias_reasons, names_it);
  return found == event.alias_reasons.end() ? std::string{} : *found;
}

void explain_match(MatchOutcome& outcome, const Trigger& trigger, const event::Event& event) {
  outcome.expected = trigger.event;
  outcome.found = outcome.name;
  outcome.reason = "event is " + quoted(outcome.name);
  if (outcome.name == event.name()) return;
  const std::string reason = alias_reason(outcome.name, event);
  outcome.reason = "event is " + quoted(event.name()) + ", which has the further name " + quoted(outcome.name);
  if (!reason.empty()) outcome.reason += ": " + reason;
}

}  // namespace

MatchOutcome explain(const Trigger& trigger, const event::Event& event, const MatchProgress& progress) {
  MatchOutcome outcome;
  outcome.reached = progress.reached;
  outcome.filter = progress.filter;
  outcome.name = progress.name;
  switch (progress.reached) {
    case Part::origin:
      explain_part(outcome, "origin", event.origin, trigger.origin, "--origin");
      break;
    case Part::repo:
      explain_part(outcome, "repo", event.repo, trigger.repo, "--repo");
      break;
    case Part::event:
      explain_event(outcome, trigger, event);
      break;
    case Part::filter:
      explain_filter(outcome, trigger.filters[static_cast<std::size_t>(progress.filter)], event);
      break;
    case Part::matched:
      explain_match(outcome, trigger, event);
      break;
  }
  return outcome;
}

}  // namespace lifecycle::trigger
