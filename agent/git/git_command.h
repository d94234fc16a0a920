// One run of git: an argument list, never a shell.
#pragma once

#include <chrono>
#include <filesystem>
#include <string>
#include <vector>

#include "agent/base/environment.h"

namespace lifecycle::git {

struct GitAnswer {
  enum class End { exited, timed_out, not_started };
  End end = End::not_started;
  int status = -1;     // of an exited one
  std::string output;  // first 64 KiB, without the last line feed
  std::string error;   // first line of stderr, or why git was not started

  [[nodiscard]] bool ok() const { return end == End::exited && status == 0; }
};

using Deadline = std::chrono::steady_clock::time_point;

/// `git -c safe.directory=ROOT -C ROOT ARGUMENTS…`: the checkout of another user is read all the same (in containers
/// it mostly is another's). At the deadline git and its children are killed.
[[nodiscard]] GitAnswer run_git(const std::filesystem::path& root, const std::vector<std::string>& arguments,
                                const Environment& environment, Deadline deadline);

}  // namespace lifecycle::git
