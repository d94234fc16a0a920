#include "adapters/ci/ci_row.h"
#include "adapters/ci/ci_values.h"

namespace lifecycle::ci {
namespace {

bool is_woodpecker(const Environment& e) {
  return (e.get("CI") == "woodpecker" || e.get("CI_SYSTEM_NAME") == "woodpecker") && has(e, "CI_REPO");
}

}  // namespace

extern constinit const CiRow woodpecker_row{
    .name = "woodpecker",
    .title = "Woodpecker",
    .sign = "CI=woodpecker or CI_SYSTEM_NAME=woodpecker, with CI_REPO",
    .is_here = is_woodpecker,
    .read = nullptr,
    .grace = std::chrono::seconds(20),
    .family = "drone",
};

}  // namespace lifecycle::ci
