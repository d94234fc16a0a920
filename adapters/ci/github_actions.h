// GitHub Actions, and Gitea Actions and Forgejo Actions, which set GitHub's variables too.
#pragma once

#include "adapters/ci/ci_reader.h"

namespace lifecycle::ci {

/// GITHUB_* and the payload at GITHUB_EVENT_PATH (github.com and Enterprise Server). Errors: payload-mismatch,
/// payload-unreadable.
[[nodiscard]] Result<event::Event> read_github_actions(const CiInput& input);
[[nodiscard]] Result<event::Event> read_gitea_actions(const CiInput& input);
/// FORGEJO_* before GITHUB_*.
[[nodiscard]] Result<event::Event> read_forgejo_actions(const CiInput& input);

}  // namespace lifecycle::ci
