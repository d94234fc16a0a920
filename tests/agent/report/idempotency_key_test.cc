#include "agent/report/idempotency_key.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <set>

#include "agent/report/sha256.h"
#include "tests/agent/report/report_events.h"

namespace lifecycle::report {
namespace {

using test::merged_change;
using test::pushed_branch;

TEST(Sha256, TheVectorsOfTheStandard) {  // FIPS 180-4, examples
  EXPECT_EQ(sha256_hex(""), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  EXPECT_EQ(sha256_hex("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  EXPECT_EQ(sha256_hex(std::string(1000000, 'a')), "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
}

TEST(OwnEventKey, IsTheForgesKeyAndNoRunIsPartOfIt) {
  EXPECT_EQ(own_event_key(merged_change()), sha256_hex("github|github.com|acme/app|pr|7|merged"));
  event::Event again = merged_change();
  again.run = {.id = "43", .attempt = "2", .job = "other"};
  EXPECT_EQ(own_event_key(again), own_event_key(merged_change()));
  again.run = {};
  EXPECT_EQ(own_event_key(again), own_event_key(merged_change()));
  again.identity = "pr|8|merged";
  EXPECT_NE(own_event_key(again), own_event_key(merged_change()));
}

TEST(OwnEventKey, WithoutAForgesKeyIsOfTheRun) {
  event::Event event = merged_change();
  event.identity = "";
  const std::string key = own_event_key(event);
  EXPECT_EQ(own_event_key(event), key);
  std::set<std::string> keys = {key};
  for (const auto member : {&event::Run::id, &event::Run::attempt, &event::Run::job}) {
    event::Event other = event;
    other.run.*member += "x";
    keys.insert(own_event_key(other));
  }
  event::Event other = event;
  other.names = {"pull_request.closed"};
  keys.insert(own_event_key(other));
  EXPECT_EQ(keys.size(), 5U);
  event.run = {};
  EXPECT_NE(own_event_key(event), own_event_key(event));  // random outside a CI
}

plan::WorkflowRun planned() {
  plan::WorkflowRun run;
  run.workflow = "deploy";
  run.version = "1.0.0";
  run.file = "ops.yml";
  return run;
}

TEST(WorkflowRunKey, EveryPartTellsRunsApart) {
  const event::Event event = pushed_branch();
  const ReportFacts facts{.step = "__run", .key = "0"};
  const std::string key = workflow_run_key(event, facts, planned(), "started");
  EXPECT_EQ(workflow_run_key(event, facts, planned(), "started"), key);
  std::set<std::string> keys = {key, workflow_run_key(event, facts, planned(), "success")};
  for (const auto member : {&event::Run::id, &event::Run::attempt, &event::Run::job}) {
    event::Event other = event;
    other.run.*member += "x";
    keys.insert(workflow_run_key(other, facts, planned(), "started"));
  }
  for (const auto member : {&ReportFacts::step, &ReportFacts::key}) {
    ReportFacts other = facts;
    other.*member += "x";
    keys.insert(workflow_run_key(event, other, planned(), "started"));
  }
  for (const auto member : {&plan::WorkflowRun::workflow, &plan::WorkflowRun::version, &plan::WorkflowRun::file}) {
    plan::WorkflowRun other = planned();
    other.*member += "x";
    keys.insert(workflow_run_key(event, facts, other, "started"));
  }
  plan::WorkflowRun command = planned();
  command.kind = ops::WorkflowKind::command;
  keys.insert(workflow_run_key(event, facts, command, "started"));
  EXPECT_EQ(keys.size(), 11U);
}

TEST(WorkflowRunKey, FieldsDoNotRunIntoOneAnother) {
  const event::Event event = pushed_branch();
  EXPECT_NE(workflow_run_key(event, {.step = "a|b", .key = "c"}, planned(), "started"),
            workflow_run_key(event, {.step = "a", .key = "b|c"}, planned(), "started"));
  EXPECT_NE(workflow_run_key(event, {.step = "a\\", .key = "c"}, planned(), "started"),
            workflow_run_key(event, {.step = "a", .key = "\\c"}, planned(), "started"));
}

TEST(TrackKey, HoldsAllFieldsAndTheStep) {
  const event::Event event = pushed_branch();
  const nlohmann::ordered_json body = {{"event_name", "deployment"}, {"event_action", "success"}};
  nlohmann::ordered_json other = body;
  other["environment"] = "production";
  const std::string key = track_key(event, {}, body);
  EXPECT_EQ(track_key(event, {}, body), key);
  EXPECT_NE(track_key(event, {}, other), key);
  EXPECT_NE(track_key(event, {.step = "__run_2"}, body), key);
  EXPECT_NE(track_key(event, {.key = "1"}, body), key);
  event::Event outside = event;
  outside.run = {};
  EXPECT_NE(track_key(outside, {}, body), track_key(outside, {}, body));
}

}  // namespace
}  // namespace lifecycle::report
