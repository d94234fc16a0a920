#include "agent/cli/commands.h"
#include "agent/cli/run_workflows.h"

namespace lifecycle::cli {
namespace {

constexpr DiagnosticCode plan_and_names{
    "plan-and-names", "a plan was given together with names of workflows",
    "A plan made earlier is executed as it is. To run some of its workflows, plan those: `plan NAME --json`."};

}  // namespace

ExitCode run_command(const Call& call) {
  RunRequest request{.names = call.operands, .plan_file = call.settings.text("plan")};
  if (!request.plan_file.empty() && (!request.names.empty() || !call.arguments.empty())) {
    return call.fail_with({.code = plan_and_names.code,
                           .message = "--plan is executed as it is, and takes no names or arguments",
                           .hint = "'lifecycle-agent plan NAME --json' plans the workflows of that name"});
  }
  return run_workflows(call, request);
}

std::vector<DiagnosticCode> run_command_diagnostic_codes() { return {plan_and_names}; }

}  // namespace lifecycle::cli
