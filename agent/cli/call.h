// One call of the program: what a command gets to work with.
#pragma once

#include <string>
#include <vector>

#include "agent/base/environment.h"
#include "agent/cli/exit_code.h"
#include "agent/cli/program_output.h"
#include "agent/cli/settings.h"

namespace lifecycle::cli {

struct Call {
  const Command& command;
  Settings settings;
  std::vector<std::string> operands;
  std::vector<std::string> arguments;  // after `--`
  Environment environment;
  ProgramOutput& output;

  /// Says the error and gives the exit code that follows from it.
  [[nodiscard]] ExitCode fail_with(const Diagnostic& error) const {
    output.say(error);
    return exit_code_of(error);
  }
};

}  // namespace lifecycle::cli
