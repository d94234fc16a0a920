#include "adapters/ci/ci_row.h"
#include "adapters/ci/ci_values.h"

namespace lifecycle::ci {
namespace {

/// gitlab-ci-local sets GITLAB_CI=false on purpose.
bool is_gitlab_ci(const Environment& e) {
  const bool local = e.get("GITLAB_CI") == "false" && e.get("CI") == "true";
  return (is_marked(e, "GITLAB_CI") || local) && has(e, "CI_PROJECT_PATH") && (local || has(e, "CI_PIPELINE_SOURCE"));
}

}  // namespace

extern constinit const CiRow gitlab_ci_row{
    .name = "gitlab-ci",
    .title = "GitLab CI",
    .sign = "GITLAB_CI, with CI_PROJECT_PATH and CI_PIPELINE_SOURCE",
    .is_here = is_gitlab_ci,
    .read = nullptr,
    .grace = std::chrono::seconds(600),
    .family = "gitlab",
};

}  // namespace lifecycle::ci
