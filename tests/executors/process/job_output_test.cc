// The way of the bytes: order under the steps' headers, orphans on the pipe, slow readers, large and odd scripts.
#include <fcntl.h>
#include <signal.h>
#include <sys/resource.h>

#include <fstream>

#include "tests/executors/process/job_fixture.h"

namespace lifecycle::process {
namespace {

using run::EndReason;
using std::chrono::milliseconds;

class Output : public JobTest {
 protected:
  /// The output between the beginnings of two groups.
  std::string under(int group) {
    const auto index = static_cast<std::size_t>(group);
    const std::size_t from = sink.starts_.at(index).offset;
    const std::size_t to = index + 1 < sink.starts_.size() ? sink.starts_[index + 1].offset : sink.output_.size();
    return sink.output_.substr(from, to - from);
  }
};

TEST_F(Output, LiesUnderItsOwnStep) {
  const auto end = run(steps_task({"echo a; echo b >&2", "if true; then", "echo c", "fi", "printf d", "", "echo e"}));
  EXPECT_EQ(end.exit, 0);
  ASSERT_EQ(sink.starts_.size(), 5U);
  EXPECT_EQ(under(0), "a\nb\n");
  EXPECT_EQ(under(1), "c\n");
  EXPECT_EQ(under(2), "d");
  EXPECT_EQ(under(3), "");
  EXPECT_EQ(under(4), "e\n");
}

TEST_F(Output, LargeOutputLiesUnderItsOwnStepToo) {
  const auto end = run(steps_task({"head -c 3000000 /dev/zero", "echo b", "head -c 3000000 /dev/zero", "echo d"}));
  EXPECT_EQ(end.exit, 0);
  EXPECT_EQ(under(0).size(), 3000000U);
  EXPECT_EQ(under(1), "b\n");
  EXPECT_EQ(under(2).size(), 3000000U);
  EXPECT_EQ(under(3), "d\n");
}

TEST_F(Output, BothStreamsKeepTheOrderOfWriting) {
  std::string expected;
  for (int i = 0; i < 200; ++i)
    expected += i % 2 == 0 ? "o" + std::to_string(i) + "\n" : "e" + std::to_string(i) + "\n";
  run(steps_task({"for ((i = 0; i < 200; i += 2)); do echo o$i; echo e$((i + 1)) >&2; done"}));
  EXPECT_EQ(sink.output_, expected);
}

TEST_F(Output, AStepThatWritesForEverInTheBackgroundDoesNotHoldUpTheNext) {
  run::JobTask task =
      steps_task({"yes & sleep 0.05", "echo next >> log", "kill %1 2>/dev/null || kill $!; wait || true"});
  const auto end = run(task);
  EXPECT_EQ(end.exit, 0);
  EXPECT_EQ(sink.starts_.size(), 3U);
}

TEST_F(Output, StepsGoOnWhenTheScriptHasClosedItsOutput) {
  const auto end = run(steps_task({"exec >log 2>&1", "echo one", "echo two"}));
  EXPECT_EQ(end.exit, 0);
  EXPECT_EQ(end.last_group, 2);
  std::ifstream log(directory.path() / "work/log");
  const std::string text(std::istreambuf_iterator<char>(log), {});
  EXPECT_EQ(text, "one\ntwo\n");
}

TEST_F(Output, TimesOfStepsAreTheirOwn) {
  std::vector<run::Clock::time_point> times;
  sink.on_step = [&](int) { times.push_back(run::Clock::now()); };
  run(steps_task({"sleep 0.2", "true", "sleep 0.1", "true"}));
  ASSERT_EQ(times.size(), 4U);
  EXPECT_GE(times[1] - times[0], milliseconds(195));
  EXPECT_LT(times[2] - times[1], milliseconds(190));
  EXPECT_GE(times[3] - times[2], milliseconds(95));
}

TEST_F(Output, AnUnfinishedLineArrivesAtOnce) {
  run::Clock::time_point seen{};
  const auto start = run::Clock::now();
  sink.on_bytes = [&](const RecordingSink&) {
    if (seen == run::Clock::time_point{}) seen = run::Clock::now();
  };
  run(steps_task({"printf 'password? '; sleep 1; echo"}));
  EXPECT_LT(seen - start, milliseconds(900));
}

TEST_F(Output, ASilentOrphanOnThePipeEndsWithTheLinger) {
  const auto end = run(steps_task({"sleep 30 & echo done"}));
  EXPECT_EQ(end.exit, 0);
  EXPECT_EQ(sink.output_, "done\n");
  ASSERT_EQ(end.leftovers.size(), 1U);
  EXPECT_EQ(end.leftovers[0].name, "sleep");
  EXPECT_GE(took, milliseconds(400));
  EXPECT_LT(took, milliseconds(5000));
  expect_nothing_left();
}

TEST_F(Output, WhatAnOrphanWritesWithinTheLingerArrives) {
  const auto end = run(steps_task({"( sleep 0.2; echo late ) & echo main"}));
  EXPECT_EQ(sink.output_, "main\nlate\n");
  EXPECT_TRUE(end.leftovers.empty());
}

TEST_F(Output, AnOrphanThatWritesForEverIsEnded) {
  const auto end = run(steps_task({"( while :; do echo tick; sleep 0.01; done ) & echo main"}));
  EXPECT_EQ(end.exit, 0);
  EXPECT_FALSE(end.leftovers.empty());
  EXPECT_LT(took, milliseconds(5000));
  expect_nothing_left();
}

TEST_F(Output, TheTailOfAPipelineOutsideOfTheShellArrives) {
  run(steps_task({"exec > >(while read -r l; do sleep 0.05; echo \"<$l>\"; done)", "echo a", "echo b"}));
  EXPECT_EQ(sink.output_, "<a>\n<b>\n");
}

/// Takes a chunk only every few milliseconds.
class SlowSink : public RecordingSink {
 public:
  explicit SlowSink(boost::asio::any_io_executor executor) : timer_(executor) {}
  [[nodiscard]] bool has_room() const override { return false; }
  boost::asio::awaitable<void> room() override {
    timer_.expires_after(milliseconds(10));
    co_await timer_.async_wait(boost::asio::use_awaitable);
  }

 private:
  boost::asio::steady_timer timer_;
};

TEST_F(Output, ASlowReaderSlowsTheJobAndLosesNothing) {
  SlowSink slow(io.get_executor());
  run::JobTask task = steps_task({"head -c 20000000 /dev/zero", "date +%s%N > end", "echo z"});
  const auto end = run(task, slow);
  EXPECT_EQ(end.exit, 0);
  EXPECT_EQ(slow.output_.size(), 20000002U);
  EXPECT_GE(took, milliseconds(700));  // 77 chunks of 256 KiB, 10 ms each
  EXPECT_TRUE(end.leftovers.empty());
}

/// Holds something back until it is told of the pause.
class HoldingSink : public RecordingSink {
 public:
  [[nodiscard]] bool holds() const override { return !output_.empty() && pauses_ == 0; }
  void pause() override {
    RecordingSink::pause();
    paused_at = run::Clock::now();
  }
  run::Clock::time_point paused_at{};
};

TEST_F(Output, APauseIsToldAfterTwentyMilliseconds) {
  HoldingSink holding;
  run::Clock::time_point written{};
  holding.on_bytes = [&](const RecordingSink&) { written = run::Clock::now(); };
  run(steps_task({"printf x; sleep 0.3"}), holding);
  EXPECT_EQ(holding.pauses_, 1);
  EXPECT_GE(holding.paused_at - written, milliseconds(20));
  EXPECT_LT(holding.paused_at - written, milliseconds(280));
}

class Scripts : public JobTest {};

TEST_F(Scripts, OfTheNextJobFindAPlaceWhenAJobHasCleanedUp) {
  EXPECT_EQ(run(steps_task({"rm -rf '" + options.private_directory + "'", "echo cleaned"})).exit, 0);
  const run::JobEnd end = run(steps_task({"echo next"}));
  EXPECT_EQ(end.exit, 0) << (end.error ? end.error->message : "");
  EXPECT_EQ(sink.output_, "cleaned\nnext\n");
  expect_nothing_left();
}

TEST_F(Scripts, LargerThanAPipeRunAsTheyAre) {
  std::vector<std::string> steps;
  std::string many_lines;
  for (int i = 0; i < 20000; ++i) many_lines += "x" + std::to_string(i) + "=1\n";
  steps.push_back(many_lines);
  steps.push_back("y='" + std::string(100000, 'y') + "'");
  steps.push_back("echo ${#y} $x19999");
  const auto end = run(steps_task(steps));
  EXPECT_EQ(end.exit, 0);
  EXPECT_EQ(sink.output_, "100000 1\n");
  EXPECT_EQ(end.last_group, 2);
}

TEST_F(Scripts, AStepThatReadsItsOwnScriptGetsAPlainFile) {
  const auto end = run(steps_task({"grep -c . \"$0\"", "echo end"}));
  EXPECT_EQ(end.exit, 0);
  EXPECT_EQ(sink.output_, "5\nend\n");
  EXPECT_FALSE(sink.times_known_);
  EXPECT_TRUE(sink.starts_.empty());
  EXPECT_EQ(end.last_group, -1);
  ASSERT_EQ(sink.notes_.size(), 1U);
  EXPECT_EQ(sink.notes_[0].code, "step-times-missing");
  expect_nothing_left();
}

TEST_F(Scripts, FeedingWorksWithoutSpinning) {
  options.may_spin = false;
  std::vector<std::string> steps;
  for (int i = 0; i < 50; ++i) steps.push_back("echo " + std::to_string(i));
  EXPECT_EQ(run(steps_task(steps)).exit, 0);
  EXPECT_EQ(sink.starts_.size(), 50U);
}

TEST_F(Scripts, AWrongGroupCostsACaptionAndNeverTheRun) {
  options.grouping_limit = milliseconds(0);
  const auto end = run(steps_task({"if true; then", "echo 'a", "b'", "fi", "cat <<E", "text", "E", "echo end"}));
  EXPECT_EQ(end.exit, 0);
  EXPECT_EQ(sink.output_, "a\nb\ntext\nend\n");
  EXPECT_EQ(sink.groups_.size(), 8U);
  EXPECT_EQ(end.last_group, 7);
}

TEST_F(Scripts, ExitInTheMiddleOfAStepOfManyLines) {
  const auto end = run(steps_task({"echo a", "echo b\nexit 4\n" + std::string(9000, '#'), "echo c"}));
  EXPECT_EQ(end.exit, 4);
  EXPECT_EQ(end.last_group, 1);
  EXPECT_EQ(sink.output_, "a\nb\n");
}

TEST_F(Scripts, BackgroundJobsAndExecDoNotHoldTheScript) {
  const auto end = run(steps_task({"sleep 0.3 > /dev/null &", "exec sleep 0.1", "echo never"}));
  EXPECT_EQ(end.exit, 0);
  EXPECT_EQ(end.last_group, 1);
  EXPECT_TRUE(sink.output_.empty());
}

TEST_F(Scripts, ADeletedWorkdirAndPrivateNamesAreNoMatter) {
  EXPECT_EQ(run(steps_task({"rmdir \"$PWD\"", "echo on"})).exit, 0);
  EXPECT_EQ(sink.output_, "on\n");
}

}  // namespace
}  // namespace lifecycle::process
