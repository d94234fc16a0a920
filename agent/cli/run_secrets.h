// What a run must never show.
#pragma once

#include "agent/base/result.h"
#include "agent/cli/call.h"
#include "agent/cli/run_workflows.h"
#include "agent/mask/mask_table.h"

namespace lifecycle::cli {

/// Adds the values of all secrets that the plan's jobs get, and the agent's own token. One that is too short to be
/// masked is said. Errors: secrets-too-large, since what cannot be masked must not run.
[[nodiscard]] Result<void> add_run_secrets(const Call& call, const ReadyPlan& ready, mask::MaskTable& mask);

}  // namespace lifecycle::cli
