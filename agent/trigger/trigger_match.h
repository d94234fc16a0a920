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

/// Compares in the order origin, repo, event, filters from the left. Repositories without case; `*` within a
/// part (in a repo it does not cross `/`, `**` does; elsewhere `*` crosses all). A missing field matches no
/// `==` and every `!=`; label==x: any label, label!=x: none of them. azure: `project/repository` shortens
/// `organization/project/repository`.
[[nodiscard]] MatchOutcome match(const Trigger& trigger, const event::Event& event);

/// `*` and `**` against a text. `slash_bound`: a single `*` does not cross `/`. Linear in the text for each star.
[[nodiscard]] bool glob_matches(std::string_view pattern, std::string_view text, bool slash_bound, bool fold_case);

}  // namespace lifecycle::trigger
