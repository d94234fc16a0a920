#include "adapters/ci/ci_row.h"
#include "adapters/ci/ci_values.h"

namespace lifecycle::ci {
namespace {

bool is_codebuild(const Environment& e) { return is_marked(e, "CODEBUILD_BUILD_ARN") && has(e, "CODEBUILD_BUILD_ID"); }

}  // namespace

extern constinit const CiRow codebuild_row{
    .name = "codebuild",
    .title = "AWS CodeBuild",
    .sign = "CODEBUILD_BUILD_ARN, with CODEBUILD_BUILD_ID",
    .is_here = is_codebuild,
    .read = nullptr,
    .grace = std::chrono::seconds(10),
    .family = "codebuild",
};

}  // namespace lifecycle::ci
