#include "adapters/ci/ci_row.h"
#include "adapters/ci/ci_values.h"

namespace lifecycle::ci {
namespace {

bool is_teamcity(const Environment& e) { return is_marked(e, "TEAMCITY_VERSION") && has(e, "BUILD_NUMBER"); }

}  // namespace

extern constinit const CiRow teamcity_row{
    .name = "teamcity",
    .title = "TeamCity",
    .sign = "TEAMCITY_VERSION, with BUILD_NUMBER",
    .is_here = is_teamcity,
    .read = nullptr,
    .grace = std::chrono::seconds(10),
    .family = "teamcity",
};

}  // namespace lifecycle::ci
