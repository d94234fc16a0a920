#include "adapters/ci/ci_row.h"
#include "adapters/ci/ci_values.h"

namespace lifecycle::ci {
namespace {

bool is_bitbucket_pipelines(const Environment& e) {
  return is_marked(e, "BITBUCKET_BUILD_NUMBER") && has(e, "BITBUCKET_PIPELINE_UUID") &&
         has(e, "BITBUCKET_REPO_FULL_NAME");
}

}  // namespace

extern constinit const CiRow bitbucket_pipelines_row{
    .name = "bitbucket-pipelines",
    .title = "Bitbucket Pipelines",
    .sign = "BITBUCKET_BUILD_NUMBER, with BITBUCKET_PIPELINE_UUID and BITBUCKET_REPO_FULL_NAME",
    .is_here = is_bitbucket_pipelines,
    .read = nullptr,
    .grace = std::chrono::seconds(10),
    .family = "bitbucket",
};

}  // namespace lifecycle::ci
