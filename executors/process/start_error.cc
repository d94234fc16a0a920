#include "executors/process/start_error.h"

#include <algorithm>
#include <cerrno>
#include <system_error>

#include "agent/base/system_limits.h"
#include "executors/process/process_diagnostics.h"

namespace lifecycle::process {
namespace {

std::string name_of(const std::string& entry) { return entry.substr(0, entry.find('=')); }

std::size_t total_size(const std::vector<std::string>& texts) {
  std::size_t size = 0;
  for (const std::string& text : texts) size += text.size() + 1 + sizeof(char*);
  return size;
}

/// "A (90000 bytes), B (80000 bytes)": what to make smaller first.
std::string largest_variables(std::vector<std::string> env) {
  constexpr std::size_t shown = 3;
  std::sort(env.begin(), env.end(), [](const auto& a, const auto& b) { return a.size() > b.size(); });
  std::string text;
  for (std::size_t i = 0; i < std::min(shown, env.size()); ++i) {
    if (i > 0) text += ", ";
    text += name_of(env[i]) + " (" + std::to_string(env[i].size()) + " bytes)";
  }
  return text;
}

}  // namespace

std::string system_reason(int error) { return std::generic_category().message(error); }

std::optional<Diagnostic> check_sizes(const std::vector<std::string>& argv, const std::vector<std::string>& env) {
  for (const std::string& entry : env) {
    if (entry.size() <= longest_exec_string) continue;
    return Diagnostic{.code = environment_too_large.code,
                      .message = "variable '" + name_of(entry) + "' has " + std::to_string(entry.size()) +
                                 " bytes with its name, the system takes at most " +
                                 std::to_string(longest_exec_string),
                      .hint = "put the value into a file and pass its path"};
  }
  for (const std::string& argument : argv) {
    if (argument.size() <= longest_exec_string) continue;
    return Diagnostic{.code = environment_too_large.code,
                      .message = "an argument of '" + argv.front() + "' has " + std::to_string(argument.size()) +
                                 " bytes, the system takes at most " + std::to_string(longest_exec_string),
                      .hint = "put it into a file and pass its path"};
  }
  return std::nullopt;
}

Diagnostic program_not_found(std::string_view program, std::string_view path) {
  return {.code = exec_failed.code,
          .message = "program '" + std::string(program) + "' was not found in PATH",
          .hint = path.empty() ? "the job's PATH is empty" : "searched: " + std::string(path)};
}

Diagnostic explain_failure(const LaunchFailure& failure, const LaunchPlan& plan, std::string_view path) {
  if (failure.stage == LaunchStage::workdir) {
    return {.code = workdir_unusable.code,
            .message = "cannot enter the working directory '" + plan.workdir + "': " + system_reason(failure.error)};
  }
  if (failure.stage == LaunchStage::mount) return explain_system_error("mount", failure.error);
  if (failure.stage == LaunchStage::fork) return explain_system_error("process", failure.error);
  if (failure.error == E2BIG) {
    return {.code = environment_too_large.code,
            .message = "arguments and environment of '" + plan.program + "' have " +
                       std::to_string(total_size(plan.argv) + total_size(plan.env)) +
                       " bytes, more than the system takes",
            .hint = "the largest variables: " + largest_variables(plan.env)};
  }
  std::string hint = "searched: " + std::string(path);
  if (failure.error == ENOENT) hint = "the file or the interpreter in its first line is missing";
  if (failure.error == ENOEXEC) hint = "the file is no program; a script needs a first line like #!/bin/bash";
  return {.code = exec_failed.code,
          .message = "cannot execute '" + plan.program + "': " + system_reason(failure.error),
          .hint = std::move(hint)};
}

Diagnostic explain_system_error(std::string_view what, int error) {
  return {.code = launch_failed.code, .message = "cannot make a " + std::string(what) + ": " + system_reason(error)};
}

}  // namespace lifecycle::process
