// Completions for the shells, from the flag table.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "agent/base/result.h"

namespace lifecycle::cli {

[[nodiscard]] std::span<const std::string_view> completion_shells();

/// The script for `bash`, `zsh` or `fish`. Errors: shell-unknown.
[[nodiscard]] Result<std::string> completion_script(std::string_view shell);

[[nodiscard]] std::vector<DiagnosticCode> completion_diagnostic_codes();

}  // namespace lifecycle::cli
