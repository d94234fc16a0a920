// Random triggers and events over a small alphabet, so that they meet often.
#pragma once

#include <random>

#include "agent/event/lifecycle_event.h"
#include "agent/trigger/trigger.h"

namespace lifecycle::trigger {

class RandomTriggers {
 public:
  explicit RandomTriggers(unsigned seed) : random_(seed) {}
  Trigger trigger();
  event::Event event();

 private:
  std::size_t below(std::size_t limit) { return random_() % limit; }
  std::string pick(std::initializer_list<std::string_view> choices);
  Filter filter();
  std::mt19937 random_;
};

}  // namespace lifecycle::trigger
