// Completions for the shells, from the flag table.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "agent/base/result.h"

namespace lifecycle::cli {

/// The script for `bash`, `zsh` or `fish`, or with `man` the manual page. Errors: shell-unknown.
[[nodiscard]] Result<std::string> completion_script(std::string_view shell);

[[nodiscard]] std::vector<DiagnosticCode> completion_diagnostic_codes();

}  // namespace lifecycle::cli
