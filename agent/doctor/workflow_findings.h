// What would run, and what it would lack.
#pragma once

#include <vector>

#include "agent/doctor/finding.h"
#include "agent/doctor/world.h"

namespace lifecycle::doctor {

void add_workflow_findings(const World& world, std::vector<Finding>& findings);

}  // namespace lifecycle::doctor
