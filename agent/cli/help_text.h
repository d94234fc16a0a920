// The help of the program and of each command, from the flag table.
#pragma once

#include <string>
#include <string_view>

#include "agent/cli/flag_table.h"

namespace lifecycle::cli {

/// `lifecycle-agent help`: every command with its line.
[[nodiscard]] std::string program_help();

/// `lifecycle-agent COMMAND --help`: usage, what it does, flags by group, variables, examples.
[[nodiscard]] std::string command_help(CommandId id);

/// "lifecycle-agent plan [NAME…] [flags] [-- ARGUMENT…]"
[[nodiscard]] std::string usage_line(const Command& command);

/// The words broken at blanks into lines of at most `width` characters, each after `indent` blanks.
[[nodiscard]] std::string wrap(std::string_view text, int indent, int width = 100);

}  // namespace lifecycle::cli
