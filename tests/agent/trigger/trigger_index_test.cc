#include "agent/trigger/trigger_index.h"

#include <gtest/gtest.h>

#include "agent/trigger/trigger_match.h"
#include "tests/agent/trigger/random_trigger.h"

namespace lifecycle::trigger {
namespace {

TEST(TriggerIndex, FindsWhatTheLinearMatchFindsInTheSameOrder) {
  RandomTriggers random(5);
  std::size_t hits = 0;
  for (int round = 0; round < 20; ++round) {
    TriggerIndex index;
    std::vector<Trigger> triggers;
    for (std::size_t i = 0; i < 200; ++i) {
      triggers.push_back(random.trigger());
      ASSERT_EQ(index.add(triggers.back()), i);
    }
    for (int i = 0; i < 50; ++i) {
      const event::Event event = random.event();
      std::vector<std::size_t> expected;
      for (std::size_t number = 0; number < triggers.size(); ++number) {
        if (match(triggers[number], event).matches()) expected.push_back(number);
      }
      ASSERT_EQ(index.find(event), expected);
      hits += expected.size();
    }
  }
  EXPECT_GT(hits, 400U);
}

TEST(TriggerIndex, AnEventWithSeveralMatchingNamesFindsATriggerOnce) {
  TriggerIndex index;
  index.add(*parse_trigger("github:acme/app:push.tag"));
  index.add(*parse_trigger("github:acme/app:*"));
  index.add(*parse_trigger("github:acme/app:create.tag"));
  event::Event event;
  event.origin = "github";
  event.repo = "Acme/App";
  event.names = {"push.tag", "create.tag"};
  EXPECT_EQ(index.find(event), (std::vector<std::size_t>{0, 1, 2}));
  EXPECT_EQ(index.size(), 3U);
  EXPECT_EQ(index.at(2).event, "create.tag");
}

}  // namespace
}  // namespace lifecycle::trigger
