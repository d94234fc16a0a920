#include <algorithm>
#include <chrono>
#include <filesystem>
#include <optional>
#include <system_error>

#include "adapters/ci/remote_url.h"
#include "agent/cli/commands.h"
#include "agent/cli/ops_files.h"
#include "agent/git/checkout.h"
#include "agent/git/git_command.h"
#include "agent/ops/ops_scaffold.h"
#include "agent/os/files.h"

namespace lifecycle::cli {
namespace {

namespace fs = std::filesystem;

constexpr DiagnosticCode init_file_exists{"init-file-exists", "there is an ops.yml already",
                                          "`init` writes a new file and leaves what is there alone, also an ops.yaml, "
                                          "which nothing would read any more beside an ops.yml. --force replaces it; "
                                          "`check` says what is wrong with it."};
constexpr DiagnosticCode init_below_root{"init-below-root", "`init` wrote a file below the root of the repository",
                                         "Without --file the ops.yml of the workspace is read, which in a CI is the "
                                         "root of the repository. One in a folder below is read where that folder is "
                                         "the current one, or where --file names it."};
constexpr DiagnosticCode init_one_file{"init-one-file", "`init` was given several files",
                                       "`init` writes one file; call it once for each."};

/// What a clone of the remote would check out; the current branch where the remote does not say.
std::string default_branch(const fs::path& directory, const git::CheckoutFacts& checkout,
                           const Environment& environment) {
  const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(2);
  const auto answer = git::run_git(directory, {"symbolic-ref", "--quiet", "--short", "refs/remotes/origin/HEAD"},
                                   environment, deadline);
  const auto slash = answer.output.find('/');
  if (answer.ok() && slash != std::string::npos) return answer.output.substr(slash + 1);
  return checkout.branch;
}

std::vector<std::string> names_in(const fs::path& directory) {
  std::vector<std::string> names;
  std::error_code unreadable;
  for (auto entry = fs::directory_iterator(directory, unreadable); !unreadable && entry != fs::directory_iterator();
       entry.increment(unreadable)) {
    names.push_back(entry->path().filename().string());
  }
  std::sort(names.begin(), names.end());  // the order of a directory is the file system's whim
  return names;
}

ops::RepositoryFacts facts_of(const fs::path& directory, const Environment& environment) {
  ops::RepositoryFacts facts;
  facts.files = names_in(directory);
  const git::CheckoutFacts checkout = git::read_checkout(directory, environment);
  if (!checkout.found) return facts;
  const ci::RemoteFacts remote = ci::parse_remote(checkout.remote_url);
  facts.origin = remote.origin;
  facts.repo = remote.repo;
  facts.default_branch = default_branch(directory, checkout, environment);
  return facts;
}

bool is_there(const fs::path& path) {
  std::error_code absent;
  // A link that leads nowhere is something that is there as well.
  return fs::exists(fs::symlink_status(path, absent));
}

/// The path itself or, of the two names under which a workspace's file is read, the other one beside it.
std::optional<std::string> file_in_the_way(const std::string& path) {
  if (is_there(path)) return path;
  const fs::path wanted(path);
  const std::string name = wanted.filename().string();
  if (name != "ops.yml" && name != "ops.yaml") return std::nullopt;
  const fs::path other = wanted.parent_path() / (name == "ops.yml" ? "ops.yaml" : "ops.yml");
  return is_there(other) ? std::optional(other.string()) : std::nullopt;
}

/// Without --file: the workspace's file that is there already, else its ops.yml.
std::string default_path(const std::string& workspace) {
  const std::string path = workspace == current_directory() ? "ops.yml" : workspace + "/ops.yml";
  return file_in_the_way(path).value_or(path);
}

void note_place_below_root(const Call& call, const std::string& workspace, const std::string& path) {
  const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(2);
  const auto answer =
      git::run_git(workspace, {"rev-parse", "--show-prefix", "--show-toplevel"}, call.environment, deadline);
  const auto line = answer.output.find('\n');
  if (!answer.ok() || line == std::string::npos || line == 0) return;
  const std::string folder = answer.output.substr(0, line);
  call.output.say(
      {.code = init_below_root.code,
       .severity = Severity::note,
       .message = "a CI reads the ops.yml at the root of the repository, '" + answer.output.substr(line + 1) +
                  "', not the one in '" + folder + "'",
       .hint = "move it there, or name it in the CI: --file " + folder + fs::path(path).filename().string()});
}

}  // namespace

ExitCode init_command(const Call& call) {
  const auto& given = call.settings.list("file");
  if (given.size() > 1) {
    return call.fail_with({.code = init_one_file.code, .message = "'init' writes one file, given are several"});
  }
  const std::string workspace = workspace_of(call.environment.get("GITHUB_WORKSPACE"));
  const std::string path = given.empty() ? default_path(workspace) : given.front();
  const auto in_the_way = file_in_the_way(path);
  if (in_the_way && !call.settings.is_on("force")) {
    return call.fail_with({.code = init_file_exists.code,
                           .message = "'" + *in_the_way + "' is there already",
                           .hint = "'lifecycle-agent check' looks at it; --force replaces it"});
  }
  const auto written = os::write_file(path, ops::scaffold_ops(facts_of(workspace, call.environment)));
  if (!written) return call.fail_with(written.error());
  call.output.print_words("wrote " + path + "\n" + "next: 'lifecycle-agent plan' shows what it would run, and why\n");
  if (given.empty()) note_place_below_root(call, workspace, path);
  return ExitCode::success;
}

std::vector<DiagnosticCode> init_diagnostic_codes() { return {init_file_exists, init_below_root, init_one_file}; }

}  // namespace lifecycle::cli
