#include "adapters/ci/ci_row.h"
#include "adapters/ci/ci_values.h"

namespace lifecycle::ci {
namespace {

bool is_buildkite(const Environment& e) { return is_marked(e, "BUILDKITE") && has(e, "BUILDKITE_BUILD_ID"); }

}  // namespace

extern constinit const CiRow buildkite_row{
    .name = "buildkite",
    .title = "Buildkite",
    .sign = "BUILDKITE, with BUILDKITE_BUILD_ID",
    .is_here = is_buildkite,
    .read = nullptr,
    .grace = std::chrono::seconds(10),
    .family = "buildkite",
};

}  // namespace lifecycle::ci
