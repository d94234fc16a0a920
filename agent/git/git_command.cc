#include "agent/git/git_command.h"

#include <algorithm>
#include <array>

namespace lifecycle::git {
namespace {

/// The caller's variables without those that would lead git to another repository, and with no prompt, no locks taken
/// for show, and words in English (they are only compared, never parsed for facts).
std::vector<std::string> git_environment(const Environment& environment) {
  std::vector<std::string> list;
  constexpr std::array<std::string_view, 9> dropped{
      "GIT_DIR",       "GIT_WORK_TREE",       "GIT_INDEX_FILE",     "GIT_COMMON_DIR",
      "GIT_NAMESPACE", "GIT_TERMINAL_PROMPT", "GIT_OPTIONAL_LOCKS", "GIT_TRACE",
      "LC_ALL"};
  for (const auto& [name, value] : environment.all()) {
    if (std::ranges::find(dropped, name) == dropped.end()) list.push_back(std::string(name).append("=").append(value));
  }
  list.insert(list.end(), {"GIT_TERMINAL_PROMPT=0", "GIT_OPTIONAL_LOCKS=0", "LC_ALL=C"});
  return list;
}

void keep_first_line(std::string& text) { text.resize(std::min(text.size(), text.find('\n'))); }

}  // namespace

GitAnswer run_git(const std::filesystem::path& root, const std::vector<std::string>& arguments,
                  const Environment& environment, Deadline deadline) {
  const std::string program = os::find_program("git", environment);
  if (program.empty()) return {.output = {}, .error = "git is not installed"};
  os::ChildRun run{.program = program,
                   .words = {program, "-c", "safe.directory=" + root.string(), "-C", root.string()},
                   .environment = git_environment(environment),
                   .input = {}};
  run.words.insert(run.words.end(), arguments.begin(), arguments.end());
  GitAnswer answer = os::run_child(run, [deadline] { return deadline; });
  if (answer.output.ends_with('\n')) answer.output.pop_back();
  keep_first_line(answer.error);
  return answer;
}

}  // namespace lifecycle::git
