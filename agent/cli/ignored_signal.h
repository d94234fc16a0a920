// Whoever started us under nohup wants us to outlive the terminal.
#pragma once

#include <csignal>

namespace lifecycle::cli {

[[nodiscard]] inline bool is_ignored(int signal) {
  struct sigaction present{};
  return ::sigaction(signal, nullptr, &present) == 0 && present.sa_handler == SIG_IGN;
}

}  // namespace lifecycle::cli
