#include "agent/event/event_json.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

namespace lifecycle::event {
namespace {

using nlohmann::ordered_json;

Event full() {
  Event event;
  event.ci = "github-actions";
  event.origin = "github";
  event.host = "github.com";
  event.repo = "acme/app";
  event.repo_id = "700100200";
  event.names = {"pull_request.merged"};
  event.alias_reasons = {"a reason"};
  event.kind = "pull_request";
  event.action = "closed";
  event.ref = "refs/pull/7/merge";
  event.branch = event.head = "feature/login";
  event.tag = "v1";
  event.base = "main";
  event.commit = "bcb9f9b20179329552f9b756c6b7967b6126ef4b";
  event.before = "b719dcd58a83952588f484f551db8d6d66ab5b87";
  event.actor = "dana";
  event.state = "approved";
  event.change = Change{.number = 7,
                        .title = "say \"hi\"\n$(id)",
                        .labels = {"a,b", "c"},
                        .fork = false,
                        .author = "eve",
                        .url = "https://github.com/acme/app/pull/7",
                        .created_at = "2026-03-02T10:00:00Z",
                        .merged_at = "2026-03-02T11:00:00Z"};
  event.on_change = true;
  event.foreign_head = true;
  event.release = Release{.tag = "v1", .prerelease = true, .draft = true};
  event.deployment = Deployment{.environment = "production", .state = "success", .id = "12", .ref = "main"};
  event.environment = "production";
  event.run = Run{.id = "9876543210", .attempt = "2", .job = "build", .url = "https://x", .workspace = "/w"};
  event.time = "2026-03-02T11:00:00Z";
  event.delivery_id = "d";
  event.category = Category{.kind = CategoryKind::change, .state = "merge"};
  event.identity = "pr|7|merged";
  event.warnings = {"w"};
  event.payload = Payload{.path = "/e.json", .size = 12};
  return event;
}

TEST(EventJson, RoundTripsEveryField) {
  const ordered_json json = to_json(full());
  for (const auto& [key, value] : json.items()) EXPECT_FALSE(value.is_null()) << "full() leaves " << key << " out";
  const auto again = event_from_json(ordered_json::parse(json.dump()));
  ASSERT_TRUE(again) << again.error().message;
  EXPECT_EQ(to_json(*again).dump(), json.dump());
}

TEST(EventJson, HasTheFormOfTheDocuments) {
  const ordered_json json = to_json(full());
  EXPECT_EQ(json["schema"], "lifecycle-agent/event/1");
  EXPECT_EQ(json["trigger"], "github:acme/app:pull_request.merged");
  EXPECT_EQ(json["run"]["id"], "9876543210");
  EXPECT_EQ(json["change"]["number"], 7);
  EXPECT_EQ(json["category"], (ordered_json{{"kind", "change"}, {"state", "merge"}}));
  EXPECT_EQ(json["warnings"], ordered_json::array({"w"}));
}

TEST(EventJson, ShowsWhatIsUnknownAsNullAndReadsItBack) {
  const ordered_json json = to_json(Event{});
  for (const char* key : {"ci", "origin", "host", "repo", "trigger", "ref", "branch", "tag", "commit", "change",
                          "release", "deployment", "payload", "on_change", "foreign_head", "time"}) {
    EXPECT_TRUE(json.at(key).is_null()) << key;
  }
  EXPECT_EQ(json["names"], ordered_json::array());
  EXPECT_TRUE(json["run"]["id"].is_null());
  Event unknown_fork;
  unknown_fork.change = Change{};
  const ordered_json change = to_json(unknown_fork)["change"];
  EXPECT_TRUE(change["fork"].is_null());
  EXPECT_TRUE(change["number"].is_null());
  EXPECT_EQ(change["title"], "");
  const auto again = event_from_json(json);
  ASSERT_TRUE(again) << again.error().message;
  EXPECT_EQ(to_json(*again), json);
}

TEST(EventJson, CanAlwaysBePrinted) {
  Event event = full();
  event.branch = "caf\xe9";
  event.change->labels = {"\xff\xfe"};
  event.warnings = {"\x80"};
  const std::string text = to_json(event).dump();
  EXPECT_NE(text.find("caf\xef\xbf\xbd"), std::string::npos);
}

struct EventJsonRow {
  const char* json;
  const char* part;  // of the message
};

class BadEventJson : public testing::TestWithParam<EventJsonRow> {};

TEST_P(BadEventJson, NamesTheKey) {
  const auto event = event_from_json(ordered_json::parse(GetParam().json));
  ASSERT_FALSE(event);
  EXPECT_EQ(event.error().code, "event-json-invalid");
  EXPECT_NE(event.error().message.find(GetParam().part), std::string::npos) << event.error().message;
}

INSTANTIATE_TEST_SUITE_P(
    Rows, BadEventJson,
    testing::Values(EventJsonRow{"[]", "`document` is a array"}, EventJsonRow{"{}", "`schema` is missing"},
                    EventJsonRow{R"({"schema":"lifecycle-agent/event/2"})", "lifecycle-agent/event/2"},
                    EventJsonRow{R"({"schema":"lifecycle-agent/event/1","repo":7})", "`repo`"},
                    EventJsonRow{R"({"schema":"lifecycle-agent/event/1","names":["push",1]})", "`names`"},
                    EventJsonRow{R"({"schema":"lifecycle-agent/event/1","names":"push"})", "`names`"},
                    EventJsonRow{R"({"schema":"lifecycle-agent/event/1","change":[]})", "`change`"},
                    EventJsonRow{R"({"schema":"lifecycle-agent/event/1","change":{"number":"7"}})", "`change.number`"},
                    EventJsonRow{R"({"schema":"lifecycle-agent/event/1","change":{"fork":"no"}})", "`change.fork`"},
                    EventJsonRow{R"({"schema":"lifecycle-agent/event/1","run":{"id":9}})", "`run.id`"}));

}  // namespace
}  // namespace lifecycle::event
