#include "agent/report/insights_body.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "tests/agent/report/report_events.h"

namespace lifecycle::report {
namespace {

using nlohmann::ordered_json;
using test::deployed;
using test::merged_change;
using test::pushed_branch;

const Instant now{std::chrono::seconds(1795860000)};  // 2026-11-28T10:00:00Z
const ReportFacts facts{.team_id = "team-1"};

ordered_json body_of(const event::Event& event, OwnEvents wanted = OwnEvents::changes_and_deployments) {
  const auto made = own_event(event, facts, wanted, now);
  if (!made) return nullptr;
  EXPECT_EQ(made->name, made->body["event_name"].get<std::string>());
  EXPECT_EQ(made->action, made->body["event_action"].get<std::string>());
  EXPECT_EQ(made->key.size(), 64U);
  return made->body;
}

TEST(OwnEvent, AMergedChange) {
  EXPECT_EQ(body_of(merged_change()), ordered_json::parse(R"({
    "team_id": "team-1", "event_name": "change", "event_action": "merge", "number": 7, "title": "Greet by name",
    "author": "dana", "base": "main", "target": "feature/greet", "labels": ["bug", "ready to go"],
    "created_at": "2026-11-20T10:15:00Z", "commit": "3f2a9c1b5d7e8f60718293a4b5c6d7e8f9012345", "repo": "Acme/App",
    "meta": {"user": "robin", "url": "https://github.com/Acme/App/pull/7"}})"));
}

TEST(OwnEvent, AChangeInEveryState) {
  for (const char* state : {"open", "review_request", "change_requested", "change", "merge", "close", "reopen"}) {
    event::Event event = merged_change();
    event.category.state = state;
    const ordered_json body = body_of(event);
    EXPECT_EQ(body["event_name"], "change");
    EXPECT_EQ(body["event_action"], state);
  }
}

TEST(OwnEvent, AChangeOfWhichLittleIsKnown) {
  event::Event event;
  event.names = {"pull_request.opened"};
  event.category = {event::CategoryKind::change, "open"};
  EXPECT_EQ(body_of(event), ordered_json::parse(R"({
    "team_id": "team-1", "event_name": "change", "event_action": "open", "number": null, "title": "", "author": null,
    "base": null, "target": null, "labels": [], "created_at": "2026-11-28T10:00:00Z", "commit": null, "repo": null,
    "meta": {"user": null}})"));
}

TEST(OwnEvent, TakesTheTimeOfAChangeFromWhereItIsTold) {
  event::Event event = merged_change();
  event.time = "";
  EXPECT_EQ(body_of(event)["created_at"], "2026-11-20T10:15:00Z");
  event.category.state = "open";
  EXPECT_EQ(body_of(event)["created_at"], "2026-11-20T08:00:00Z");
  event.category.state = "change";
  EXPECT_EQ(body_of(event)["created_at"], "2026-11-28T10:00:00Z");
}

TEST(OwnEvent, ADeployment) {
  EXPECT_EQ(body_of(deployed()), ordered_json::parse(R"({
    "team_id": "team-1", "event_name": "deployment", "event_action": "success", "environment": "production",
    "image": null, "branch": "v1.2.0", "commit": "3f2a9c1b5d7e8f60718293a4b5c6d7e8f9012345", "repo": "Acme/App",
    "meta": {"user": "robin"}})"));
}

TEST(OwnEvent, ADeploymentOfAShaNamesNoBranch) {
  event::Event event = deployed();
  event.deployment->ref = event.commit;
  EXPECT_EQ(body_of(event)["branch"], nullptr);
}

TEST(OwnEvent, ADeploymentInEveryState) {
  for (const char* state : {"success", "failure", "started", "progressing", "blocked"}) {
    event::Event event = deployed();
    event.category.state = state;
    EXPECT_EQ(body_of(event)["event_action"], state);
  }
}

TEST(OwnEvent, OthersOnlyWhenWantedAsCustomEvents) {
  EXPECT_EQ(body_of(pushed_branch()), nullptr);
  EXPECT_EQ(body_of(pushed_branch(), OwnEvents::all), ordered_json::parse(R"({
    "team_id": "team-1", "event_name": "push", "event_action": "success", "environment": null, "image": null,
    "branch": "release/1.x", "commit": "3f2a9c1b5d7e8f60718293a4b5c6d7e8f9012345", "repo": "Acme/App",
    "meta": {"user": "robin", "run_id": "42", "attempt": "1",
             "run_url": "https://github.com/Acme/App/actions/runs/42"}})"));
}

struct CustomCase {
  std::string label;
  std::string name, kind, action;
  std::string event_name, event_action;
};

TEST(OwnEvent, CustomEventsAreNamedAfterTheWebhook) {
  for (const CustomCase& c :
       {CustomCase{"issues", "issues.opened", "issues", "opened", "issues", "opened"},
        CustomCase{"no action", "fork", "fork", "", "fork", "success"},
        CustomCase{"tag", "create.tag", "create", "", "create", "success"},
        CustomCase{"labeled", "pull_request.labeled", "pull_request", "labeled", "pull_request", "labeled"},
        CustomCase{"no words of a forge", "issues.opened", "", "", "issues", "opened"},
        CustomCase{"only a name", "schedule", "", "", "schedule", "success"}}) {
    event::Event event = pushed_branch();
    event.names = {c.name};
    event.kind = c.kind;
    event.action = c.action;
    const ordered_json body = body_of(event, OwnEvents::all);
    EXPECT_EQ(body["event_name"].get<std::string>(), c.event_name) << c.label;
    EXPECT_EQ(body["event_action"].get<std::string>(), c.event_action) << c.label;
  }
}

TEST(OwnEvent, NothingWhereNoEventIsClaimed) {
  event::Event event = pushed_branch();
  event.names.clear();  // a ping, a run by name outside a CI
  EXPECT_EQ(body_of(event, OwnEvents::all), nullptr);
}

TEST(OwnEvent, NoTeamIsNull) {
  const auto made = own_event(merged_change(), {}, OwnEvents::changes_and_deployments, now);
  ASSERT_TRUE(made);
  EXPECT_EQ(made->body["team_id"], nullptr);
}

struct BranchCase {
  std::string label;
  std::vector<std::string> names;
  std::string ref, branch, tag, base;
  std::string expected;
};

TEST(ReportedBranch, FollowsTheEvent) {
  for (const BranchCase& c : {
           BranchCase{"push", {"push"}, "refs/heads/feature/x/y", "feature/x/y", "", "", "feature/x/y"},
           BranchCase{"tag", {"push.tag", "create.tag"}, "refs/tags/v1/rc", "", "v1/rc", "", "v1/rc"},
           BranchCase{"change", {"pull_request.opened"}, "refs/pull/7/merge", "topic", "", "main", "main"},
           BranchCase{"change, base unknown", {"pull_request"}, "refs/heads/topic", "topic", "", "", "topic"},
           BranchCase{"comment", {"issue_comment.created"}, "refs/heads/main", "", "", "", "main"},
           BranchCase{"merge ref", {"issues.opened"}, "refs/pull/7/merge", "", "", "", ""},
           BranchCase{
               "run by hand with a change", {"workflow_dispatch"}, "refs/heads/topic", "topic", "", "main", "topic"},
           BranchCase{"release", {"release.published"}, "refs/tags/v2", "", "v2", "", "v2"},
           BranchCase{"nothing known", {"push"}, "", "", "", "", ""},
       }) {
    event::Event event;
    event.names = c.names;
    event.ref = c.ref;
    event.branch = c.branch;
    event.tag = c.tag;
    event.base = c.base;
    EXPECT_EQ(reported_branch(event), c.expected) << c.label;
  }
}

plan::WorkflowRun planned_pipeline() {
  plan::WorkflowRun planned;
  planned.workflow = "build";
  planned.version = "1.2.0";
  planned.file = "ops.yml";
  return planned;
}

run::WorkflowRecord record_of(std::chrono::milliseconds duration) {
  run::WorkflowRecord record;
  record.started = now;
  record.ended = now + duration;
  return record;
}

TEST(WorkflowEvent, StartedHasNoDuration) {
  const auto made =
      workflow_event(merged_change(), facts, planned_pipeline(), record_of(std::chrono::milliseconds(0)), "started");
  EXPECT_EQ(made.body, ordered_json::parse(R"({
    "team_id": "team-1", "event_name": "pipeline", "event_action": "started", "environment": null, "image": null,
    "branch": "main", "commit": "3f2a9c1b5d7e8f60718293a4b5c6d7e8f9012345", "repo": "Acme/App",
    "meta": {"user": "robin", "workflow": "build", "version": "1.2.0", "run_id": "42", "attempt": "1",
             "run_url": "https://github.com/Acme/App/actions/runs/42"}})"));
}

TEST(WorkflowEvent, EndedHasOneInSeconds) {
  const auto made = workflow_event(merged_change(), facts, planned_pipeline(),
                                   record_of(std::chrono::milliseconds(61250)), "failure");
  EXPECT_EQ(made.name, "pipeline");
  EXPECT_EQ(made.action, "failure");
  EXPECT_EQ(made.body["meta"]["duration_s"], 61.25);
}

TEST(WorkflowEvent, IsADeploymentOnlyWhereTheWorkflowDeploys) {
  event::Event event = merged_change();
  event.environment = "staging";  // what the CI tells fills the field only
  plan::WorkflowRun planned = planned_pipeline();
  auto made = workflow_event(event, facts, planned, {}, "success");
  EXPECT_EQ(made.name, "pipeline");
  EXPECT_EQ(made.body["environment"], "staging");
  planned.environment = "production";
  made = workflow_event(event, {.team_id = "t", .image = "app:1"}, planned, {}, "success");
  EXPECT_EQ(made.name, "deployment");
  EXPECT_EQ(made.body["environment"], "production");
  EXPECT_EQ(made.body["image"], "app:1");
}

TEST(WorkflowEvent, IsNamedAfterTheKind) {
  for (const auto& [kind, name] :
       {std::pair(ops::WorkflowKind::command, "command"), std::pair(ops::WorkflowKind::pipeline, "pipeline"),
        std::pair(ops::WorkflowKind::service, "service"), std::pair(ops::WorkflowKind::workflow, "workflow")}) {
    plan::WorkflowRun planned = planned_pipeline();
    planned.kind = kind;
    EXPECT_EQ(workflow_event(merged_change(), facts, planned, {}, "started").name, name);
  }
}

TEST(WorkflowEvent, OutsideACiTellsTheAgentsOwnRun) {
  event::Event event = pushed_branch();
  event.run = {};
  const auto made = workflow_event(event, {.run_id = "r-1"}, planned_pipeline(), {}, "started");
  EXPECT_EQ(made.body["meta"]["run_id"], "r-1");
  EXPECT_FALSE(made.body["meta"].contains("run_url"));
}

}  // namespace
}  // namespace lifecycle::report
