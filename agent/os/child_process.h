// One run of a helper program: an argument list, never a shell; what it prints is collected.
#pragma once

#include <chrono>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "agent/base/environment.h"

namespace lifecycle::os {

using Deadline = std::chrono::steady_clock::time_point;

struct ChildAnswer {
  enum class End { exited, timed_out, not_started };
  End end = End::not_started;
  int status = -1;     // of an exited one; -1: a signal ended it
  std::string output;  // first 64 KiB of each
  std::string error;   // or why it was not started

  [[nodiscard]] bool ok() const { return end == End::exited && status == 0; }
};

/// Where PATH of the given environment has the program; empty: nowhere. A name with a slash is taken as it is.
[[nodiscard]] std::string find_program(std::string_view name, const Environment& environment);

struct ChildRun {
  std::string program;                   // a path
  std::vector<std::string> words;        // argv, the program's name first
  std::vector<std::string> environment;  // NAME=value
  std::string input;                     // on stdin; empty: stdin is at its end
};

/// Waits for the end of the child and of its output. At the deadline, which is asked for again and again, it and its
/// children are killed. SIGPIPE is to be ignored.
[[nodiscard]] ChildAnswer run_child(const ChildRun& run, const std::function<Deadline()>& deadline);

}  // namespace lifecycle::os
