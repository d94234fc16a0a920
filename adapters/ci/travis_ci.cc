#include "adapters/ci/ci_row.h"
#include "adapters/ci/ci_values.h"

namespace lifecycle::ci {
namespace {

bool is_travis_ci(const Environment& e) { return is_marked(e, "TRAVIS") && has(e, "TRAVIS_BUILD_ID"); }

}  // namespace

extern constinit const CiRow travis_ci_row{
    .name = "travis-ci",
    .title = "Travis CI",
    .sign = "TRAVIS, with TRAVIS_BUILD_ID",
    .is_here = is_travis_ci,
    .read = nullptr,
    .grace = std::chrono::seconds(10),
    .family = "travis",
};

}  // namespace lifecycle::ci
