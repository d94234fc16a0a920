// One run of git: an argument list, never a shell.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "agent/base/environment.h"
#include "agent/os/child_process.h"

namespace lifecycle::git {

/// `output` without its last line feed, of `error` the first line.
using GitAnswer = os::ChildAnswer;

using os::Deadline;

/// `git -c safe.directory=ROOT -C ROOT ARGUMENTS…`: the checkout of another user is read all the same (in containers
/// it mostly is another's). At the deadline git and its children are killed.
[[nodiscard]] GitAnswer run_git(const std::filesystem::path& root, const std::vector<std::string>& arguments,
                                const Environment& environment, Deadline deadline);

}  // namespace lifecycle::git
