#include "adapters/ci/ci_row.h"
#include "adapters/ci/ci_values.h"

namespace lifecycle::ci {
namespace {

bool is_cloud_build(const Environment& e) { return is_marked(e, "BUILDER_OUTPUT"); }

}  // namespace

extern constinit const CiRow cloud_build_row{
    .name = "cloud-build",
    .title = "Google Cloud Build",
    .sign = "BUILDER_OUTPUT",
    .is_here = is_cloud_build,
    .read = nullptr,
    .grace = std::chrono::seconds(10),
    .family = "cloud-build",
};

}  // namespace lifecycle::ci
