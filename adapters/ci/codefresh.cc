#include "adapters/ci/ci_row.h"
#include "adapters/ci/ci_values.h"

namespace lifecycle::ci {
namespace {

bool is_codefresh(const Environment& e) { return is_marked(e, "CF_BUILD_ID") && has(e, "CF_PIPELINE_NAME"); }

}  // namespace

extern constinit const CiRow codefresh_row{
    .name = "codefresh",
    .title = "Codefresh",
    .sign = "CF_BUILD_ID, with CF_PIPELINE_NAME",
    .is_here = is_codefresh,
    .read = nullptr,
    .grace = std::chrono::seconds(10),
    .family = "codefresh",
};

}  // namespace lifecycle::ci
