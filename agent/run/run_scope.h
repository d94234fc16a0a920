// What all jobs of one run share: where they write, what they may know, what stops them.
#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/steady_timer.hpp>
#include <cstdint>
#include <memory>
#include <set>
#include <string>
#include <string_view>

#include "agent/run/console_floor.h"
#include "agent/run/console_room.h"
#include "agent/run/job_environment.h"
#include "agent/run/job_output.h"
#include "agent/run/job_verdict.h"
#include "agent/run/plan_run.h"
#include "agent/run/raw_console.h"

namespace lifecycle::run {

class RunScope {
 public:
  RunScope(asio::any_io_executor io_executor, const RunOptions& run_options, Executor& job_executor,
           mask::MaskTable& mask_table, output::ConsoleWriter& console_writer, StopSignal& stop_signal,
           std::function<void(const Diagnostic&)> say_aloud);
  RunScope(const RunScope&) = delete;
  RunScope& operator=(const RunScope&) = delete;
  ~RunScope();

  const asio::any_io_executor io;
  const RunOptions& options;
  Executor& executor;
  mask::MaskTable& mask;
  StopSignal& stop;
  KnownValues values;

  /// A line of the agent's own between jobs; nothing in --raw.
  void announce(std::string_view text);
  /// Once in a run, however often it is found; masked.
  void say(const Diagnostic& diagnostic);
  [[nodiscard]] StopState stop_state() const { return {stop.level(), stop.reason(), stop.signal()}; }
  [[nodiscard]] std::unique_ptr<JobOutput> make_output(Layout layout, std::string_view prefix,
                                                       std::vector<std::string> steps);
  /// Carries out one task; what an executor throws becomes the end's error.
  asio::awaitable<JobEnd> run_task(JobTask task, JobSink& sink, StopSignal& task_stop);
  /// Writes what waits for the floor; nothing of the run writes afterwards.
  void close();

 private:
  struct FloorClock;

  std::shared_ptr<ConsoleRoom> room_;
  std::function<void(const Diagnostic&)> say_;
  OutputStyle style_;
  RawConsole raw_console_;
  ConsoleFloor floor_;
  Voice own_voice_;
  std::shared_ptr<FloorClock> floor_clock_;
  std::uint64_t groups_ = 0;
  std::set<std::string> said_;
};

}  // namespace lifecycle::run
