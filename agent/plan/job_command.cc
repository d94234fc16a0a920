#include "agent/plan/job_command.h"

#include "agent/plan/run_tail.h"

namespace lifecycle::plan {

std::string job_script(const std::vector<std::string>& steps) {
  std::string script = "#!/bin/bash\nset -euo pipefail\nIFS=$'\\n\\t'\n";
  for (std::size_t i = 0; i < steps.size(); ++i) {
    if (i != 0) script += '\n';
    script += steps[i];
  }
  return script;
}

Result<std::vector<std::string>> command_argv(const ops::Workflow& workflow,
                                              const std::vector<std::string>& arguments) {
  const RunTail tail = find_run_tail(workflow.run.text);
  if (tail != RunTail::simple && !arguments.empty()) {
    Diagnostic diagnostic{.code = "run-takes-no-arguments", .place = workflow.run.place};
    diagnostic.message =
        "run of '" + workflow.name + "' " + std::string(describe_tail(tail)) + ", so no arguments can follow it";
    diagnostic.hint = "let run end in the command that takes the arguments (in YAML, `run: |-` drops the last newline)";
    return fail(std::move(diagnostic));
  }
  // `false; "$@"` would succeed and `(a) "$@"` is a syntax error, so "$@" goes only where arguments can go.
  std::string text = workflow.run.text;
  if (tail == RunTail::simple) text += " \"$@\"";
  std::vector<std::string> argv{"bash", "-c", std::move(text), workflow.name};
  argv.insert(argv.end(), arguments.begin(), arguments.end());
  return argv;
}

}  // namespace lifecycle::plan
