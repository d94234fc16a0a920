// The facts of CiRow::facts by name, for the docs and `ci --list`.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "adapters/ci/ci_row.h"

namespace lifecycle::ci {

struct FactName {
  Fact fact;
  std::string_view name;
};

/// In the order in which they are shown.
[[nodiscard]] std::span<const FactName> fact_names();

/// "repo, branch, tag": those of `asked` that are among the facts.
[[nodiscard]] std::string names_of(const FactSet& facts, const FactSet& asked);

}  // namespace lifecycle::ci
