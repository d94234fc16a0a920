// Where we are and which event this is; what of it cannot be seen here.
#pragma once

#include <vector>

#include "agent/doctor/finding.h"
#include "agent/doctor/world.h"

namespace lifecycle::doctor {

void add_event_findings(const World& world, std::vector<Finding>& findings);

}  // namespace lifecycle::doctor
