// Files that root made in somebody's workspace go back to that somebody: a root-owned file would break the
// next checkout on a self-hosted runner (actions/runner issue 434, actions/checkout issue 1014).
#pragma once

#include <chrono>
#include <filesystem>

namespace lifecycle::os {

/// Gives every entry below `directory` that root owns and that was made or changed at or after `since` to the
/// owner of `directory`. Does nothing unless this process is root and the directory's owner is not. Links are
/// not followed, other file systems not entered. Returns how many entries changed hands.
std::size_t return_ownership(const std::filesystem::path& directory, std::chrono::system_clock::time_point since);

}  // namespace lifecycle::os
