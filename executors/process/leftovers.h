// What a job leaves behind: the processes of its tree that are not its own work, and are ended after it or with it.
#pragma once

#include <sys/types.h>

#include <utility>
#include <vector>

#include "agent/run/executor.h"
#include "executors/process/proc_files.h"

namespace lifecycle::process {

/// What became of the job's main process when the others are looked at.
enum class MainProcess {
  runs,
  ended,           // by itself or by a polite signal: all that lives on is left over
  killed_with_all  // in one pass with its children, which may be seen for a moment longer
};

/// The left over ones of a job's living processes. While the main process runs they are those in a session of their
/// own, and orphans (children of `agent`) with all below them. A process group of its own tells nothing:
/// `timeout 60 make` runs in one in the foreground.
[[nodiscard]] std::vector<ProcessInfo> left_over(const std::vector<ProcessInfo>& living, MainProcess state, pid_t main,
                                                 pid_t main_session, pid_t agent);

/// Each process once, in the order in which they were met; bounded.
class LeftoverList {
 public:
  void add(const std::vector<ProcessInfo>& processes);
  [[nodiscard]] std::vector<run::Leftover> take() { return std::move(processes_); }

 private:
  std::vector<run::Leftover> processes_;
};

}  // namespace lifecycle::process
