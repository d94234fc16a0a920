// Every example of the npm package @octokit/webhooks-examples: GitHub's own deliveries. The names are stated here
// once more, independently of the mapper, out of GitHub's documentation and our table of names.
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>

#include "adapters/forge/github_payload.h"
#include "adapters/forge/payload_reader.h"
#include "agent/event/event_json.h"
#include "agent/event/known_names.h"

namespace lifecycle::forge {
namespace {

using nlohmann::json;
using Names = std::vector<std::string>;

std::filesystem::path examples_file() {
  if (const char* given = std::getenv("LIFECYCLE_OCTOKIT_EXAMPLES")) return given;
  return std::filesystem::path(LA_SOURCE_DIR) /
         "tests/system/node_modules/@octokit/webhooks-examples/api.github.com/index.json";
}

std::string word(const json& body, const char* key) {
  return body.contains(key) && body[key].is_string() ? body[key].get<std::string>() : std::string{};
}

bool ends_in_a_conclusion(const std::string& webhook, const json& body) {
  constexpr std::string_view with_conclusion[] = {"check_run", "check_suite", "workflow_run", "workflow_job"};
  return std::ranges::find(with_conclusion, webhook) != std::ranges::end(with_conclusion) &&
         word(body, "action") == "completed" && body[webhook]["conclusion"].is_string();
}

Names push_names(const json& body) {
  if (body["deleted"] == true) return {"push.deleted"};
  return {body["ref"].get<std::string>().rfind("refs/tags/", 0) == 0 ? "push.tag" : "push"};
}

Names expected_names(const std::string& webhook, const json& body) {
  const std::string action = word(body, "action");
  if (webhook == "ping") return {};
  if (webhook == "push") return push_names(body);
  if (webhook == "create" || webhook == "delete") return {webhook + "." + word(body, "ref_type")};
  if (webhook == "status") return {"status." + word(body, "state"), "status"};
  if (webhook == "deployment_status") {
    return {"deployment_status." + word(body["deployment_status"], "state"), "deployment_status." + action};
  }
  if (webhook == "pull_request_review" && action == "submitted") {
    std::string state = word(body["review"], "state");
    std::ranges::transform(state, state.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    return {"pull_request_review." + state, "pull_request_review.submitted"};
  }
  if (ends_in_a_conclusion(webhook, body)) {
    return {webhook + "." + word(body[webhook], "conclusion"), webhook + ".completed"};
  }
  if (webhook == "pull_request" && action == "closed" && body["pull_request"]["merged"] == true) {
    return {"pull_request.merged"};
  }
  if (webhook == "repository_dispatch") return {"repository_dispatch." + action, "repository_dispatch"};
  return {action.empty() ? webhook : webhook + "." + action};
}

void check_change(const json& body, const event::Event& event) {
  ASSERT_TRUE(event.change);
  const json& pull = body["pull_request"];
  EXPECT_EQ(event.change->number, pull["number"].get<std::int64_t>());
  EXPECT_EQ(event.change->title, pull["title"].get<std::string>());
  EXPECT_EQ(event.base, pull["base"]["ref"].get<std::string>());
  EXPECT_EQ(event.head, pull["head"]["ref"].get<std::string>());
  EXPECT_EQ(event.change->labels.size(), pull.contains("labels") ? pull["labels"].size() : 0U);
  const json& head = pull["head"]["repo"];
  const bool fork = head.is_null() || head["full_name"] != pull["base"]["repo"]["full_name"];
  EXPECT_EQ(event.change->fork, fork);
}

void check_example(const std::string& webhook, const json& body) {
  const auto collected = collect_payload(body.dump());
  ASSERT_FALSE(collected.fault) << collected.fault->what;
  const auto event = map_github(webhook, "github", collected.fields);
  ASSERT_TRUE(event) << event.error().message;
  EXPECT_EQ(event->names, expected_names(webhook, body));
  for (const std::string& name : event->names) {
    EXPECT_TRUE(event::is_known_name("github", name)) << name << " is not in the table of known names";
  }
  const bool has_repository = body.contains("repository") && body["repository"].is_object();
  EXPECT_EQ(event->repo, has_repository ? word(body["repository"], "full_name") : std::string{});
  EXPECT_EQ(event->actor.empty(), !body.contains("sender") && !body.contains("pusher"));
  if (webhook == "pull_request" || webhook == "pull_request_review") check_change(body, *event);
  const auto printed = event::to_json(*event);
  const auto again = event::event_from_json(printed);
  ASSERT_TRUE(again) << again.error().message;
  EXPECT_EQ(event::to_json(*again), printed);
}

TEST(OctokitExamples, AllMapToTheirNames) {
  if (!std::filesystem::exists(examples_file())) {
    GTEST_SKIP() << "the npm package @octokit/webhooks-examples is not installed (329 payloads not tried)";
  }
  std::ifstream file(examples_file());
  const json webhooks = json::parse(file);
  int count = 0;
  for (const json& webhook : webhooks) {
    const std::string name = webhook["name"];
    for (const json& body : webhook["examples"]) {
      SCOPED_TRACE(name + " example " + std::to_string(count));
      check_example(name, body);
      ++count;
    }
  }
  EXPECT_EQ(count, 329) << "of version 7.6.1";
}

}  // namespace
}  // namespace lifecycle::forge
