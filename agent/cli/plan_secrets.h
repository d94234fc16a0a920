// What a run, and the plan of one, must never show.
#pragma once

#include <vector>

#include "adapters/dialect/native_action.h"
#include "agent/base/result.h"
#include "agent/cli/call.h"
#include "agent/mask/mask_table.h"
#include "agent/plan/plan.h"
#include "agent/secrets/secret_store.h"

namespace lifecycle::cli {

/// Adds the values of all secrets that the plan's jobs get, and returns those that are masked now. One that is too
/// short is said. Errors: secrets-too-large, since what cannot be masked must not run.
[[nodiscard]] Result<std::vector<dialect::SecretValue>> add_plan_secrets(const Call& call, const plan::Plan& plan,
                                                                         const secrets::SecretStore& secrets,
                                                                         mask::MaskTable& mask);

}  // namespace lifecycle::cli
