// What an event is about, read from its names: the rows of the table of refs, and of the rule of forks.
#pragma once

#include <optional>

#include "agent/event/lifecycle_event.h"

namespace lifecycle::event {

enum class Subject { unknown, branch, tag, release, change, comment, deployment, run, deletion };

/// Names decide, facts of the event do not: an event without a name is about nothing known.
[[nodiscard]] Subject subject(const Event& event);

/// Whether a comment is on a change: by its name, by a change that is known of it, or as its body told. nullopt: a
/// comment on an issue or a change, nobody knows which.
[[nodiscard]] std::optional<bool> is_on_change(const Event& event);

/// Whether one of its names says that a change was merged.
[[nodiscard]] bool is_merged(const Event& event);

}  // namespace lifecycle::event
