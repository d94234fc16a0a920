#include "executors/process/leftovers.h"

#include <algorithm>
#include <iterator>
#include <map>

namespace lifecycle::process {
namespace {

/// Whether the line of parents ends at the agent without passing the main process.
bool is_orphaned(pid_t pid, const std::map<pid_t, pid_t>& parents, pid_t main, pid_t agent) {
  for (std::size_t step = 0; step <= parents.size() && pid != main; ++step) {
    const auto parent = parents.find(pid);
    if (parent == parents.end()) return false;
    if (parent->second == agent) return true;
    pid = parent->second;
  }
  return false;
}

}  // namespace

std::vector<ProcessInfo> left_over(const std::vector<ProcessInfo>& living, MainProcess state, pid_t main,
                                   pid_t main_session, pid_t agent) {
  if (state == MainProcess::ended) return living;
  std::map<pid_t, pid_t> parents;
  if (state == MainProcess::runs) {
    for (const ProcessInfo& process : living) parents[process.pid] = process.parent;
  }
  std::vector<ProcessInfo> left;
  std::ranges::copy_if(living, std::back_inserter(left), [&](const ProcessInfo& process) {
    if (process.pid == main) return false;
    return process.session != main_session || is_orphaned(process.pid, parents, main, agent);
  });
  return left;
}

void LeftoverList::add(const std::vector<ProcessInfo>& processes) {
  constexpr std::size_t most = 1000;
  for (const ProcessInfo& process : processes) {
    if (processes_.size() >= most) return;
    if (std::ranges::find(processes_, process.pid, &run::Leftover::pid) != processes_.end()) continue;
    processes_.push_back({process.pid, process.name});
  }
}

}  // namespace lifecycle::process
