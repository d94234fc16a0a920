#include "agent/git/checkout.h"

#include <algorithm>
#include <chrono>
#include <sstream>
#include <system_error>

#include "agent/base/utf8.h"
#include "agent/git/git_command.h"

namespace lifecycle::git {
namespace {

namespace fs = std::filesystem;

/// The nearest folder from `directory` upwards that holds a `.git` (a folder, or a file in worktrees and submodules).
fs::path find_root(const fs::path& directory) {
  std::error_code error;
  fs::path folder = fs::canonical(directory, error);
  if (error) return {};
  while (true) {
    if (fs::exists(fs::symlink_status(folder / ".git", error))) return folder;
    if (folder == folder.parent_path()) return {};
    folder = folder.parent_path();
  }
}

std::string printable(std::string_view text) {
  std::string clean = repair_utf8(cut_utf8(text, 300));
  std::ranges::replace_if(clean, [](char c) { return (c >= 0 && c < 0x20) || c == 0x7F; }, ' ');
  return clean;
}

/// One warning for the whole checkout: what git said, and what helps.
std::string refusal(const fs::path& root, const GitAnswer& answer) {
  const std::string place = "the checkout in " + printable(root.string()) + " could not be read: ";
  if (answer.end == GitAnswer::End::not_started) {
    return place + answer.error + "; install git, or give the facts by flags (--repo, --branch, --commit)";
  }
  if (answer.end == GitAnswer::End::timed_out) {
    return place + "git took too long and was ended; give the facts by flags (--repo, --branch, --commit)";
  }
  if (answer.error.find("dubious ownership") != std::string::npos) {
    return place + "it belongs to another user; run `git config --global --add safe.directory " +
           printable(root.string()) + "`";
  }
  return place + (answer.error.empty() ? "git failed" : "git says: " + printable(answer.error));
}

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  std::istringstream stream(text);
  for (std::string line; std::getline(stream, line);) lines.push_back(line);
  return lines;
}

/// Asks git about one checkout until the deadline.
class Asker {
 public:
  Asker(fs::path root, const Environment& environment)
      : root_(std::move(root)),
        environment_(environment),
        deadline_(std::chrono::steady_clock::now() + std::chrono::seconds(5)) {}

  [[nodiscard]] GitAnswer ask(const std::vector<std::string>& arguments) const {
    return run_git(root_, arguments, environment_, deadline_);
  }

  /// `git remote get-url` and not the config, because it applies insteadOf; empty when there is no such remote.
  [[nodiscard]] std::string url_of(const std::string& remote) const {
    const GitAnswer answer = ask({"remote", "get-url", "--", remote});
    return answer.ok() ? answer.output.substr(0, answer.output.find('\n')) : std::string{};
  }

 private:
  fs::path root_;
  const Environment& environment_;
  Deadline deadline_;
};

/// `origin`, else the only remote, else the upstream's of the branch.
std::string remote_url(const Asker& git, const std::string& branch) {
  const std::vector<std::string> remotes = lines_of(git.ask({"remote"}).output);
  if (std::ranges::find(remotes, "origin") != remotes.end()) return git.url_of("origin");
  if (remotes.size() == 1) return git.url_of(remotes.front());
  if (remotes.empty() || branch.empty()) return {};
  const GitAnswer upstream = git.ask({"config", "--get", "branch." + branch + ".remote"});
  return upstream.ok() ? git.url_of(upstream.output) : std::string{};
}

}  // namespace

CheckoutFacts read_checkout(const fs::path& directory, const Environment& environment) {
  CheckoutFacts facts;
  const fs::path root = find_root(directory);
  if (root.empty()) return facts;
  facts.found = true;
  const Asker git(root, environment);

  // Exit status 1 and silence: HEAD is no branch. Anything else is a refusal.
  const GitAnswer head = git.ask({"symbolic-ref", "-q", "HEAD"});
  const bool detached = head.end == GitAnswer::End::exited && head.status == 1 && head.error.empty();
  if (!head.ok() && !detached) {
    facts.warnings.push_back(refusal(root, head));
    return facts;
  }
  constexpr std::string_view heads = "refs/heads/";
  if (head.output.starts_with(heads)) facts.branch = head.output.substr(heads.size());
  const GitAnswer commit = git.ask({"rev-parse", "--verify", "-q", "HEAD^{commit}"});
  if (commit.ok()) facts.commit = commit.output;
  facts.remote_url = remote_url(git, facts.branch);
  return facts;
}

std::optional<bool> is_shallow(const fs::path& directory, const Environment& environment) {
  const fs::path root = find_root(directory);
  if (root.empty()) return std::nullopt;
  const GitAnswer answer = Asker(root, environment).ask({"rev-parse", "--is-shallow-repository"});
  if (!answer.ok()) return std::nullopt;
  return answer.output == "true";
}

}  // namespace lifecycle::git
