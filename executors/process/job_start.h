// Everything that a job needs before its first process runs, and the start itself. What was made for it is taken back
// by destructors, also when the start fails half-way.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "agent/base/result.h"
#include "agent/os/file_descriptor.h"
#include "executors/process/cgroup.h"
#include "executors/process/executor_state.h"
#include "executors/process/job_pump.h"
#include "executors/process/launch.h"

namespace lifecycle::process {

/// A directory with one file in it, removed with it.
class ScriptDirectory {
 public:
  explicit ScriptDirectory(std::string path) : path_(std::move(path)) {}
  ScriptDirectory(const ScriptDirectory&) = delete;
  ScriptDirectory& operator=(const ScriptDirectory&) = delete;
  ~ScriptDirectory();
  /// Makes the directory above it too where that is gone. Errors: launch-failed, directory-unmakeable.
  [[nodiscard]] Result<void> make() const;
  [[nodiscard]] std::string script() const { return path_ + "/main.sh"; }

 private:
  std::string path_;
};

struct StartedJob {
  Launched main;
  os::FileDescriptor output;
  std::optional<FedScript> script;
  std::vector<run::StepGroup> groups;
  bool times_known = false;
  bool foreground = false;
  std::unique_ptr<ScriptDirectory> directory;
  std::unique_ptr<OpsDirectory::Claim> ops;
  std::optional<Cgroup> cgroup;
};

/// Errors: exec-failed, environment-too-large, workdir-unusable, launch-failed, directory-unmakeable. Notes go to the
/// sink.
[[nodiscard]] boost::asio::awaitable<Result<StartedJob>> start_job(std::shared_ptr<ExecutorState> state, int number,
                                                                   const run::JobTask& task, run::JobSink& sink);

}  // namespace lifecycle::process
