#include "adapters/ci/ci_row.h"
#include "adapters/ci/ci_values.h"

namespace lifecycle::ci {
namespace {

bool is_drone(const Environment& e) { return is_marked(e, "DRONE") && has(e, "DRONE_BUILD_NUMBER"); }

}  // namespace

extern constinit const CiRow drone_row{
    .name = "drone",
    .title = "Drone",
    .sign = "DRONE, with DRONE_BUILD_NUMBER",
    .is_here = is_drone,
    .read = nullptr,
    .grace = std::chrono::seconds(10),
    .family = "drone",
};

}  // namespace lifecycle::ci
