#include "executors/process/process_executor.h"

#include <sched.h>
#include <signal.h>

#include <boost/asio/this_coro.hpp>
#include <utility>

#include "executors/process/executor_state.h"
#include "executors/process/job_run.h"
#include "executors/process/start_error.h"

namespace lifecycle::process {
namespace {

namespace asio = boost::asio;

/// CPUs that this process may use, not those that the machine has.
int usable_cpus() {
  cpu_set_t set;
  CPU_ZERO(&set);
  return ::sched_getaffinity(0, sizeof set, &set) == 0 ? CPU_COUNT(&set) : 1;
}

std::optional<std::string> find_cgroup() {
  const auto mounts = read_kernel_file("/proc/self/mountinfo");
  const auto groups = read_kernel_file("/proc/self/cgroup");
  auto directory = mounts && groups ? cgroup_directory(*mounts, *groups) : std::nullopt;
  if (directory) remove_stale_cgroups(*directory);
  return directory;
}

}  // namespace

ExecutorState::ExecutorState(asio::any_io_executor io_executor, ProcessExecutorOptions chosen)
    : executor(std::move(io_executor)),
      options(std::move(chosen)),
      tree(options.run_marker),
      ops({.path = options.ops_path, .namespaces = options.use_mount_namespaces}),
      cgroup_parent(options.use_cgroups ? find_cgroup() : std::nullopt),
      cpus(usable_cpus()) {}

ProcessExecutor::ProcessExecutor(asio::any_io_executor executor, ProcessExecutorOptions options)
    : state_(std::make_shared<ExecutorState>(std::move(executor), std::move(options))) {
  ::signal(SIGPIPE, SIG_IGN);  // a shell that has ended closes its script; children get the default back
}

ProcessExecutor::~ProcessExecutor() = default;

asio::awaitable<run::JobEnd> ProcessExecutor::run(run::JobTask task, run::JobSink& sink, run::StopSignal& stop) {
  // Only the stop signal ends a job: a coroutine torn off by a cancellation would leave its processes behind.
  co_await asio::this_coro::reset_cancellation_state(asio::disable_cancellation());
  run::JobEnd end;
  try {
    auto job = std::make_shared<JobRun>(state_, std::move(task), sink, stop);
    end = co_await job->run();
  } catch (const boost::system::system_error& error) {
    end.reason = run::EndReason::not_started;
    end.error = explain_system_error("descriptor of the job", error.code().value());
  }
  co_return end;
}

std::vector<run::Leftover> ProcessExecutor::alive() const {
  std::vector<run::Leftover> alive;
  state_->tree.reap_orphans();
  for (const ProcessInfo& process : state_->tree.living()) alive.push_back({process.pid, process.name});
  return alive;
}

}  // namespace lifecycle::process
