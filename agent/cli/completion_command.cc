#include "agent/cli/commands.h"
#include "agent/cli/completion_script.h"

namespace lifecycle::cli {

ExitCode completion_command(const Call& call) {
  const auto script = completion_script(call.operands.front());
  if (!script) return call.fail_with(script.error());
  call.output.print(*script);
  return ExitCode::success;
}

}  // namespace lifecycle::cli
