// A control group (version 2) of a job's own, where one can be made: the kernel then knows every process of the job,
// and cgroup.kill ends them all without a race with fork (Linux 5.14).
#pragma once

#include <sys/types.h>

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "agent/os/file_descriptor.h"

namespace lifecycle::process {

/// The directory of the control group that /proc/self/cgroup names, by the mounts of /proc/self/mountinfo: hybrid hosts
/// mount version 2 beside the version 1 controllers, containers mount only a part of the tree. Nothing without one.
[[nodiscard]] std::optional<std::string> cgroup_directory(std::string_view mountinfo, std::string_view cgroup);

/// `lifecycle-agent.PID.NUMBER`: tells whose it is when its agent was killed.
[[nodiscard]] std::string cgroup_name(pid_t agent, int number);

/// Removes the groups of agents that live no more, as far as they are empty.
void remove_stale_cgroups(const std::string& parent);

class Cgroup {
 public:
  /// Nothing where the directory cannot be made or joined: a frequent case (no root, no delegation), not an error.
  [[nodiscard]] static std::optional<Cgroup> make(const std::string& parent, const std::string& name);
  Cgroup(Cgroup&& other) noexcept = default;
  Cgroup& operator=(Cgroup&& other) noexcept {
    std::swap(path_, other.path_);
    std::swap(procs_, other.procs_);
    return *this;
  }
  Cgroup(const Cgroup&) = delete;
  Cgroup& operator=(const Cgroup&) = delete;
  /// Removes it if it is empty.
  ~Cgroup();

  /// cgroup.procs, for the child to write itself into.
  [[nodiscard]] int procs_fd() const { return procs_.get(); }
  /// Moves a process into it; a refusal is none of the job's concern, its processes are found by descent too.
  void take(pid_t process) const;
  /// The processes in it and in groups below it.
  [[nodiscard]] std::vector<pid_t> pids() const;
  /// False where the kernel has no cgroup.kill.
  bool kill() const;

 private:
  Cgroup(std::string path, os::FileDescriptor procs) : path_(std::move(path)), procs_(std::move(procs)) {}

  std::string path_;
  os::FileDescriptor procs_;
};

}  // namespace lifecycle::process
