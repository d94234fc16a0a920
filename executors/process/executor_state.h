// What the jobs of one executor share.
#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <optional>
#include <string>

#include "executors/process/ops_directory.h"
#include "executors/process/process_executor.h"
#include "executors/process/process_tree.h"

namespace lifecycle::process {

struct ExecutorState {
  ExecutorState(boost::asio::any_io_executor io_executor, ProcessExecutorOptions chosen);

  boost::asio::any_io_executor executor;
  ProcessExecutorOptions options;
  ProcessTree tree;
  OpsDirectory ops;
  std::optional<std::string> cgroup_parent;
  int cpus = 1;
  int running = 0;  // jobs
  int next_job = 1;
  bool ops_noted = false;
};

}  // namespace lifecycle::process
