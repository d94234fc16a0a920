// The two refs of an event: what a workflow gets as REF, and what the filter `ref` compares.
#pragma once

#include <string>

#include "agent/event/lifecycle_event.h"

namespace lifecycle::event {

/// Short name of a branch or tag for the environment's REF; empty: REF is unset.
[[nodiscard]] std::string environment_ref(const Event& event);

/// Short name that `ref==…` compares; empty: the field is missing.
[[nodiscard]] std::string filter_ref(const Event& event);

/// The last part of the repository's path (REPO) and all before it (ORG).
[[nodiscard]] std::string repository_name(const Event& event);
[[nodiscard]] std::string repository_owner(const Event& event);

}  // namespace lifecycle::event
