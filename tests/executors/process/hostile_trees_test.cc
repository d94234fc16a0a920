// Processes that do all they can to outlive their job. Each tree meets the ways in which a job ends, once with a
// control group (where this machine lets one be made) and once without.
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <tuple>

#include "tests/executors/process/job_fixture.h"

namespace lifecycle::process {
namespace {

using std::chrono::milliseconds;

struct Tree {
  std::string label;
  std::string step;           // starts the tree; the job goes on
  bool hears_polite_signals;  // ends at TERM
};

const std::vector<Tree> trees = {
    {"SetsidDaemonsDeafToTerm",
     "for i in 1 2 3 4 5 6 7 8 9 10; do setsid bash -c 'trap \"\" TERM INT HUP; while :; do sleep 5; done' "
     "</dev/null >/dev/null 2>&1 & done; sleep 0.1",
     false},
    {"DoubleFork", "( ( setsid sleep 50 </dev/null >/dev/null 2>&1 & ) & ); sleep 0.05", true},
    {"Stopped", "( kill -STOP $BASHPID; sleep 50 ) >/dev/null 2>&1 & sleep 0.05", true},
    {"StoppedAndDeaf", "( trap '' TERM INT; kill -STOP $BASHPID; sleep 50 ) >/dev/null 2>&1 & sleep 0.05", false},
    {"Nohup", "nohup sleep 50 </dev/null >/dev/null 2>&1 & sleep 0.05", true},
    {"JobControl", "set -m; ( trap '' INT; sleep 50 ) >/dev/null 2>&1 & sleep 0.05", true},
    {"ForksInItsTermHandler",
     "bash -c 'trap \"setsid sleep 50 & setsid sleep 50 & exit\" TERM; while :; do sleep 0.02; done' </dev/null "
     ">/dev/null 2>&1 & sleep 0.1",
     false},
    {"NoEnvironment",
     "env -i setsid /bin/bash -c 'trap \"\" TERM; sleep 50; sleep 50' </dev/null >/dev/null 2>&1 & "
     "sleep 0.05",
     false},
    {"Hopper",
     "hop() { trap '' TERM INT HUP; while :; do ( hop ) >/dev/null 2>&1 & exit; done; }; ( setsid true; hop ) "
     ">/dev/null 2>&1 & sleep 0.05",
     false},
};

enum class Ending { byItself, byFailure, byTimeout, byStop, bySecondSignal, byKill };

class HostileTrees : public JobTest, public testing::WithParamInterface<std::tuple<Tree, Ending, bool>> {
 protected:
  [[nodiscard]] static const Tree& tree() { return std::get<0>(GetParam()); }
  [[nodiscard]] static Ending ending() { return std::get<1>(GetParam()); }
};

TEST_P(HostileTrees, AreGoneAfterTheJob) {
  options.use_cgroups = std::get<2>(GetParam());
  options.leftover_grace = milliseconds(150);
  std::string last = "sleep 50";
  if (ending() == Ending::byItself) last = "true";
  if (ending() == Ending::byFailure) last = "exit 3";
  run::JobTask task = steps_task({tree().step, last});
  task.grace_int = milliseconds(100);
  task.grace_term = milliseconds(150);
  task.linger = milliseconds(200);
  sink.on_step = [&](int group) {
    if (group != 1) return;
    const int level = ending() == Ending::byStop ? 1 : ending() == Ending::bySecondSignal ? 2 : 3;
    if (ending() < Ending::byStop) return;
    after(milliseconds(30), [this, level] {
      for (int i = 0; i < level; ++i) stop.raise(run::StopReason::cancelled, SIGTERM);
    });
  };
  if (ending() == Ending::byTimeout) task.timeout = milliseconds(300);
  const run::JobEnd end = run(task);

  switch (ending()) {
    case Ending::byItself:
      EXPECT_EQ(end.exit, 0);
      break;
    case Ending::byFailure:
      EXPECT_EQ(end.exit, 3);
      break;
    case Ending::byTimeout:
      EXPECT_EQ(end.reason, run::EndReason::timed_out);
      break;
    default:
      EXPECT_EQ(end.reason, run::EndReason::cancelled);
      break;
  }
  if (ending() <= Ending::byFailure) {
    EXPECT_EQ(end.reason, run::EndReason::exited);
    EXPECT_FALSE(end.leftovers.empty());
    for (const run::Leftover& leftover : end.leftovers) EXPECT_FALSE(leftover.name.empty());
  }
  EXPECT_TRUE(end.survivors.empty());
  EXPECT_LT(took, milliseconds(6000));
  EXPECT_TRUE(executor().alive().empty());
  expect_nothing_left();
}

std::string name_of(const testing::TestParamInfo<HostileTrees::ParamType>& info) {
  constexpr std::string_view endings[] = {"ByItself", "ByFailure", "ByTimeout", "ByStop", "BySecondSignal", "ByKill"};
  return std::get<0>(info.param).label + std::string(endings[static_cast<int>(std::get<1>(info.param))]) +
         (std::get<2>(info.param) ? "" : "WithoutCgroup");
}

INSTANTIATE_TEST_SUITE_P(All, HostileTrees,
                         testing::Combine(testing::ValuesIn(trees),
                                          testing::Values(Ending::byItself, Ending::byStop, Ending::byKill),
                                          testing::Bool()),
                         name_of);
INSTANTIATE_TEST_SUITE_P(OtherEndings, HostileTrees,
                         testing::Combine(testing::Values(trees[0], trees[6]),
                                          testing::Values(Ending::byFailure, Ending::byTimeout, Ending::bySecondSignal),
                                          testing::Bool()),
                         name_of);

class ManyDaemons : public JobTest, public testing::WithParamInterface<bool> {};

TEST_P(ManyDaemons, TwoHundredDeafOnesAreGone) {
  options.use_cgroups = GetParam();
  options.leftover_grace = milliseconds(100);
  const std::string program =
      "use POSIX; for (1..200) { next if fork(); POSIX::setsid(); $SIG{$_}=\"IGNORE\" for qw(TERM INT HUP); "
      "sleep 50; exit }";
  run::JobTask task = steps_task({"perl -e '" + program + "' </dev/null >/dev/null 2>&1", "sleep 0.1"});
  const run::JobEnd end = run(task);
  EXPECT_EQ(end.exit, 0);
  EXPECT_GE(end.leftovers.size(), 200U);
  EXPECT_TRUE(end.survivors.empty());
  expect_nothing_left();
}
INSTANTIATE_TEST_SUITE_P(Cgroup, ManyDaemons, testing::Bool());

/// Forks and exits without a pause, in a new session each time, until a file appears: nothing stands still to be
/// killed.
class FastHopper : public JobTest, public testing::WithParamInterface<bool> {};

TEST_P(FastHopper, IsCaught) {
  options.use_cgroups = GetParam();
  options.leftover_grace = milliseconds(50);
  const std::string program =
      "use POSIX; $SIG{$_}=\"IGNORE\" for qw(TERM INT HUP); $SIG{CHLD}=\"IGNORE\";"
      "for (my $i = 0; $i < 200000; $i++) { my $p = fork(); if (!defined $p) { select(undef,undef,undef,0.001); next } "
      "exit 0 if $p; POSIX::setsid(); }";
  run::JobTask task = steps_task({"perl -e '" + program + "' </dev/null >/dev/null 2>&1 & sleep 0.1"});
  const run::JobEnd end = run(task);
  EXPECT_EQ(end.exit, 0);
  EXPECT_TRUE(end.survivors.empty());
  EXPECT_LT(took, milliseconds(6000));
  expect_nothing_left();
}
INSTANTIATE_TEST_SUITE_P(Cgroup, FastHopper, testing::Bool());

class Side : public JobTest {};

TEST_F(Side, AParentInVforkIsEnded) {
  run::JobTask task = argv_task({LA_BUILD_DIR "/tests/executors/process/vfork_waiter"});
  task.grace_term = milliseconds(100);
  after(milliseconds(400), [this] { stop.raise(run::StopReason::cancelled, SIGINT); });
  const run::JobEnd end = run(task);
  EXPECT_EQ(end.reason, run::EndReason::cancelled);
  EXPECT_TRUE(end.survivors.empty());
  expect_nothing_left();
}

TEST_F(Side, TearingTheContextDownKillsTheJob) {
  run::JobTask task = steps_task({"echo a", "sleep 40 & sleep 40"});
  {
    boost::asio::io_context own{1};
    ProcessExecutor mine(own.get_executor(), options);
    run::StopSignal never(own.get_executor());
    boost::asio::co_spawn(own, mine.run(task, sink, never), boost::asio::detached);
    own.run_for(milliseconds(300));
  }
  for (int i = 0; i < 300 && ::waitpid(-1, nullptr, WNOHANG) >= 0; ++i) ::usleep(10000);
  EXPECT_EQ(sink.output_, "a\n");
  expect_nothing_left();
}

TEST_F(Side, AJobThatEndsLeavesTheTreeOfAnotherAlone) {
  options.use_cgroups = false;
  run::JobTask service = argv_task({"bash", "-c", "setsid sleep 40 & sleep 0.6; echo served"});
  run::JobTask job = steps_task({"setsid sleep 50 >/dev/null 2>&1 & sleep 0.1", "echo done"});
  RecordingSink service_sink;
  run::JobEnd service_end;
  run::JobEnd job_end;
  const auto note = [](run::JobEnd& place) {
    return [&place](std::exception_ptr error, run::JobEnd end) {
      EXPECT_FALSE(error);
      place = std::move(end);
    };
  };
  boost::asio::co_spawn(io, executor().run(service, service_sink, stop), note(service_end));
  boost::asio::co_spawn(io, executor().run(job, sink, stop), note(job_end));
  io.run();
  EXPECT_EQ(job_end.exit, 0);
  EXPECT_EQ(job_end.leftovers.size(), 1U);
  EXPECT_EQ(service_end.exit, 0);
  EXPECT_EQ(service_sink.output_, "served\n");
  EXPECT_EQ(service_end.leftovers.size(), 1U);
  expect_nothing_left();
}

TEST_F(Side, AChildOfAnotherPartOfTheAgentIsNotReaped) {
  const pid_t other = ::fork();
  if (other == 0) ::_exit(7);
  run(steps_task({"sleep 0.05 & echo a", "sleep 0.1"}));
  int status = 0;
  EXPECT_EQ(::waitpid(other, &status, 0), other);
  EXPECT_EQ(WEXITSTATUS(status), 7);
  expect_nothing_left();
}

TEST_F(Side, AliveNamesTheProcessesOfTheRun) {
  std::vector<run::Leftover> alive;
  after(milliseconds(200), [&] { alive = executor().alive(); });
  run(argv_task({"bash", "-c", "exec -a sleeper sleep 0.5"}));
  ASSERT_EQ(alive.size(), 1U);
  EXPECT_EQ(alive[0].name, "sleep");
  EXPECT_TRUE(executor().alive().empty());
}

}  // namespace
}  // namespace lifecycle::process
