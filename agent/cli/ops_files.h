// Which ops.yml a command works on, and reading it.
#pragma once

#include <string>
#include <vector>

#include "agent/base/result.h"
#include "agent/cli/call.h"
#include "agent/ops/ops_file.h"

namespace lifecycle::cli {

/// The directory in which the repository lies: what the CI calls its workspace, else the current directory.
/// Absolute, without a slash at the end.
[[nodiscard]] std::string workspace_of(const Environment& environment);

struct OpsPath {
  std::string shown;  // as the user wrote it; relative to the current directory or absolute
};

/// --file as given; else ops.yml, else ops.yaml, of the workspace. Nested ones are never looked for.
/// Errors: ops-file-missing.
[[nodiscard]] Result<std::vector<OpsPath>> ops_paths(const Call& call);

/// Errors: file-missing, file-unreadable, file-too-large.
[[nodiscard]] Result<std::string> read_ops_text(const std::string& path);

struct LoadedOps {
  std::vector<ops::OpsFile> files;
  std::vector<Diagnostic> warnings;
};

/// Reads them all. With an error in any of them nothing is loaded, and `errors` holds every finding.
[[nodiscard]] tl::expected<LoadedOps, std::vector<Diagnostic>> load_ops(const std::vector<OpsPath>& paths);

[[nodiscard]] std::vector<DiagnosticCode> ops_files_diagnostic_codes();

}  // namespace lifecycle::cli
