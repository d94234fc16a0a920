#include "executors/process/stop_ladder.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace lifecycle::process {
namespace {

using run::Clock;
using run::milliseconds;

struct Look {
  int at_ms = 0;
  StopFacts facts;
  StopAct act = StopAct::none;
  StopStage stage = StopStage::running;
};

struct LadderCase {
  std::string label;
  std::vector<Look> looks;
};

void PrintTo(const LadderCase& row, std::ostream* out) { *out << row.label; }

StopFacts facts(bool main_ended, bool output_ended, bool anything_left, int wish) {
  return {main_ended, output_ended, anything_left, wish};
}

const StopFacts running = facts(false, false, true, 0);

class Ladder : public testing::TestWithParam<LadderCase> {};

TEST_P(Ladder, ActsInOrder) {
  StopTimes times;
  times.interrupt = milliseconds(400);
  times.terminate = milliseconds(300);
  times.linger = milliseconds(200);
  times.settle = milliseconds(50);
  times.leftovers = milliseconds(100);
  times.kill = milliseconds(500);
  StopLadder ladder(times);
  const auto start = Clock::now();
  for (const Look& look : GetParam().looks) {
    SCOPED_TRACE(look.at_ms);
    EXPECT_EQ(ladder.advance(start + milliseconds(look.at_ms), look.facts), look.act);
    EXPECT_EQ(ladder.stage(), look.stage);
  }
}

INSTANTIATE_TEST_SUITE_P(
    Table, Ladder,
    testing::Values(LadderCase{"CleanEnd",
                               {{0, running, StopAct::none, StopStage::running},
                                {10, facts(true, true, false, 0), StopAct::none, StopStage::over}}},
                    LadderCase{"OutputStaysOpenForALinger",
                               {{0, facts(true, false, true, 0), StopAct::none, StopStage::lingering},
                                {199, facts(true, false, true, 0), StopAct::none, StopStage::lingering},
                                {200, facts(true, false, true, 0), StopAct::terminate, StopStage::terminate},
                                {299, facts(true, true, true, 0), StopAct::none, StopStage::terminate},
                                {300, facts(true, true, true, 0), StopAct::kill, StopStage::kill},
                                {301, facts(true, true, true, 0), StopAct::kill, StopStage::kill},
                                {302, facts(true, true, false, 0), StopAct::none, StopStage::over}}},
                    LadderCase{"OutputOpenInAStrangersHand",
                               {{0, facts(true, false, true, 0), StopAct::none, StopStage::lingering},
                                {200, facts(true, false, false, 0), StopAct::none, StopStage::over}}},
                    LadderCase{"LeftoversWithoutThePipe",
                               {{0, facts(true, true, true, 0), StopAct::none, StopStage::lingering},
                                {49, facts(true, true, true, 0), StopAct::none, StopStage::lingering},
                                {50, facts(true, true, true, 0), StopAct::terminate, StopStage::terminate},
                                {51, facts(true, true, false, 0), StopAct::none, StopStage::over}}},
                    LadderCase{"TheLastWriterEndsAfterItsOutput",
                               {{0, facts(true, false, true, 0), StopAct::none, StopStage::lingering},
                                {100, facts(true, true, true, 0), StopAct::none, StopStage::lingering},
                                {105, facts(true, true, false, 0), StopAct::none, StopStage::over}}},
                    LadderCase{"SettlingDoesNotOutlastTheLinger",
                               {{0, facts(true, false, true, 0), StopAct::none, StopStage::lingering},
                                {180, facts(true, true, true, 0), StopAct::none, StopStage::lingering},
                                {200, facts(true, true, true, 0), StopAct::terminate, StopStage::terminate}}},
                    LadderCase{"InterruptIsEnough",
                               {{0, facts(false, false, true, 1), StopAct::interrupt, StopStage::interrupt},
                                {5, facts(true, true, false, 1), StopAct::none, StopStage::over}}},
                    LadderCase{"EveryRungByTime",
                               {{0, facts(false, false, true, 1), StopAct::interrupt, StopStage::interrupt},
                                {399, facts(false, false, true, 1), StopAct::none, StopStage::interrupt},
                                {400, facts(false, false, true, 1), StopAct::terminate, StopStage::terminate},
                                {700, facts(false, false, true, 1), StopAct::kill, StopStage::kill},
                                {1200, facts(false, false, true, 1), StopAct::none, StopStage::over},
                                {1300, facts(false, false, true, 3), StopAct::none, StopStage::over}}},
                    LadderCase{"MainEndsButABackgroundJobStays",
                               {{0, facts(false, false, true, 1), StopAct::interrupt, StopStage::interrupt},
                                {10, facts(true, false, true, 1), StopAct::none, StopStage::interrupt},
                                {400, facts(true, false, true, 1), StopAct::terminate, StopStage::terminate}}},
                    LadderCase{"SecondAndThirdSignalSkip",
                               {{0, facts(false, false, true, 1), StopAct::interrupt, StopStage::interrupt},
                                {10, facts(false, false, true, 2), StopAct::terminate, StopStage::terminate},
                                {20, facts(false, false, true, 3), StopAct::kill, StopStage::kill}}},
                    LadderCase{"SecondSignalAfterTheFirstRungHasPassed",
                               {{0, facts(false, false, true, 1), StopAct::interrupt, StopStage::interrupt},
                                {400, facts(false, false, true, 1), StopAct::terminate, StopStage::terminate},
                                {410, facts(false, false, true, 2), StopAct::kill, StopStage::kill}}},
                    LadderCase{"KillAtOnce", {{0, facts(false, false, true, 3), StopAct::kill, StopStage::kill}}},
                    LadderCase{"SignalWhileLingering",
                               {{0, facts(true, false, true, 0), StopAct::none, StopStage::lingering},
                                {10, facts(true, false, true, 1), StopAct::terminate, StopStage::terminate},
                                {20, facts(true, false, true, 2), StopAct::kill, StopStage::kill}}},
                    LadderCase{"SignalWhileOnlyTheSlowReaderIsLeft",
                               {{0, facts(true, false, false, 0), StopAct::none, StopStage::lingering},
                                {10, facts(true, false, false, 1), StopAct::none, StopStage::over}}},
                    LadderCase{"SignalAsTheMainProcessEnds",
                               {{0, facts(true, false, true, 1), StopAct::terminate, StopStage::terminate}}}),
    [](const auto& row) { return row.param.label; });

TEST(LadderGraces, AreThoseSetBeforeTheRung) {
  StopLadder ladder(StopTimes{});
  ladder.set_graces(milliseconds(10), milliseconds(20));
  const auto start = Clock::now();
  EXPECT_EQ(ladder.advance(start, facts(false, false, true, 1)), StopAct::interrupt);
  EXPECT_EQ(ladder.advance(start + milliseconds(10), facts(false, false, true, 1)), StopAct::terminate);
  EXPECT_EQ(ladder.advance(start + milliseconds(30), facts(false, false, true, 1)), StopAct::kill);
}

}  // namespace
}  // namespace lifecycle::process
