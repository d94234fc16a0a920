#include "adapters/ci/ci_row.h"
#include "adapters/ci/ci_values.h"

namespace lifecycle::ci {
namespace {

bool is_circleci(const Environment& e) {
  return is_marked(e, "CIRCLECI") && has(e, "CIRCLE_SHA1") && has(e, "CIRCLE_WORKFLOW_ID");
}

}  // namespace

extern constinit const CiRow circleci_row{
    .name = "circleci",
    .title = "CircleCI",
    .sign = "CIRCLECI, with CIRCLE_SHA1 and CIRCLE_WORKFLOW_ID",
    .is_here = is_circleci,
    .read = nullptr,
    .grace = std::chrono::seconds(10),
    .family = "circleci",
};

}  // namespace lifecycle::ci
