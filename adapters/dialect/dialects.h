// The dialects, one file each; dialect_of() picks among them.
#pragma once

#include "adapters/dialect/dialect.h"

namespace lifecycle::dialect {

[[nodiscard]] const Dialect& actions_dialect();
[[nodiscard]] const Dialect& azure_dialect();
[[nodiscard]] const Dialect& buildkite_dialect();
[[nodiscard]] const Dialect& gitlab_dialect();
[[nodiscard]] const Dialect& teamcity_dialect();
[[nodiscard]] const Dialect& travis_dialect();

}  // namespace lifecycle::dialect
