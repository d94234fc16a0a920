// Starts one program as the leader of a process group of its own. The only file that uses Boost.Process v2, whose
// release 1.81 is used for the fork alone: everything between fork and exec, and every wait, is ours (launch.cc).
#pragma once

#include <sys/types.h>

#include <boost/asio/any_io_executor.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <tl/expected.hpp>
#include <vector>

#include "agent/os/file_descriptor.h"

namespace lifecycle::process {

struct LaunchPlan {
  std::string program;            // path for execve
  std::vector<std::string> argv;  // argv[0] too
  std::vector<std::string> env;   // NAME=value, complete
  std::string workdir;            // empty: the agent's own
  int stdin_fd = 0;
  int output_fd = 1;      // becomes 1 and 2; at least 3 unless it is 1
  int error_fd = -1;      // becomes 2 instead; -1: as output_fd
  int cgroup_procs = -1;  // a cgroup.procs open for writing; -1: stay
  std::string bind_from;  // bound to bind_to in a mount namespace of the child; empty: no namespace
  std::string bind_to;
  bool foreground = false;   // give the group the terminal on stdin
  bool own_session = false;  // without the agent's terminal: /dev/tty cannot be opened
};

/// A running child that nobody has waited for; `pidfd` is readable when it has ended.
struct Launched {
  pid_t pid = -1;
  os::FileDescriptor pidfd;
};

enum class LaunchStage { fork, mount, workdir, exec };

struct LaunchFailure {
  LaunchStage stage = LaunchStage::fork;
  int error = 0;
};

/// Starts the program: default signals and an empty mask whatever the agent inherited, descriptors 0, 1, 2 only, no
/// core dumps, killed with the calling thread (which must live as long as the process). Blocks until exec.
[[nodiscard]] tl::expected<Launched, LaunchFailure> launch(const LaunchPlan& plan);

/// The file that `name` means: itself with a slash in it, else the first executable one in `path`'s directories.
[[nodiscard]] std::optional<std::string> find_program(const std::string& name, std::string_view path);

/// The same open file with a number of 3 or more, closed on exec: never one that a child's 0, 1, 2 overwrite.
[[nodiscard]] os::FileDescriptor above_standard(os::FileDescriptor file);

}  // namespace lifecycle::process
