// What was typed, read by the flag table: command, flags wherever they stand after it, operands, and the words
// after `--`.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "agent/base/result.h"
#include "agent/cli/flag_table.h"

namespace lifecycle::cli {

struct GivenFlag {
  const Flag* flag = nullptr;
  std::string value;  // "true" of a switch that stands alone
};

struct CommandLine {
  const Command* command = nullptr;
  std::vector<GivenFlag> flags;  // in the order given
  std::vector<std::string> operands;
  std::vector<std::string> arguments;  // after `--`, where the command hands them to a workflow
  bool help = false;
};

/// Reads the words after the program's name. `--help` and `-h` alone are the command help, `--version` the
/// command version. Errors: command-missing, command-unknown, flag-unknown, flag-elsewhere (another command's),
/// flag-value-missing, operand-missing, operand-unexpected. With --help nothing but the command must be right.
[[nodiscard]] Result<CommandLine> parse_command_line(std::span<const std::string_view> words);

/// The command of that name, `--help` and `--version` among them. Errors: command-missing, command-unknown.
[[nodiscard]] Result<const Command*> read_command(std::string_view word);

[[nodiscard]] std::vector<DiagnosticCode> command_line_diagnostic_codes();

}  // namespace lifecycle::cli
