#include "adapters/dialect/variable_lines.h"
#include "agent/cli/commands.h"
#include "agent/cli/kept_outputs.h"

namespace lifecycle::cli {

/// Nothing but the lines goes to stdout: a shell evaluates it.
ExitCode outputs_command(const Call& call) {
  const std::string file = call.settings.text("result");
  const auto outputs = file.empty() ? kept_outputs(call.environment) : recorded_outputs(file);
  if (!outputs) return call.fail_with(outputs.error());
  const bool shell = call.settings.is_on("shell");
  const dialect::VariableLines lines = shell ? dialect::export_lines(*outputs) : dialect::assignment_lines(*outputs, 0);
  call.output.print(lines.text);
  for (const dialect::OmittedOutput& output : lines.omitted) {
    call.output.say({.code = "output-omitted",
                     .severity = Severity::warning,
                     .message = "the output '" + output.name + "' is left out: " + output.reason});
  }
  return ExitCode::success;
}

}  // namespace lifecycle::cli
