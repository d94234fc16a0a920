// The outputs of the last `run` in a directory, for the CIs that take none from a program: `outputs --shell` gives them
// to the shell of the step.
#pragma once

#include <string>
#include <vector>

#include "adapters/dialect/native_action.h"
#include "agent/base/environment.h"
#include "agent/base/result.h"

namespace lifecycle::cli {

/// Where they are: `${XDG_STATE_HOME:-$HOME/.local/state}/lifecycle-agent/outputs/`, a file for each directory in which
/// `run` was called; empty where neither variable says.
[[nodiscard]] std::string kept_outputs_path(const Environment& environment, const std::string& directory);

/// Keeps the outputs of a run in the current directory (mode 0600); nothing happens where there is no place for them.
/// Errors: directory-unmakeable, file-unwritable.
[[nodiscard]] Result<void> keep_outputs(const Environment& environment,
                                        const std::vector<dialect::NamedOutput>& outputs);

/// A run begins: what an earlier one left is nothing to go by.
void forget_outputs(const Environment& environment);

/// Errors: outputs-missing, outputs-unreadable.
[[nodiscard]] Result<std::vector<dialect::NamedOutput>> kept_outputs(const Environment& environment);

/// The outputs that the record of a run has (--result FILE). Errors: file-missing, file-unreadable, file-too-large,
/// outputs-unreadable.
[[nodiscard]] Result<std::vector<dialect::NamedOutput>> recorded_outputs(const std::string& file);

[[nodiscard]] std::vector<DiagnosticCode> kept_outputs_diagnostic_codes();

}  // namespace lifecycle::cli
