// Which of the agent's own variables a job gets, which it never gets, and which names tell of a secret.
#pragma once

#include <string_view>

namespace lifecycle::plan {

/// Passed on unasked: what programs need to find their way, and those facts of GitHub's that name no file that
/// the runner reads back.
[[nodiscard]] bool is_passed_on(std::string_view name);

/// Whether a variable that is passed on tells of the CI (source `ci`) rather than of the machine.
[[nodiscard]] bool tells_of_ci(std::string_view name);

/// The agent's own credentials: no workflow gets them, not even one that declares them.
[[nodiscard]] bool is_own_token(std::string_view name);

/// Never passed on from the agent's environment, whoever asks: the files that GitHub's runner reads back after
/// the step, its internal addresses, and the inputs of the step that the agent is.
[[nodiscard]] bool is_kept_back(std::string_view name);

/// Only as a declared secret: `…_TOKEN`.
[[nodiscard]] bool is_token(std::string_view name);

/// Whether the name tells of a secret: /key|token|secret|pass|pwd|private|credential|auth/i.
[[nodiscard]] bool is_telling(std::string_view name);

/// Whether the value is an address with a password in it (`http://user:password@proxy:3128`).
[[nodiscard]] bool holds_password(std::string_view value);

}  // namespace lifecycle::plan
