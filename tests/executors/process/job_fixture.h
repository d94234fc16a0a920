// Runs jobs on the process executor for the tests, and plain bash beside it.
#pragma once

#include <gtest/gtest.h>

#include <boost/asio.hpp>
#include <chrono>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "agent/os/files.h"
#include "agent/run/executor.h"
#include "executors/process/process_executor.h"

namespace lifecycle::process {

/// Keeps all that a job says, in order.
class RecordingSink : public run::JobSink {
 public:
  void started(const std::vector<run::StepGroup>& groups, bool times_known) override {
    groups_ = groups;
    times_known_ = times_known;
  }
  void bytes(std::string_view chunk) override {
    output_ += chunk;
    if (on_bytes) on_bytes(*this);
  }
  [[nodiscard]] bool has_room() const override { return true; }
  boost::asio::awaitable<void> room() override { co_return; }
  void pause() override { ++pauses_; }
  [[nodiscard]] bool holds() const override { return false; }
  void step_started(int group) override {
    starts_.push_back({group, output_.size()});
    if (on_step) on_step(group);
  }
  void note(const Diagnostic& diagnostic) override { notes_.push_back(diagnostic); }

  struct Start {
    int group = 0;
    std::size_t offset = 0;  // in the output, when it was said
  };
  std::function<void(const RecordingSink&)> on_bytes;
  std::function<void(int)> on_step;
  std::vector<run::StepGroup> groups_;
  bool times_known_ = false;
  std::string output_;
  std::vector<Start> starts_;
  std::vector<Diagnostic> notes_;
  int pauses_ = 0;
};

/// What plain bash does: exit status (128+n for a signal) and both streams apart.
struct PlainRun {
  int exit = 0;
  std::string out;
  std::string err;
};
/// `bash SCRIPT` with /dev/null as stdin and default signals; waits for all that holds its output.
PlainRun run_plainly(const std::string& script_path, const std::vector<std::string>& env, const std::string& workdir);

/// The processes that carry `marker` in their environment, and the zombies among the children of this process.
int count_marked(const std::string& marker);
int count_zombies();

class JobTest : public testing::Test {
 protected:
  JobTest();
  ~JobTest() override;

  /// The script of a pipeline job, as the plan makes it.
  static std::string script_of(const std::vector<std::string>& steps);
  run::JobTask steps_task(std::vector<std::string> steps) const;
  run::JobTask argv_task(std::vector<std::string> argv) const;

  ProcessExecutor& executor();
  run::JobEnd run(run::JobTask task);
  run::JobEnd run(run::JobTask task, run::JobSink& sink);
  /// Calls `act` after a delay, on the io thread, while the job runs.
  void after(std::chrono::milliseconds delay, std::function<void()> act);
  /// Processes with the run's marker and zombies of ours: must be none after every job.
  void expect_nothing_left() const;

  boost::asio::io_context io{1};
  os::TemporaryDirectory directory;
  std::string marker;
  ProcessExecutorOptions options;
  RecordingSink sink;
  run::StopSignal stop{io.get_executor()};
  std::chrono::milliseconds took{0};  // of the last run

 private:
  std::unique_ptr<ProcessExecutor> executor_;
  std::vector<std::unique_ptr<boost::asio::steady_timer>> timers_;
};

}  // namespace lifecycle::process
