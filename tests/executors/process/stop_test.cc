// Stopping: what is sent to whom, when a rung ends, what the end says.
#include <signal.h>

#include "tests/executors/process/job_fixture.h"

namespace lifecycle::process {
namespace {

using run::EndReason;
using run::StopReason;
using std::chrono::milliseconds;

class Stop : public JobTest {
 protected:
  /// Raises the signal so many times, `apart`, beginning when the group has begun and `delay` has passed.
  void raise_in_group(int group, int times, milliseconds apart = milliseconds(0)) {
    sink.on_step = [=, this](int started) {
      if (started != group) return;
      for (int i = 0; i < times; ++i) {
        after(milliseconds(100) + i * apart, [this] { stop.raise(StopReason::cancelled, SIGINT); });
      }
    };
  }
};

TEST_F(Stop, InterruptEndsAPlainScript) {
  raise_in_group(1, 1);
  run::JobTask task = steps_task({"echo a", "sleep 30", "echo never"});
  task.grace_int = milliseconds(8000);
  const auto end = run(task);
  EXPECT_EQ(end.reason, EndReason::cancelled);
  EXPECT_EQ(end.exit, 130);
  EXPECT_EQ(end.signal, SIGINT);
  EXPECT_EQ(end.last_group, 1);
  EXPECT_EQ(sink.output_, "a\n");
  EXPECT_LT(took, milliseconds(4000));  // the rung ended early
  expect_nothing_left();
}

TEST_F(Stop, NoFurtherStepBeginsWhenACommandSwallowsTheInterrupt) {
  raise_in_group(0, 1);
  const auto end = run(steps_task({"bash -c 'trap \"exit 0\" INT; sleep 30 & wait'", "echo next > reached"}));
  EXPECT_EQ(end.reason, EndReason::cancelled);
  EXPECT_EQ(end.signal, SIGTERM);
  EXPECT_EQ(end.last_group, 0);
  EXPECT_EQ(sink.starts_.size(), 1U);
  EXPECT_FALSE(std::filesystem::exists(directory.path() / "work/reached"));
  expect_nothing_left();
}

TEST_F(Stop, AScriptMayCleanUpAtTerm) {
  raise_in_group(1, 1);
  const auto end = run(steps_task({"trap 'echo cleaned; exit 7' TERM; trap '' INT", "sleep 30 & wait $!"}));
  EXPECT_EQ(end.reason, EndReason::cancelled);
  EXPECT_EQ(end.exit, 7);
  EXPECT_EQ(sink.output_, "cleaned\n");
  expect_nothing_left();
}

TEST_F(Stop, DeafToInterruptEndsAtTermAfterTheGrace) {
  raise_in_group(0, 1);
  const auto end = run(steps_task({"trap '' INT; sleep 30"}));
  EXPECT_EQ(end.signal, SIGTERM);
  EXPECT_EQ(end.exit, 143);
  EXPECT_GE(took, milliseconds(400));
  EXPECT_LT(took, milliseconds(5000));
}

TEST_F(Stop, DeafToAllIsKilledAfterBothGraces) {
  raise_in_group(0, 1);
  const auto end = run(steps_task({"trap '' INT TERM; while :; do sleep 30; done"}));
  EXPECT_EQ(end.signal, SIGKILL);
  EXPECT_EQ(end.exit, 137);
  EXPECT_GE(took, milliseconds(700));
  EXPECT_LT(took, milliseconds(5000));
  expect_nothing_left();
}

TEST_F(Stop, ASecondSignalSkipsToTermAndAThirdToKill) {
  raise_in_group(0, 3, milliseconds(50));
  run::JobTask task = steps_task({"trap '' INT; trap 'echo term' TERM; while :; do :; done"});
  task.grace_int = task.grace_term = milliseconds(5000);
  const auto end = run(task);
  EXPECT_EQ(sink.output_, "term\n");
  EXPECT_EQ(end.signal, SIGKILL);
  EXPECT_LT(took, milliseconds(4000));
  expect_nothing_left();
}

TEST_F(Stop, GracesOfTheSignalReplaceThoseOfTheTask) {
  sink.on_step = [this](int) {
    after(milliseconds(50), [this] {
      stop.grace_int = milliseconds(20);
      stop.grace_term = milliseconds(20);
      stop.raise(StopReason::cancelled, SIGTERM);
    });
  };
  run::JobTask task = steps_task({"trap '' INT TERM; while :; do sleep 30; done"});
  task.grace_int = task.grace_term = milliseconds(5000);
  const auto end = run(task);
  EXPECT_EQ(end.signal, SIGKILL);
  EXPECT_LT(took, milliseconds(4000));
}

TEST_F(Stop, TimeoutUsesTheSameLadder) {
  run::JobTask task = steps_task({"echo a", "sleep 30"});
  task.timeout = milliseconds(150);
  const auto end = run(task);
  EXPECT_EQ(end.reason, EndReason::timed_out);
  EXPECT_EQ(end.signal, SIGINT);
  EXPECT_EQ(end.last_group, 1);
  EXPECT_GE(took, milliseconds(150));
  EXPECT_LT(took, milliseconds(5000));
  expect_nothing_left();
}

TEST_F(Stop, ATimeoutThatTheRunRaisedIsATimeout) {
  sink.on_step = [this](int) { after(milliseconds(50), [this] { stop.raise(StopReason::timed_out); }); };
  EXPECT_EQ(run(steps_task({"sleep 30"})).reason, EndReason::timed_out);
}

TEST_F(Stop, RaisedBeforeTheStartNothingStarts) {
  stop.raise(StopReason::cancelled, SIGTERM);
  const auto end = run(steps_task({"echo never"}));
  EXPECT_EQ(end.reason, EndReason::cancelled);
  EXPECT_TRUE(sink.output_.empty());
  expect_nothing_left();
}

/// Daemons with sessions of their own beside a main process; how deaf each is decides at which rung it ends.
struct DaemonCase {
  std::string label;
  std::string main_is_deaf_to;
  std::string daemons_are_deaf_to;
  int signals;  // that the run gets; 0: the job times out
  bool use_cgroups;
};
class Daemons : public JobTest, public testing::WithParamInterface<DaemonCase> {};

TEST_P(Daemons, ThatEndWithTheirJobAreAllNamed) {
  options.use_cgroups = GetParam().use_cgroups;
  const std::string start = "for i in 1 2 3 4 5; do ( " + GetParam().daemons_are_deaf_to +
                            " exec setsid sleep 61 </dev/null >/dev/null 2>&1 ) & done; sleep 0.2";
  run::JobTask task = steps_task({start, GetParam().main_is_deaf_to + " while :; do sleep 0.05; done"});
  task.grace_int = task.grace_term = milliseconds(300);
  if (GetParam().signals == 0) task.timeout = milliseconds(600);
  sink.on_step = [this](int group) {
    if (group != 1) return;
    for (int i = 0; i < GetParam().signals; ++i) {
      after(milliseconds(150), [this] { stop.raise(StopReason::cancelled, SIGINT); });
    }
  };
  const auto end = run(task);
  EXPECT_EQ(end.leftovers.size(), 5U);
  for (const run::Leftover& leftover : end.leftovers) EXPECT_EQ(leftover.name, "sleep");
  expect_nothing_left();
}
INSTANTIATE_TEST_SUITE_P(
    Stop, Daemons,
    testing::Values(DaemonCase{"AllDeaf", "trap '' INT TERM;", "trap '' INT TERM;", 1, true},
                    DaemonCase{"AllDeafWithoutCgroup", "trap '' INT TERM;", "trap '' INT TERM;", 1, false},
                    DaemonCase{"AllDeafTimeout", "trap '' INT TERM;", "trap '' INT TERM;", 0, true},
                    DaemonCase{"AllDeafTimeoutWithoutCgroup", "trap '' INT TERM;", "trap '' INT TERM;", 0, false},
                    DaemonCase{"KilledAtOnce", "", "", 3, true},
                    DaemonCase{"KilledAtOnceWithoutCgroup", "", "", 3, false},
                    DaemonCase{"MainHearsInt", "", "", 1, true}, DaemonCase{"AllHearTerm", "trap '' INT;", "", 1, true},
                    DaemonCase{"OnlyMainHearsTerm", "trap '' INT;", "trap '' INT TERM;", 1, true}),
    [](const auto& row) { return row.param.label; });

TEST_F(Stop, WhatRunsInTheForegroundIsNoLeftover) {
  raise_in_group(0, 1);
  // timeout makes a process group of its own for what it runs.
  const auto end = run(steps_task({"trap '' INT; timeout 60 bash -c 'sleep 40; true'"}));
  EXPECT_EQ(end.reason, EndReason::cancelled);
  EXPECT_TRUE(end.leftovers.empty());
  expect_nothing_left();
}

TEST_F(Stop, AnOrphanOfARunningScriptIsALeftover) {
  raise_in_group(1, 3);
  const auto end = run(steps_task({"( ( sleep 61 >/dev/null 2>&1 & ) ); sleep 0.05", "sleep 40"}));
  ASSERT_EQ(end.leftovers.size(), 1U);
  EXPECT_EQ(end.leftovers[0].name, "sleep");
  expect_nothing_left();
}

TEST_F(Stop, AStoppedProcessHearsTerm) {
  raise_in_group(0, 1);
  const auto end = run(steps_task({"trap '' INT; kill -STOP $$", "echo never"}));
  EXPECT_NE(end.signal, SIGKILL);
  expect_nothing_left();
}

TEST_F(Stop, OutputOfTheLastMomentsArrives) {
  raise_in_group(1, 1);
  run(steps_task({"trap 'for i in {1..2000}; do echo line $i; done; exit 1' INT", "sleep 30"}));
  EXPECT_NE(sink.output_.find("line 2000\n"), std::string::npos);
}

/// A reader that stands still must not stop a stop.
class StuckSink : public RecordingSink {
 public:
  explicit StuckSink(boost::asio::any_io_executor executor) : never_(executor, run::Clock::time_point::max()) {}
  [[nodiscard]] bool has_room() const override { return output_.empty(); }
  boost::asio::awaitable<void> room() override { co_await never_.async_wait(boost::asio::use_awaitable); }

 private:
  boost::asio::steady_timer never_;
};

TEST_F(Stop, WorksWhileTheReaderIsStuck) {
  StuckSink stuck(io.get_executor());
  after(milliseconds(200), [this] { stop.raise(StopReason::cancelled, SIGINT); });
  const auto end = run(steps_task({"while :; do echo much output; done"}), stuck);
  EXPECT_EQ(end.reason, EndReason::cancelled);
  EXPECT_LT(took, milliseconds(10000));
  expect_nothing_left();
}

TEST_F(Stop, AServiceEndsTheSameWay) {
  after(milliseconds(200), [this] { stop.raise(StopReason::cancelled, SIGTERM); });
  const auto end = run(argv_task({"sleep", "30"}));
  EXPECT_EQ(end.reason, EndReason::cancelled);
  EXPECT_EQ(end.signal, SIGINT);
  EXPECT_EQ(end.last_group, -1);
  EXPECT_TRUE(sink.starts_.empty());
  expect_nothing_left();
}

}  // namespace
}  // namespace lifecycle::process
