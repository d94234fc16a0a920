#include "agent/cli/exit_code.h"

#include <algorithm>
#include <array>

namespace lifecycle::cli {
namespace {

constexpr ExitCodeMeaning meanings[] = {
    {ExitCode::success, "success",
     "Everything that matched succeeded, or nothing matched. Insights events that could not be delivered do not change "
     "this unless --strict-insights is given, nor does output of workflows that nobody read any more."},
    {ExitCode::workflow_failed, "a workflow failed",
     "At least one workflow failed or timed out. The record of the run says which step, and which other workflow could "
     "not be started."},
    {ExitCode::usage, "usage or configuration",
     "A flag, a variable, ops.yml, the payload or a plan is wrong, or a secret is missing. Nothing was started. "
     "`check` "
     "exits so when it found an error, or with --strict a warning; `doctor` exits as a run would for the same reason."},
    {ExitCode::environment, "executor or environment",
     "The machine did not give what was needed: a job could not be started, a result could not be written, or, with "
     "--strict-insights, an event could not be delivered."},
    {ExitCode::no_match, "no match", "No workflow matched and --fail-on-no-match was given."},
    {ExitCode::interrupted, "interrupted",
     "An interrupt (SIGINT, Ctrl-C) ended the run. Everything that it had started was stopped."},
    {ExitCode::terminated, "terminated",
     "A terminate or hang-up (SIGTERM, SIGHUP) ended the run. Everything that it had started was stopped."},
};

/// A signal's sender asked for the end whatever else was wrong. A workflow that failed would fail elsewhere too, while
/// 3 asks for another try on a better machine.
constexpr ExitCode code_order[] = {ExitCode::usage,           ExitCode::interrupted, ExitCode::terminated,
                                   ExitCode::workflow_failed, ExitCode::environment, ExitCode::no_match,
                                   ExitCode::success};

/// Codes that blame the machine; every other code blames what the user wrote.
constexpr std::string_view environment_codes[] = {"file-unwritable", "directory-unmakeable", "directory-unremovable",
                                                  "output-unwritable"};

}  // namespace

std::span<const ExitCodeMeaning> exit_codes() { return meanings; }

std::span<const ExitCode> exit_code_order() { return code_order; }

ExitCode stronger(ExitCode one, ExitCode other) {
  return *std::ranges::find_first_of(code_order, std::array{one, other});
}

std::span<const std::string_view> environment_error_codes() { return environment_codes; }

ExitCode exit_code_of(const Diagnostic& error) {
  for (const std::string_view code : environment_codes) {
    if (error.code == code) return ExitCode::environment;
  }
  return ExitCode::usage;
}

}  // namespace lifecycle::cli
