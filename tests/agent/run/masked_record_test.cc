// No secret in a record, wherever a stranger's text stands in it.
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <set>

#include "agent/event/event_json.h"
#include "agent/run/masked_event.h"
#include "agent/run/planned_record.h"
#include "tests/agent/run/run_harness.h"

namespace lifecycle::run {
namespace {

using Json = nlohmann::ordered_json;

constexpr const char* secret = "supersecretvalue1";

class MaskedRecord : public testing::Test {
 protected:
  MaskedRecord() { mask_.add("TOKEN", secret, mask::SecretOrigin::declared); }
  mask::MaskTable mask_;
};

/// The paths of all texts that hold the secret.
void find_secret(const Json& json, const std::string& path, std::vector<std::string>& places) {
  if (json.is_string() && json.get<std::string>().find(secret) != std::string::npos) places.push_back(path);
  if (!json.is_structured()) return;
  for (const auto& [key, value] : json.items()) find_secret(value, path + "/" + key, places);
}

std::vector<std::string> places_of_secret(const Json& json) {
  std::vector<std::string> places;
  find_secret(json, "", places);
  return places;
}

/// An event that holds the secret in every text that its JSON form has.
event::Event event_of_secrets() {
  event::Event empty;
  empty.change.emplace();
  empty.release.emplace();
  empty.deployment.emplace();
  empty.payload.emplace();
  Json json = event::to_json(empty);
  static const std::set<std::string> no_texts{"schema",     "number",     "fork",    "on_change", "foreign_head",
                                              "prerelease", "draft",      "size",    "run",       "change",
                                              "release",    "deployment", "payload", "category"};
  const std::string text = std::string("a ") + secret;
  const auto fill = [&](Json& object) {
    for (auto& [key, value] : object.items()) {
      if (!no_texts.contains(key)) value = value.is_array() ? Json::array({text}) : Json(text);
    }
  };
  fill(json);
  for (const char* part : {"change", "release", "deployment", "run", "payload"}) fill(json[part]);
  return event::event_from_json(json).value();
}

TEST_F(MaskedRecord, HasNoSecretInItsEvent) {
  event::Event event = event_of_secrets();
  EXPECT_GT(places_of_secret(event::to_json(event)).size(), 35U);
  mask_texts(event, mask_);
  EXPECT_EQ(places_of_secret(event::to_json(event)), (std::vector<std::string>{"/ci", "/origin", "/trigger"}));
  EXPECT_EQ(event.branch, "a ***");
}

TEST_F(MaskedRecord, HasNoSecretInItsWorkflows) {
  RunRecord record;
  WorkflowRecord& workflow = record.workflows.emplace_back();
  for (std::string* text :
       {&workflow.workflow, &workflow.version, &workflow.file, &workflow.reason, &workflow.address}) {
    *text = secret;
  }
  JobRecord& job = workflow.jobs.emplace_back();
  job.name = std::string("job ") + secret;
  job.reason = secret;
  job.leftovers = job.survivors = {{1, secret}};
  job.steps.emplace_back().text = secret;
  mask_texts(record, mask_);
  EXPECT_EQ(places_of_secret(to_json(record)), std::vector<std::string>{});
  EXPECT_EQ(record.workflows[0].jobs[0].name, "job ***");
}

TEST_F(MaskedRecord, IsWhatARunReturns) {
  RunHarness harness;
  harness.mask.add("TOKEN", secret, mask::SecretOrigin::declared);
  plan::Plan plan =
      plan_of({pipeline(std::string("build ") + secret, {pipeline_job(std::string("job ") + secret, {"out a"})})});
  plan.event.branch = plan.event.head = plan.event.actor = secret;
  const RunRecord record = harness.run(plan);
  EXPECT_EQ(places_of_secret(to_json(record)), std::vector<std::string>{});
  EXPECT_EQ(record.workflows.at(0).jobs.at(0).name, "job ***");
  EXPECT_EQ(record.result, RunResult::success);
}

}  // namespace
}  // namespace lifecycle::run
