// The program without its main: reads the command line, resolves the settings, calls the command.
#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "agent/base/environment.h"
#include "agent/cli/exit_code.h"

namespace lifecycle::cli {

/// `words` without the program's name. Never throws for what a user does.
[[nodiscard]] ExitCode run_program(std::span<const std::string_view> words, Environment environment);

[[nodiscard]] std::vector<DiagnosticCode> program_diagnostic_codes();

}  // namespace lifecycle::cli
