#include <algorithm>
#include <array>

#include "agent/cli/commands.h"
#include "agent/cli/run_workflows.h"

namespace lifecycle::cli {
namespace {

constexpr DiagnosticCode plan_and_names{
    "plan-and-names", "a plan was given together with names of workflows",
    "A plan made earlier is executed as it is. To run some of its workflows, plan those: `plan NAME --json`."};
constexpr DiagnosticCode plan_and_flags{
    "plan-and-flags", "a plan was given together with flags that were decided when it was made",
    "A plan made earlier is executed as it is: its event, files, environment and directories are in it. Give these "
    "flags to `plan --json`. Where values of secrets are found (`--secrets-dir`, `--env-file`) is asked at the run."};

/// The flags whose answer a plan holds.
constexpr std::array<std::string_view, 29> planned_flags{"file",
                                                         "workflows",
                                                         "event",
                                                         "payload",
                                                         "assume-action",
                                                         "tag-alias",
                                                         "origin",
                                                         "host",
                                                         "repo",
                                                         "repo-url",
                                                         "action",
                                                         "merged",
                                                         "ref",
                                                         "branch",
                                                         "tag",
                                                         "base",
                                                         "head",
                                                         "commit",
                                                         "before",
                                                         "actor",
                                                         "number",
                                                         "title",
                                                         "labels",
                                                         "fork",
                                                         "env",
                                                         "pass-env",
                                                         "workdir",
                                                         "home",
                                                         "allow-fork-secrets"};

/// The first flag of the command line that contradicts a given plan; nothing where none does. Variables may stand in
/// the environment for other commands.
const Setting* planned_before(const Settings& settings) {
  const auto found = std::ranges::find_if(settings.all(), [](const Setting& setting) {
    return setting.source == SettingSource::flag &&
           std::ranges::find(planned_flags, setting.flag->name) != planned_flags.end();
  });
  return found == settings.all().end() ? nullptr : &*found;
}

}  // namespace

ExitCode run_command(const Call& call) {
  RunRequest request{.names = call.operands, .plan_file = call.settings.text("plan")};
  if (!request.plan_file.empty() && (!request.names.empty() || !call.arguments.empty())) {
    return call.fail_with({.code = plan_and_names.code,
                           .message = "--plan is executed as it is, and takes no names or arguments",
                           .hint = "'lifecycle-agent plan NAME --json' plans the workflows of that name"});
  }
  if (const Setting* known = request.plan_file.empty() ? nullptr : planned_before(call.settings)) {
    return call.fail_with({.code = plan_and_flags.code,
                           .message = "--plan is executed as it is: " + known->where + " was decided when it was made",
                           .hint = "give the flag to 'lifecycle-agent plan --json'"});
  }
  return run_workflows(call, request);
}

std::vector<DiagnosticCode> run_command_diagnostic_codes() { return {plan_and_names, plan_and_flags}; }

}  // namespace lifecycle::cli
