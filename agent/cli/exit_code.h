// The exit codes of the program and what they mean. Only agent/cli turns findings into exit codes.
#pragma once

#include <span>
#include <string_view>

#include "agent/base/diagnostic.h"

namespace lifecycle::cli {

enum class ExitCode : int {
  success = 0,
  workflow_failed = 1,
  usage = 2,
  environment = 3,
  no_match = 4,
  interrupted = 130,
  terminated = 143,
};

struct ExitCodeMeaning {
  ExitCode code;
  std::string_view name;     // "success"
  std::string_view meaning;  // a sentence or two for the docs
};
[[nodiscard]] std::span<const ExitCodeMeaning> exit_codes();

/// Where several apply, the first of this order is the exit code.
[[nodiscard]] std::span<const ExitCode> exit_code_order();
/// The one of two that stands before the other in the order.
[[nodiscard]] ExitCode stronger(ExitCode one, ExitCode other);

/// The codes of diagnostics that blame the machine, not what the user wrote.
[[nodiscard]] std::span<const std::string_view> environment_error_codes();

/// What a command exits with that ends because of this error: usage, or environment where no flag or file
/// of the user's is at fault.
[[nodiscard]] ExitCode exit_code_of(const Diagnostic& error);

}  // namespace lifecycle::cli
