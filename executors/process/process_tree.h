// Every process of a job, however it hides: the main process's descendants, the members of the job's control group,
// and orphans. The agent is a child subreaper, so a process that has lost its parent becomes a child of the agent
// instead of leaving the tree (man PR_SET_CHILD_SUBREAPER): double forks, setsid and nohup do not get away.
#pragma once

#include <sys/types.h>

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "executors/process/cgroup.h"
#include "executors/process/proc_files.h"

namespace lifecycle::process {

inline constexpr std::string_view marker_name = "LIFECYCLE_AGENT_RUN";

class ProcessTree {
 public:
  /// Makes the agent a subreaper, once and for good. `marker` is the run's value of LIFECYCLE_AGENT_RUN; a job's
  /// processes have `marker.NUMBER`.
  explicit ProcessTree(std::string marker);

  struct Job {
    int number = 0;
    pid_t main = -1;
    const Cgroup* cgroup = nullptr;
  };

  [[nodiscard]] std::string marker_of(int job) const { return marker_ + "." + std::to_string(job); }

  /// A child that somebody here waits for; it and its descendants are no orphans. `is_job`: main process of a job.
  void own(pid_t child, bool is_job);
  void disown(pid_t child);

  /// Takes the status of orphans that have ended. Children that are owned, and those in the agent's own process group
  /// (other parts of the agent wait for them; a job's processes never begin there), are left alone.
  void reap_orphans() const;

  /// The living processes of a job now. An orphan belongs to the job that its environment names; one that names none
  /// belongs to the job if no other runs.
  [[nodiscard]] std::vector<ProcessInfo> living(const Job& job) const;

  /// The living processes of the whole run, also those that no job claims; by descent and by the marker.
  [[nodiscard]] std::vector<ProcessInfo> living() const;

  /// Sends a signal to exactly that process: by pidfd where its id could be another's by now.
  static void send(const ProcessInfo& process, int signal);

 private:
  [[nodiscard]] std::vector<pid_t> orphans() const;
  [[nodiscard]] bool belongs(pid_t orphan, int job) const;

  std::string marker_;
  bool is_subreaper_;
  std::map<pid_t, bool> owned_;  // value: is a job's main process
};

}  // namespace lifecycle::process
