#include "adapters/ci/ci_row.h"
#include "adapters/ci/ci_values.h"

namespace lifecycle::ci {
namespace {

bool is_semaphore(const Environment& e) { return is_marked(e, "SEMAPHORE") && has(e, "SEMAPHORE_JOB_ID"); }

}  // namespace

extern constinit const CiRow semaphore_row{
    .name = "semaphore",
    .title = "Semaphore",
    .sign = "SEMAPHORE, with SEMAPHORE_JOB_ID",
    .is_here = is_semaphore,
    .read = nullptr,
    .grace = std::chrono::seconds(10),
    .family = "semaphore",
};

}  // namespace lifecycle::ci
