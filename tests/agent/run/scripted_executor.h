// An executor without processes: each step is a line of commands for it. Drives the orchestration through every
// end that a job can have, at any moment.
#pragma once

#include <boost/asio/io_context.hpp>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "agent/run/executor.h"

namespace lifecycle::run {

/// Commands, separated by `;` in a step:
///   out TEXT     a line of output           part TEXT   output without a line end
///   exit N       the job ends with N        signal N    … by that signal
///   env NAME     prints the variable        pwd         prints the working directory
///   wait         gives way once             sleep N     N milliseconds
///   hang         until it is stopped        listen N    accepts on port N of 127.0.0.1 until the job ends
///   http N TEXT  … and answers each request with status TEXT
///   leave NAME   a leftover process         notimes     (first step) the script is a plain file
///   note TEXT    a diagnostic               throw, unstartable
/// Unless it is last, a failing shell step of a legacy workflow changes nothing for the next: that is for the run.
class ScriptedExecutor final : public Executor {
 public:
  explicit ScriptedExecutor(asio::io_context& io) : io_(io) {}

  asio::awaitable<JobEnd> run(JobTask task, JobSink& sink, StopSignal& stop) override;
  [[nodiscard]] std::vector<Leftover> alive() const override { return still_alive; }

  /// Called at every point at which something else could happen; counts them.
  std::function<void()> at_point;
  std::vector<Leftover> still_alive;
  /// What ran: `name: step`.
  std::vector<std::string> journal;
  std::vector<JobTask> tasks;
  /// How many requests the services have answered.
  std::shared_ptr<int> requests = std::make_shared<int>(0);
  int running = 0;
  int most_running = 0;
  /// How often each task's stop was raised when it ended, by task name.
  std::map<std::string, int> stop_levels;

 private:
  struct Play;
  asio::awaitable<void> point();
  asio::awaitable<bool> play(Play& play, std::string_view command);
  asio::awaitable<JobEnd> perform(JobTask& task, JobSink& sink, StopSignal& stop);

  asio::io_context& io_;
};

}  // namespace lifecycle::run
