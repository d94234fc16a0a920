// Looks at everything that the doctor judges. Slow parts (git, engine, endpoint) have limits of seconds.
#pragma once

#include "agent/cli/call.h"
#include "agent/doctor/world.h"

namespace lifecycle::cli {

[[nodiscard]] doctor::World look_around(const Call& call);

}  // namespace lifecycle::cli
