#include "adapters/ci/ci_row.h"
#include "adapters/ci/ci_values.h"

namespace lifecycle::ci {
namespace {

bool is_azure_pipelines(const Environment& e) {
  return is_marked(e, "TF_BUILD") && (has(e, "BUILD_BUILDID") || has(e, "RELEASE_RELEASEID"));
}

}  // namespace

extern constinit const CiRow azure_pipelines_row{
    .name = "azure-pipelines",
    .title = "Azure Pipelines",
    .sign = "TF_BUILD, with BUILD_BUILDID or RELEASE_RELEASEID",
    .is_here = is_azure_pipelines,
    .read = nullptr,
    .grace = std::chrono::seconds(10),
    .family = "azure",
};

}  // namespace lifecycle::ci
