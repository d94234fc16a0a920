#include "agent/cli/commands.h"
#include "agent/cli/help_text.h"

namespace lifecycle::cli {

ExitCode help_command(const Call& call) {
  if (call.operands.empty()) {
    call.output.print(program_help());
    return ExitCode::success;
  }
  const auto command = read_command(call.operands.front());
  if (!command) return call.fail_with(command.error());
  call.output.print(command_help((*command)->id));
  return ExitCode::success;
}

}  // namespace lifecycle::cli
