// Decides when a job's processes are told to end, and how firmly. Pure: facts and a clock in, the next act out.
//
// INT goes to the main process's group, as a terminal sends it; a script may go on after it (a child that handles INT
// and exits 0), so TERM to every process follows, then KILL. A rung ends early when nothing of the job is left. The
// normal end of the main process leads to the same last rungs for what it left behind.
#pragma once

#include <chrono>
#include <optional>

#include "agent/run/executor.h"

namespace lifecycle::process {

struct StopTimes {
  run::milliseconds interrupt{4000};  // after INT
  run::milliseconds terminate{4000};  // after TERM
  run::milliseconds linger{2000};     // main process ended, output still open
  run::milliseconds settle{50};       // output ended: whoever held it last is about to end as well
  run::milliseconds leftovers{2000};  // after TERM to what the main process left
  run::milliseconds kill{5000};       // after KILL: what lives then is in the kernel (state D) and is reported
};

enum class StopStage { running, lingering, interrupt, terminate, kill, over };

enum class StopAct { none, interrupt, terminate, kill };

struct StopFacts {
  bool main_ended = false;
  bool output_ended = false;  // EOF on the pipe
  bool anything_left = true;  // true without looking while the main process runs and nobody wishes it to stop
  int wish = 0;               // 0: run on; each step more: one rung firmer
};

class StopLadder {
 public:
  explicit StopLadder(StopTimes times) : times_(times) {}

  /// Other times for the rungs that have not begun (a signal in a CI leaves less than a timeout).
  void set_graces(run::milliseconds interrupt, run::milliseconds terminate);
  /// What to do now. In the stage `kill` the act is repeated at each call.
  StopAct advance(run::Clock::time_point now, const StopFacts& facts);
  [[nodiscard]] StopStage stage() const { return stage_; }
  /// Processes may end without anybody being told: look again soon.
  [[nodiscard]] bool watches_closely() const { return settling_ || stage_ >= StopStage::interrupt; }
  /// When to call again if nothing happens.
  [[nodiscard]] std::optional<run::Clock::time_point> deadline() const { return deadline_; }

 private:
  StopAct enter(StopStage stage, run::Clock::time_point now);
  StopAct linger(run::Clock::time_point now, const StopFacts& facts);
  StopAct enter_terminate_for_leftovers(run::Clock::time_point now);
  [[nodiscard]] StopStage stage_wished(int wish) const;

  StopTimes times_;
  StopStage stage_ = StopStage::running;
  std::optional<run::Clock::time_point> deadline_;
  int seen_wish_ = 0;
  bool settling_ = false;
};

}  // namespace lifecycle::process
