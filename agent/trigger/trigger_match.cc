#include "agent/trigger/trigger_match.h"

#include <algorithm>

#include "agent/trigger/filter_fields.h"
#include "agent/trigger/trigger_edit.h"
#include "agent/trigger/trigger_reason.h"

namespace lifecycle::trigger {
namespace {

/// Azure's repositories have three parts; without the organization a trigger names them by two, and where a
/// project and its repository share the name, as in the address, that stays so.
std::string_view without_organization(std::string_view repo) {
  const auto slash = repo.find('/');
  return slash == std::string_view::npos ? repo : repo.substr(slash + 1);
}

bool repo_matches(const Trigger& trigger, const event::Event& event) {
  if (glob_matches(trigger.repo, event.repo, true, true)) return true;
  const bool azure = event.origin == "azure" && std::ranges::count(event.repo, '/') == 2;
  const bool short_form = std::ranges::count(trigger.repo, '/') == 1;
  return azure && short_form && glob_matches(trigger.repo, without_organization(event.repo), true, true);
}

std::string_view matching_name(const Trigger& trigger, const event::Event& event) {
  for (const std::string& name : event.names) {
    if (glob_matches(trigger.event, name, false, false)) return name;
  }
  return {};
}

}  // namespace

bool filters_hold(const Trigger& trigger, const event::Event& event, int& failed) {
  const auto found =
      std::ranges::find_if(trigger.filters, [&](const Filter& filter) { return !filter_holds(filter, event); });
  if (found == trigger.filters.end()) return true;
  failed = static_cast<int>(found - trigger.filters.begin());
  return false;
}

MatchProgress compare(const Trigger& trigger, const event::Event& event) {
  if (!glob_matches(trigger.origin, event.origin, false, false)) return {Part::origin, -1, {}};
  if (!repo_matches(trigger, event)) return {Part::repo, -1, {}};
  const std::string_view name = matching_name(trigger, event);
  if (name.empty()) return {Part::event, -1, {}};
  int failed = -1;
  if (!filters_hold(trigger, event, failed)) return {Part::filter, failed, name};
  return {Part::matched, -1, name};
}

MatchOutcome match(const Trigger& trigger, const event::Event& event) {
  const MatchProgress progress = compare(trigger, event);
  MatchOutcome outcome = explain(trigger, event, progress);
  if (!outcome.matches()) outcome.edit = smallest_edit(trigger, event);
  return outcome;
}

}  // namespace lifecycle::trigger
