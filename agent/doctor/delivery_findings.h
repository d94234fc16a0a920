// What would be sent, and whether it would arrive; settings that mean nothing.
#pragma once

#include <vector>

#include "agent/doctor/finding.h"
#include "agent/doctor/world.h"

namespace lifecycle::doctor {

void add_delivery_findings(const World& world, std::vector<Finding>& findings);

}  // namespace lifecycle::doctor
