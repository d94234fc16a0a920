#include "agent/cli/ops_files.h"

#include <filesystem>
#include <set>
#include <system_error>
#include <utility>

#include "agent/os/files.h"

namespace lifecycle::cli {
namespace {

namespace fs = std::filesystem;

constexpr DiagnosticCode ops_file_missing{
    "ops-file-missing", "there is no ops.yml to work on",
    "Without --file the workspace's own ops.yml (else ops.yaml) is read: of the directory that the CI names as its "
    "workspace, else of the current one. Files in folders below are never taken by themselves."};

/// Whatever has the name is meant: a link that leads nowhere or a directory must not let another file take its place.
bool stands_there(const fs::path& path) {
  std::error_code absent;
  return fs::exists(fs::symlink_status(path, absent));
}

/// To be told a file is missing that `ls` shows does not help.
void explain_broken_link(Diagnostic& error, const fs::path& path) {
  std::error_code failed;
  if (!fs::is_symlink(path, failed)) return;
  const fs::path target = fs::read_symlink(path, failed);
  if (failed) return;
  error.code = "file-unreadable";
  error.message = "cannot read '" + path.string() + "': it is a link to '" + target.string() + "', which is not there";
}

fs::path resolved(const fs::path& path) {
  std::error_code failed;
  const fs::path file = fs::canonical(path, failed);
  return failed ? path.lexically_normal() : file;
}

/// Two paths to one file would run each of its workflows twice; the first mention counts. Links in several folders
/// are several files, because commands start in the folder of theirs.
std::vector<std::string> without_repetitions(const std::vector<std::string>& given) {
  std::vector<std::string> paths;
  std::set<std::pair<fs::path, fs::path>> seen;
  for (const std::string& path : given) {
    const fs::path folder = fs::path(path).parent_path();
    if (seen.emplace(resolved(folder.empty() ? "." : folder), resolved(path)).second) paths.push_back(path);
  }
  return paths;
}

}  // namespace

std::string absolute_path(const std::filesystem::path& path) {
  std::error_code failed;
  const fs::path absolute = fs::absolute(path, failed).lexically_normal();
  std::string text = failed ? path.string() : absolute.string();
  while (text.size() > 1 && text.back() == '/') text.pop_back();
  return text;
}

std::string current_directory() {
  std::error_code failed;
  const fs::path path = fs::current_path(failed);
  return failed ? "/" : path.string();
}

std::string path_in_workspace(const std::string& path, const std::string& workspace) {
  const auto below = [](const fs::path& file, const fs::path& root) {
    const fs::path relative = file.lexically_relative(root);
    return relative.empty() || *relative.begin() == ".." ? std::string{} : relative.string();
  };
  const fs::path file = absolute_path(path);
  if (std::string text = below(file, workspace); !text.empty()) return text;
  // The current directory is told without the links that the workspace may be named by.
  std::string text = below(resolved(file.parent_path()) / file.filename(), resolved(workspace));
  return text.empty() ? path : text;
}

std::string workspace_of(std::string_view told_by_ci) {
  std::error_code absent;
  // A variable that an image or a shell inherited may name a directory of another machine.
  if (!told_by_ci.empty() && fs::is_directory(fs::path(told_by_ci), absent)) return absolute_path(told_by_ci);
  return current_directory();
}

Result<std::vector<std::string>> ops_paths(const std::vector<std::string>& given, const std::string& workspace) {
  if (!given.empty()) return without_repetitions(given);
  std::error_code failed;
  const bool here = fs::equivalent(workspace, current_directory(), failed);
  for (const char* name : {"ops.yml", "ops.yaml"}) {
    const fs::path path = fs::path(workspace) / name;
    if (stands_there(path)) return std::vector<std::string>{here ? std::string(name) : path.string()};
  }
  return fail({.code = ops_file_missing.code,
               .message = "no ops.yml in '" + workspace + "'",
               .hint = "'lifecycle-agent init' writes a first one; --file names one that lies elsewhere"});
}

Result<std::string> read_ops_text(const std::string& path) {
  // One byte more than the reader accepts, so that it is the one to say what is too large.
  constexpr std::size_t limit = (std::size_t{4} << 20) + 1;
  auto text = os::read_file(path, limit);
  if (!text) {
    Diagnostic error = text.error();
    if (error.code == "file-missing") explain_broken_link(error, path);
    error.place.file = path;
    return fail(std::move(error));
  }
  return text;
}

tl::expected<LoadedOps, std::vector<Diagnostic>> load_ops(const std::vector<std::string>& paths) {
  LoadedOps loaded;
  std::vector<Diagnostic> errors;
  bool failed = false;
  for (const std::string& path : paths) {
    const auto text = read_ops_text(path);
    if (!text) {
      errors.push_back(text.error());
      failed = true;
      continue;
    }
    ops::OpsReading reading = ops::read_ops(*text, path);
    failed = failed || !reading.file;
    for (Diagnostic& finding : reading.diagnostics) {
      auto& list = finding.severity == Severity::error ? errors : loaded.warnings;
      list.push_back(std::move(finding));
    }
    if (reading.file) loaded.files.push_back(*std::move(reading.file));
  }
  if (failed) return tl::unexpected(std::move(errors));
  return loaded;
}

std::vector<DiagnosticCode> ops_files_diagnostic_codes() { return {ops_file_missing}; }

}  // namespace lifecycle::cli
