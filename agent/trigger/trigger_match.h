// Whether an event starts what a trigger guards, and if not, the first condition that failed.
#pragma once

#include <string>
#include <string_view>

#include "agent/event/lifecycle_event.h"
#include "agent/trigger/trigger.h"

namespace lifecycle::trigger {

/// The parts in the order in which they are compared; a later one got further.
enum class Part { origin, repo, event, filter, matched };

struct MatchOutcome {
  Part reached = Part::origin;  // the part that failed, or matched
  int filter = -1;              // index of the failing filter
  std::string name;             // the event's name that matched (of its list); empty when none did
  std::string expected;         // what the trigger asks: `main`, `ref==main`
  std::string found;            // what the event has; empty: the field is missing
  std::string reason;           // one sentence with both values; for a match: through which name
  std::string edit;             // the trigger with the smallest edit that would match; empty for a match
  [[nodiscard]] bool matches() const { return reached == Part::matched; }
};

/// How far a trigger gets with an event, without the words: cheap enough for every trigger of a sidecar.
struct MatchProgress {
  Part reached = Part::origin;
  int filter = -1;
  std::string_view name;  // points into the event's names
  [[nodiscard]] bool matches() const { return reached == Part::matched; }
};
[[nodiscard]] MatchProgress compare(const Trigger& trigger, const event::Event& event);

/// Compares in the order origin, repo, event, filters from the left. Repositories without case; `*` within a
/// part (in a repo it does not cross `/`, `**` does; elsewhere `*` crosses all). A missing field matches no
/// `==` and every `!=`; label==x: any label, label!=x: none of them. azure: `project/repository` shortens
/// `organization/project/repository`.
[[nodiscard]] MatchOutcome match(const Trigger& trigger, const event::Event& event);

/// Whether all filters hold; on false `failed` is the index of the first that does not.
[[nodiscard]] bool filters_hold(const Trigger& trigger, const event::Event& event, int& failed);

/// `*` and `**` against a text. `slash_bound`: a single `*` does not cross `/`. Never more than
/// pattern length × text length steps, whatever the stars.
[[nodiscard]] bool glob_matches(std::string_view pattern, std::string_view text, bool slash_bound, bool fold_case);

}  // namespace lifecycle::trigger
