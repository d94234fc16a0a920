#include "agent/plan/unmatched.h"

#include <tuple>

#include "agent/trigger/trigger_match.h"

namespace lifecycle::plan {
namespace {

std::string_view noun(std::string_view name) { return name.substr(0, name.find('.')); }

/// How near a trigger came: the part that failed, then the filter; of those that ask another event the one about
/// the same thing (pull_request.merged is nearer to pull_request.closed than push is).
std::tuple<int, int, bool> nearness(const trigger::Trigger& trigger, const event::Event& event) {
  const auto progress = trigger::compare(trigger, event);
  const bool same_noun = progress.reached == trigger::Part::event && noun(trigger.event) == noun(event.name());
  return {static_cast<int>(progress.reached), progress.filter, same_noun};
}

const trigger::Trigger& furthest(const ops::Workflow& workflow, const event::Event& event) {
  const trigger::Trigger* best = &workflow.events.front().parsed;
  auto best_nearness = nearness(*best, event);
  for (const ops::PlacedTrigger& trigger : workflow.events) {
    const auto one = nearness(trigger.parsed, event);
    if (one <= best_nearness) continue;
    best = &trigger.parsed;
    best_nearness = one;
  }
  return *best;
}

}  // namespace

Unmatched explain_unmatched(const ops::OpsFile& file, const ops::Workflow& workflow, const event::Event& event) {
  Unmatched unmatched{.workflow = workflow.name,
                      .version = workflow.version,
                      .kind = workflow.kind,
                      .file = file.path,
                      .line = workflow.place.line};
  if (workflow.events.empty()) {
    unmatched.reasons.push_back("has no events: nothing starts it, run it by name (run " + workflow.name + ")");
    return unmatched;
  }
  for (const ops::PlacedTrigger& trigger : workflow.events) unmatched.triggers.push_back(trigger.written.text);
  trigger::MatchOutcome outcome = trigger::match(furthest(workflow, event), event);
  unmatched.reasons.push_back(std::move(outcome.reason));
  unmatched.edit = std::move(outcome.edit);
  return unmatched;
}

}  // namespace lifecycle::plan
