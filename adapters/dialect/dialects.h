// The dialects, one file for each family; dialect_of() picks among them.
#pragma once

#include "adapters/dialect/dialect.h"

namespace lifecycle::dialect {

[[nodiscard]] const Dialect& github_dialect();
[[nodiscard]] const Dialect& gitea_dialect();
[[nodiscard]] const Dialect& forgejo_dialect();
[[nodiscard]] const Dialect& appveyor_dialect();
[[nodiscard]] const Dialect& azure_dialect();
[[nodiscard]] const Dialect& bitbucket_dialect();
[[nodiscard]] const Dialect& buildkite_dialect();
[[nodiscard]] const Dialect& circleci_dialect();
[[nodiscard]] const Dialect& cloud_build_dialect();
[[nodiscard]] const Dialect& codefresh_dialect();
[[nodiscard]] const Dialect& gitlab_dialect();
[[nodiscard]] const Dialect& teamcity_dialect();
[[nodiscard]] const Dialect& travis_dialect();

}  // namespace lifecycle::dialect
