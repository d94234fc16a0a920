// The judgement: what is detected and why, what cannot be seen here, what would go wrong, each with its fix. Pure.
#pragma once

#include <vector>

#include "agent/doctor/finding.h"
#include "agent/doctor/world.h"

namespace lifecycle::doctor {

/// In the order in which a reader wants them: where we are, which event, what is missing of it, what would run, what
/// is sent.
[[nodiscard]] std::vector<Finding> examine(const World& world);

}  // namespace lifecycle::doctor
