// The codes of every room in one list, for docs/diagnostics.md and SARIF's rules.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "agent/base/diagnostic.h"

namespace lifecycle::cli {

/// A room's codes under the name of what they are about.
struct RoomCodes {
  std::string_view about;  // "ops.yml"
  std::vector<DiagnosticCode> codes;
};

[[nodiscard]] std::vector<RoomCodes> all_diagnostic_codes();

[[nodiscard]] std::optional<DiagnosticCode> find_diagnostic_code(std::string_view code);

}  // namespace lifecycle::cli
