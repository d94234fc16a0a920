// The commands, one file each: <name>_command.cc.
#pragma once

#include "agent/cli/call.h"

namespace lifecycle::cli {

[[nodiscard]] ExitCode event_command(const Call& call);
[[nodiscard]] ExitCode ci_command(const Call& call);
[[nodiscard]] ExitCode plan_command(const Call& call);
[[nodiscard]] ExitCode why_command(const Call& call);
[[nodiscard]] ExitCode doctor_command(const Call& call);
[[nodiscard]] ExitCode run_command(const Call& call);
[[nodiscard]] ExitCode check_command(const Call& call);
[[nodiscard]] ExitCode schema_command(const Call& call);
[[nodiscard]] ExitCode init_command(const Call& call);
[[nodiscard]] ExitCode track_command(const Call& call);
[[nodiscard]] ExitCode action_command(const Call& call);
[[nodiscard]] ExitCode outputs_command(const Call& call);
[[nodiscard]] ExitCode completion_command(const Call& call);
[[nodiscard]] ExitCode version_command(const Call& call);
[[nodiscard]] ExitCode help_command(const Call& call);

[[nodiscard]] std::vector<DiagnosticCode> init_diagnostic_codes();
[[nodiscard]] std::vector<DiagnosticCode> run_command_diagnostic_codes();

}  // namespace lifecycle::cli
