#include "adapters/ci/ci_row.h"
#include "adapters/ci/ci_values.h"

namespace lifecycle::ci {
namespace {

/// Without a configured Jenkins URL there is no JENKINS_URL: JENKINS_HOME and BUILD_TAG serve.
bool is_jenkins(const Environment& e) {
  const bool marked = is_marked(e, "JENKINS_URL") || (has(e, "JENKINS_HOME") && has(e, "BUILD_TAG"));
  return marked && has(e, "BUILD_NUMBER") && has(e, "JOB_NAME");
}

}  // namespace

extern constinit const CiRow jenkins_row{
    .name = "jenkins",
    .title = "Jenkins",
    .sign = "JENKINS_URL (or JENKINS_HOME and BUILD_TAG), with BUILD_NUMBER and JOB_NAME",
    .is_here = is_jenkins,
    .read = nullptr,
    .grace = std::chrono::seconds(5),
    .family = "jenkins",
};

}  // namespace lifecycle::ci
