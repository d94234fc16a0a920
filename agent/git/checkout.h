// The facts of a checkout, asked of git itself (worktrees, `.git` files and insteadOf are its business).
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "agent/base/environment.h"

namespace lifecycle::git {

struct CheckoutFacts {
  bool found = false;  // a `.git` lies in the directory or above it
  std::string branch;  // short name; empty: detached
  std::string commit;  // of HEAD; empty: no commit yet
  /// Of `origin`, else of the only remote, else of the branch's upstream; may hold credentials, so it is never shown.
  std::string remote_url;
  std::vector<std::string> warnings;  // what git refused, with the fix
};

/// Runs git a few times in the checkout that holds `directory`, for at most some seconds in all; asks nobody for
/// a password and touches no network. No `.git`: git is not run at all.
[[nodiscard]] CheckoutFacts read_checkout(const std::filesystem::path& directory, const Environment& environment);

/// Whether the checkout that holds `directory` lacks older commits; nothing where there is none, or git refuses.
[[nodiscard]] std::optional<bool> is_shallow(const std::filesystem::path& directory, const Environment& environment);

}  // namespace lifecycle::git
