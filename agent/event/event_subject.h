// What an event is about, read from its names: the rows of the table of refs, and of the rule of forks.
#pragma once

#include "agent/event/lifecycle_event.h"

namespace lifecycle::event {

enum class Subject { unknown, branch, tag, release, change, comment, deployment, run, deletion };

/// Names decide, facts of the event do not: an event without a name is about nothing known.
[[nodiscard]] Subject subject(const Event& event);

/// Whether one of its names says that a change was merged.
[[nodiscard]] bool is_merged(const Event& event);

}  // namespace lifecycle::event
