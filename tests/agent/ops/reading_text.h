// Diagnostics as a text to compare: `LINE:COLUMN+LENGTH SEVERITY CODE: MESSAGE | HINT`, one a line.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "agent/ops/ops_file.h"

namespace lifecycle::ops {

[[nodiscard]] std::string print_diagnostics(const std::vector<Diagnostic>& diagnostics);

/// As a person sees it: message, line, caret, hint.
[[nodiscard]] std::string print_with_caret(const std::vector<Diagnostic>& diagnostics);

/// The codes alone, joined by blanks; warnings with a '?' behind them.
[[nodiscard]] std::string print_codes(const std::vector<Diagnostic>& diagnostics);

/// Reads with the path `ops.yml`.
[[nodiscard]] OpsReading read(std::string_view text);

}  // namespace lifecycle::ops
