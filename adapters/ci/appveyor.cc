#include "adapters/ci/ci_row.h"
#include "adapters/ci/ci_values.h"

namespace lifecycle::ci {
namespace {

bool is_appveyor(const Environment& e) { return is_marked(e, "APPVEYOR") && has(e, "APPVEYOR_BUILD_ID"); }

}  // namespace

extern constinit const CiRow appveyor_row{
    .name = "appveyor",
    .title = "AppVeyor",
    .sign = "APPVEYOR, with APPVEYOR_BUILD_ID",
    .is_here = is_appveyor,
    .read = nullptr,
    .grace = std::chrono::seconds(10),
    .family = "appveyor",
};

}  // namespace lifecycle::ci
