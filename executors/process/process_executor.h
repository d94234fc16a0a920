// Jobs and services as process trees on this machine: started in a group of their own, fed step by step, and ended with
// everything that they started.
#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <memory>
#include <string>
#include <vector>

#include "agent/run/executor.h"

namespace lifecycle::process {

struct ProcessExecutorOptions {
  /// The run's value of LIFECYCLE_AGENT_RUN; the jobs' processes carry it with `.NUMBER` behind it.
  std::string run_marker;
  /// An existing directory of the agent's own (mode 0700, outside of the work tree) for the jobs' scripts.
  std::string private_directory;
  /// Wait actively for the shell, 100 µs at most, while fewer jobs run than CPUs.
  bool may_spin = true;
  bool use_cgroups = true;           // where they can be made
  bool use_mount_namespaces = true;  // for /ops, where allowed
  std::string ops_path = "/ops";
  /// How long `bash -n` may be asked which steps belong together; 0: every step stands alone.
  run::milliseconds grouping_limit{3000};
  run::milliseconds leftover_grace{2000};  // after TERM to what a main process left behind
  run::milliseconds kill_limit{5000};      // after KILL, then survivors are reported
};

class ProcessExecutor final : public run::Executor {
 public:
  /// Makes the agent a child subreaper and ignores SIGPIPE. `executor` must run on one thread, and that thread must
  /// live as long as the jobs: the kernel kills them with it.
  ProcessExecutor(boost::asio::any_io_executor executor, ProcessExecutorOptions options);
  ProcessExecutor(const ProcessExecutor&) = delete;
  ProcessExecutor& operator=(const ProcessExecutor&) = delete;
  ~ProcessExecutor() override;

  boost::asio::awaitable<run::JobEnd> run(run::JobTask task, run::JobSink& sink, run::StopSignal& stop) override;
  [[nodiscard]] std::vector<run::Leftover> alive() const override;

 private:
  std::shared_ptr<struct ExecutorState> state_;
};

}  // namespace lifecycle::process
