#include <algorithm>
#include <chrono>
#include <filesystem>
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
                                          "`init` writes a new file and leaves what is there alone. --force replaces "
                                          "it; `check` says what is wrong with it."};
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

}  // namespace

ExitCode init_command(const Call& call) {
  const auto& given = call.settings.list("file");
  if (given.size() > 1) {
    return call.fail_with({.code = init_one_file.code, .message = "'init' writes one file, given are several"});
  }
  const std::string workspace = workspace_of(call.environment.get("GITHUB_WORKSPACE"));
  const bool here = workspace == current_directory();
  const std::string path = !given.empty() ? given.front() : here ? "ops.yml" : workspace + "/ops.yml";
  std::error_code absent;
  // A link that leads nowhere is something that is there as well.
  const bool exists = fs::exists(fs::symlink_status(path, absent));
  if (exists && !call.settings.is_on("force")) {
    return call.fail_with({.code = init_file_exists.code,
                           .message = "'" + path + "' is there already",
                           .hint = "'lifecycle-agent check' looks at it; --force replaces it"});
  }
  const auto written = os::write_file(path, ops::scaffold_ops(facts_of(workspace, call.environment)));
  if (!written) return call.fail_with(written.error());
  call.output.print_words("wrote " + path + "\n" + "next: 'lifecycle-agent plan' shows what it would run, and why\n");
  return ExitCode::success;
}

std::vector<DiagnosticCode> init_diagnostic_codes() { return {init_file_exists, init_one_file}; }

}  // namespace lifecycle::cli
