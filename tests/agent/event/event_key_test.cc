#include "agent/event/event_key.h"

#include <gtest/gtest.h>

namespace lifecycle::event {
namespace {

Event merged() {
  Event event;
  event.origin = "github";
  event.host = "ghe.example.com:8443";
  event.repo = "Acme/App";
  event.identity = "pr|7|merged";
  return event;
}

TEST(ForgeKey, FoldsTheRepositoryOnly) {
  Event event = merged();
  EXPECT_EQ(forge_key(event), "github|ghe.example.com:8443|acme/app|pr|7|merged");
  event.identity = "push|refs/heads/Main|AB";
  EXPECT_EQ(forge_key(event), "github|ghe.example.com:8443|acme/app|push|refs/heads/Main|AB");
}

TEST(ForgeKey, IsEmptyWhereTheEventIsNotIdentified) {
  for (std::string Event::* field : {&Event::origin, &Event::repo, &Event::identity}) {
    Event event = merged();
    (event.*field).clear();
    EXPECT_EQ(forge_key(event), "");
  }
}

}  // namespace
}  // namespace lifecycle::event
