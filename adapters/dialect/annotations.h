// What annotations of several CIs have in common.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "agent/base/diagnostic.h"

namespace lifecycle::dialect {

/// At most `limit` of each severity, in their order. Where there are more the last one that fits says how many are not
/// shown: a CI drops them silently.
[[nodiscard]] std::vector<Diagnostic> bounded(std::span<const Diagnostic> diagnostics, std::size_t limit);

/// `ops.yml:14:26`, visible; empty without a file.
[[nodiscard]] std::string place_text(const SourcePlace& place);

/// The gravest of them; note when there is none.
[[nodiscard]] Severity gravest(std::span<const Diagnostic> diagnostics);

}  // namespace lifecycle::dialect
