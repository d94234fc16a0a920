#include "executors/process/stop_ladder.h"

#include <algorithm>

namespace lifecycle::process {
namespace {

constexpr StopStage rungs[] = {StopStage::running, StopStage::interrupt, StopStage::terminate, StopStage::kill};

int rung_of(StopStage stage) {
  switch (stage) {
    case StopStage::running:
      return 0;
    case StopStage::lingering:
      return 1;  // INT is for the main process, which has ended
    case StopStage::interrupt:
      return 1;
    case StopStage::terminate:
      return 2;
    case StopStage::kill:
    case StopStage::over:
      return 3;
  }
  return 3;
}

}  // namespace

void StopLadder::set_graces(run::milliseconds interrupt, run::milliseconds terminate) {
  times_.interrupt = interrupt;
  times_.terminate = terminate;
}

StopStage StopLadder::stage_wished(int wish) const {
  const int rung = std::clamp(std::max(rung_of(stage_) + wish - seen_wish_, wish), 0, 3);
  return rungs[rung];
}

StopAct StopLadder::enter(StopStage stage, run::Clock::time_point now) {
  stage_ = stage;
  switch (stage) {
    case StopStage::interrupt:
      deadline_ = now + times_.interrupt;
      return StopAct::interrupt;
    case StopStage::terminate:
      deadline_ = now + times_.terminate;
      return StopAct::terminate;
    case StopStage::kill:
      deadline_ = now + times_.kill;
      return StopAct::kill;
    case StopStage::lingering:
      deadline_ = now + times_.linger;
      return StopAct::none;
    case StopStage::running:
    case StopStage::over:
      deadline_.reset();
      return StopAct::none;
  }
  return StopAct::none;
}

StopAct StopLadder::enter_terminate_for_leftovers(run::Clock::time_point now) {
  enter(StopStage::terminate, now);
  deadline_ = now + times_.leftovers;
  return StopAct::terminate;
}

StopAct StopLadder::linger(run::Clock::time_point now, const StopFacts& facts) {
  if (!facts.output_ended && now < *deadline_) return StopAct::none;
  if (!facts.anything_left) return enter(StopStage::over, now);
  if (facts.output_ended && !settling_) {
    settling_ = true;
    deadline_ = std::min(*deadline_, now + times_.settle);
  }
  return now < *deadline_ ? StopAct::none : enter_terminate_for_leftovers(now);
}

StopAct StopLadder::advance(run::Clock::time_point now, const StopFacts& facts) {
  if (stage_ == StopStage::over) return StopAct::none;
  if (stage_ != StopStage::running && stage_ != StopStage::lingering && !facts.anything_left) {
    return enter(StopStage::over, now);
  }
  if (facts.wish > seen_wish_) {
    const StopStage wished = stage_wished(facts.wish);
    seen_wish_ = facts.wish;
    if (stage_ == StopStage::running && facts.main_ended) {
      return facts.anything_left ? enter(std::max(wished, StopStage::terminate), now) : enter(StopStage::over, now);
    }
    if (stage_ == StopStage::lingering && !facts.anything_left) return enter(StopStage::over, now);
    if (wished != stage_) return enter(wished, now);
  }
  const bool late = deadline_ && now >= *deadline_;
  switch (stage_) {
    case StopStage::running:
      if (!facts.main_ended) return StopAct::none;
      enter(StopStage::lingering, now);
      [[fallthrough]];
    case StopStage::lingering:
      return linger(now, facts);
    case StopStage::interrupt:
      return late ? enter(StopStage::terminate, now) : StopAct::none;
    case StopStage::terminate:
      return late ? enter(StopStage::kill, now) : StopAct::none;
    case StopStage::kill:
      return late ? enter(StopStage::over, now) : StopAct::kill;
    case StopStage::over:
      return StopAct::none;
  }
  return StopAct::none;
}

}  // namespace lifecycle::process
