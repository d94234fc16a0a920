#include "executors/process/process_tree.h"

#include <signal.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <set>
#include <utility>

namespace lifecycle::process {
namespace {

/// Who is whose child, asked lazily where the kernel lists children, from one look at all of /proc elsewhere.
class Kinship {
 public:
  [[nodiscard]] std::vector<pid_t> children(pid_t parent) {
    if (by_parent_.empty()) {
      if (auto children = read_children(parent)) return *std::move(children);
      look_at_all();
    }
    const auto [first, last] = by_parent_.equal_range(parent);
    std::vector<pid_t> children;
    for (auto entry = first; entry != last; ++entry) children.push_back(entry->second);
    return children;
  }

 private:
  void look_at_all() {
    for (const pid_t pid : read_all_pids()) {
      if (const auto info = read_process(pid)) by_parent_.emplace(info->parent, pid);
    }
  }

  std::multimap<pid_t, pid_t> by_parent_;
};

/// The living ones among the roots and all below them.
std::vector<ProcessInfo> with_descendants(std::vector<pid_t> roots) {
  Kinship kinship;
  std::vector<ProcessInfo> living;
  std::set<pid_t> seen;
  while (!roots.empty()) {
    const pid_t pid = roots.back();
    roots.pop_back();
    if (pid <= 0 || pid == ::getpid() || !seen.insert(pid).second) continue;
    for (const pid_t child : kinship.children(pid)) roots.push_back(child);
    auto info = read_process(pid);
    if (info && !info->has_ended()) living.push_back(*std::move(info));
  }
  return living;
}

}  // namespace

ProcessTree::ProcessTree(std::string marker)
    : marker_(std::move(marker)), is_subreaper_(::prctl(PR_SET_CHILD_SUBREAPER, 1) == 0) {}

void ProcessTree::own(pid_t child, bool is_job) { owned_[child] = is_job; }

void ProcessTree::disown(pid_t child) { owned_.erase(child); }

std::vector<pid_t> ProcessTree::orphans() const {
  Kinship kinship;
  auto children = kinship.children(::getpid());
  const pid_t own_group = ::getpgrp();
  std::erase_if(children, [&](pid_t child) { return owned_.contains(child) || ::getpgid(child) == own_group; });
  return children;
}

void ProcessTree::reap_orphans() const {
  // Looking first at who has ended (WNOWAIT) would always show the same owned one; so each is asked by its id.
  for (const pid_t orphan : orphans()) ::waitpid(orphan, nullptr, WNOHANG);
}

bool ProcessTree::belongs(pid_t orphan, int job) const {
  const auto jobs = std::count_if(owned_.begin(), owned_.end(), [](const auto& entry) { return entry.second; });
  if (jobs <= 1) return true;
  const auto value = read_variable(orphan, marker_name);
  return value == marker_of(job);
}

std::vector<ProcessInfo> ProcessTree::living(const Job& job) const {
  std::vector<pid_t> roots;
  if (job.cgroup != nullptr) roots = job.cgroup->pids();
  if (job.main > 0) roots.push_back(job.main);
  for (const pid_t orphan : orphans()) {
    if (belongs(orphan, job.number)) roots.push_back(orphan);
  }
  return with_descendants(std::move(roots));
}

std::vector<ProcessInfo> ProcessTree::living() const {
  std::vector<pid_t> roots = orphans();
  for (const auto& [child, is_job] : owned_) roots.push_back(child);
  // Whoever loses its parent becomes a child of a subreaper: without children there are no descendants to look for.
  if (is_subreaper_ && roots.empty()) return {};
  for (const pid_t pid : read_all_pids()) {
    const auto value = read_variable(pid, marker_name);
    if (value && (*value == marker_ || value->starts_with(marker_ + "."))) roots.push_back(pid);
  }
  return with_descendants(std::move(roots));
}

void ProcessTree::send(const ProcessInfo& process, int signal) {
  if (process.parent == ::getpid()) {
    ::kill(process.pid, signal);  // nobody else takes the status of our children, so the id is still its own
    return;
  }
  const os::FileDescriptor pidfd(static_cast<int>(::syscall(SYS_pidfd_open, process.pid, 0)));
  if (!pidfd.is_open()) return;
  const auto now = read_process(process.pid);
  if (now && now->start == process.start) ::syscall(SYS_pidfd_send_signal, pidfd.get(), signal, nullptr, 0);
}

}  // namespace lifecycle::process
