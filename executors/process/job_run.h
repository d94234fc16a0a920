// One job from its start to the end of its whole tree.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/posix/stream_descriptor.hpp>
#include <boost/asio/signal_set.hpp>
#include <memory>
#include <optional>
#include <vector>

#include "agent/run/executor.h"
#include "executors/process/executor_state.h"
#include "executors/process/job_pump.h"
#include "executors/process/job_start.h"
#include "executors/process/leftovers.h"
#include "executors/process/stop_ladder.h"
#include "executors/process/wakeup.h"

namespace lifecycle::process {

class JobRun : public std::enable_shared_from_this<JobRun> {
 public:
  JobRun(std::shared_ptr<ExecutorState> state, run::JobTask task, run::JobSink& sink, run::StopSignal& stop);
  ~JobRun();
  JobRun(const JobRun&) = delete;
  JobRun& operator=(const JobRun&) = delete;

  boost::asio::awaitable<run::JobEnd> run();

 private:
  boost::asio::awaitable<void> supervise();
  boost::asio::awaitable<void> drain_output();
  boost::asio::awaitable<void> join_helpers();
  boost::asio::awaitable<void> watch_stop();
  void make_watches();
  void start_pump();
  void watch_stop_signal();
  void watch_main();
  void watch_children();

  void look();
  void look_at_main();
  void look_at_wishes();
  void act(StopAct act);
  void signal_group(int signal) const;
  void signal_all(int signal);
  void kill_all();
  [[nodiscard]] std::vector<ProcessInfo> living() const;
  [[nodiscard]] bool anything_left() const;
  [[nodiscard]] run::Clock::time_point next_look();
  void note_leftovers(const std::vector<ProcessInfo>& living);
  void take_back_terminal() const;
  run::JobEnd finish();

  std::shared_ptr<ExecutorState> state_;
  run::JobTask task_;
  run::JobSink& sink_;
  run::StopSignal& stop_;
  int number_;
  Wakeup wakeup_;
  StopLadder ladder_;
  StartedJob job_;
  std::shared_ptr<JobPump> pump_;
  std::optional<boost::asio::posix::stream_descriptor> main_watch_;
  boost::asio::signal_set child_watch_;
  boost::asio::cancellation_signal pump_cancel_;
  boost::asio::cancellation_signal stop_cancel_;
  int helpers_ = 0;  // coroutines that run() has to join
  bool pump_done_ = false;

  std::optional<run::Clock::time_point> timeout_at_;
  bool timed_out_ = false;
  bool survived_ = false;  // something lives on after KILL and its time
  int wish_ = 0;
  run::EndReason reason_ = run::EndReason::exited;
  std::optional<int> status_;  // of the main process, as waitpid gives it
  run::milliseconds tick_{5};
  bool killed_with_all_ = false;  // the main process, in one pass with its children
  LeftoverList leftovers_;
};

}  // namespace lifecycle::process
