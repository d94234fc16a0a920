#include "agent/cli/exit_code.h"

namespace lifecycle::cli {
namespace {

constexpr ExitCodeMeaning meanings[] = {
    {ExitCode::success, "success",
     "Everything that matched succeeded, or nothing matched. Insights events that could not be delivered do not change "
     "this unless --strict-insights is given."},
    {ExitCode::workflow_failed, "a workflow failed",
     "At least one workflow failed or timed out. The record of the run says which step. This wins over 3 where an "
     "event could not be delivered as well."},
    {ExitCode::usage, "usage or configuration",
     "A flag, a variable, ops.yml, the payload or a plan is wrong, or a secret is missing. Nothing was started. "
     "`check` "
     "exits so when it found an error, or with --strict a warning."},
    {ExitCode::environment, "executor or environment",
     "The machine did not give what was needed: a job could not be started, a result could not be written, or, with "
     "--strict-insights, an event could not be delivered."},
    {ExitCode::no_match, "no match", "No workflow matched and --fail-on-no-match was given."},
    {ExitCode::interrupted, "interrupted",
     "An interrupt (SIGINT, Ctrl-C) ended the run. Everything that it had started was stopped."},
    {ExitCode::terminated, "terminated",
     "A terminate or hang-up (SIGTERM, SIGHUP) ended the run. Everything that it had started was stopped."},
};

/// Codes that blame the machine; every other code blames what the user wrote.
constexpr std::string_view environment_codes[] = {"file-unwritable", "directory-unmakeable", "directory-unremovable",
                                                  "output-unwritable"};

}  // namespace

std::span<const ExitCodeMeaning> exit_codes() { return meanings; }

std::span<const std::string_view> environment_error_codes() { return environment_codes; }

ExitCode exit_code_of(const Diagnostic& error) {
  for (const std::string_view code : environment_codes) {
    if (error.code == code) return ExitCode::environment;
  }
  return ExitCode::usage;
}

}  // namespace lifecycle::cli
