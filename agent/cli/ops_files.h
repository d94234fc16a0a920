// Which ops.yml a command works on, and reading it.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "agent/base/result.h"
#include "agent/ops/ops_file.h"

namespace lifecycle::cli {

/// The directory in which the repository lies: what the CI calls its workspace if that is there, else the current
/// directory. Absolute, without a slash at the end.
[[nodiscard]] std::string workspace_of(std::string_view told_by_ci);

[[nodiscard]] std::string current_directory();

/// Of a path that may be relative to the current directory; without a slash at the end.
[[nodiscard]] std::string absolute_path(const std::filesystem::path& path);

/// The path as the forge shows it, from the repository's root; as given where it lies outside of the workspace.
[[nodiscard]] std::string path_in_workspace(const std::string& path, const std::string& workspace);

/// The files as given, each once; none given: ops.yml, else ops.yaml, of the workspace (relative where that is the
/// current directory). Nested ones are never looked for, and what has the name
/// is taken whatever it is: reading it tells. Errors: ops-file-missing.
[[nodiscard]] Result<std::vector<std::string>> ops_paths(const std::vector<std::string>& given,
                                                         const std::string& workspace);

/// Errors: file-missing, file-unreadable, file-too-large; their place names the file.
[[nodiscard]] Result<std::string> read_ops_text(const std::string& path);

struct LoadedOps {
  std::vector<ops::OpsFile> files;
  std::vector<Diagnostic> warnings;
};

/// Reads them all. With an error in any of them nothing is loaded, and every error is returned.
[[nodiscard]] tl::expected<LoadedOps, std::vector<Diagnostic>> load_ops(const std::vector<std::string>& paths);

[[nodiscard]] std::vector<DiagnosticCode> ops_files_diagnostic_codes();

}  // namespace lifecycle::cli
