// The human form of a plan: what `plan` and `why` print. Pure: Plan → text.
#pragma once

#include <string>
#include <string_view>

#include "agent/base/result.h"
#include "agent/plan/plan.h"

namespace lifecycle::plan {

enum class TextColour { plain, ansi };

/// The event; what runs, in order, with jobs, script, directory, variables and their sources, packages, what is
/// missing; what does not run and why; problems. Text of strangers is made visible; secrets are never there.
[[nodiscard]] std::string print_plan(const Plan& plan, TextColour colour);

/// The same for one workflow, named as for `run`. Errors: workflow-unknown, workflow-ambiguous.
[[nodiscard]] Result<std::string> print_why(const Plan& plan, std::string_view workflow, TextColour colour);

}  // namespace lifecycle::plan
