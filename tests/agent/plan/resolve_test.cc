#include <gtest/gtest.h>

#include <algorithm>

#include "tests/agent/plan/plan_fixture.h"

namespace lifecycle::plan {
namespace {

constexpr std::string_view several = R"(version: "1"
commands:
  - {name: "greet:1.0.0", description: d, run: echo hi}
  - {name: "both:1.0.0", description: d, run: echo hi}
pipelines:
  - name: release:1.0.0
    description: d
    events: ["github:acme/app:push:ref==main", "github:acme/app:create.tag"]
    jobs: [{name: j, description: d, steps: [make, null, "make test"]}]
  - name: preview:1.0.0
    description: d
    events: ["github:acme/app:pull_request.opened", "github:acme/app:push:ref==develop", "gitlab:acme/app:push"]
    jobs: [{name: j, description: d, steps: [make]}]
  - name: both:2.0.0
    description: d
    jobs: [{name: j, description: d, steps: [make]}]
services:
  - {name: "api:1.0.0", description: d, run: node app.js, events: ["github:acme/app:push"], port: ["8080:3000"], health: /ok}
)";

std::string names_of(const Plan& plan) {
  std::string text;
  for (const WorkflowRun& run : plan.matched) text += (text.empty() ? "" : " ") + run.workflow;
  return text;
}

const Unmatched& unmatched(const Plan& plan, std::string_view name) {
  return *std::ranges::find(plan.unmatched, name, &Unmatched::workflow);
}

TEST(MakePlan, ByEventRunsWhatMatchesServicesFirst) {
  const Plan plan = Setting().ops(several).make();
  EXPECT_EQ(codes(plan), "");
  EXPECT_EQ(names_of(plan), "api release");
  const WorkflowRun& release = plan.matched[1];
  EXPECT_EQ(release.trigger, "github:acme/app:push:ref==main");
  EXPECT_EQ(release.matched_name, "push");
  EXPECT_EQ(release.match_reason, "event is 'push'");
  EXPECT_EQ(release.file, "ops.yml");
  EXPECT_EQ(release.directory, "/src/app");
  EXPECT_EQ(release.version, "1.0.0");
  EXPECT_EQ(release.kind, ops::WorkflowKind::pipeline);
  EXPECT_EQ(release.jobs[0].steps, (std::vector<std::string>{"make", "", "make test"}));
  EXPECT_EQ(release.jobs[0].script, "#!/bin/bash\nset -euo pipefail\nIFS=$'\\n\\t'\nmake\n\nmake test");
  EXPECT_TRUE(release.jobs[0].argv.empty());
  const WorkflowRun& api = plan.matched[0];
  EXPECT_EQ(api.health, "/ok");
  ASSERT_EQ(api.ports.size(), 1U);
  EXPECT_EQ(api.ports[0].container, 3000);
  EXPECT_EQ(api.jobs[0].argv, (std::vector<std::string>{"bash", "-c", "node app.js \"$@\"", "api"}));
}

TEST(MakePlan, SaysOfTheOthersTheFirstConditionThatFailed) {
  const Plan plan = Setting().ops(several).make();
  const Unmatched& preview = unmatched(plan, "preview");
  EXPECT_EQ(preview.reasons, (std::vector<std::string>{"ref is 'main', the trigger asks ref==develop"}));
  EXPECT_EQ(preview.edit, "github:acme/app:push:ref==main");
  EXPECT_EQ(preview.triggers.size(), 3U);
  EXPECT_EQ(preview.file, "ops.yml");
  EXPECT_EQ(preview.line, 10);
  const Unmatched& greet = unmatched(plan, "greet");
  EXPECT_EQ(greet.reasons, (std::vector<std::string>{"has no events: nothing starts it, run it by name (run greet)"}));
  EXPECT_EQ(greet.edit, "");
}

TEST(MakePlan, OfTriggersThatAskAnotherEventTheOneAboutTheSameThingIsExplained) {
  Setting setting;
  setting.event = opened_change(false);
  setting.ops(R"(version: "1"
commands: [{name: "c:1", description: d, run: a,
            events: ["github:acme/app:push", "github:acme/app:pull_request.merged", "github:acme/app:create.tag"]}]
)");
  EXPECT_EQ(setting.make().unmatched.at(0).reasons.at(0),
            "event is 'pull_request.opened', the trigger asks pull_request.merged");
}

TEST(MakePlan, AMatchThroughAFurtherNameIsSaid) {
  Setting setting;
  setting.event.names = {"push.tag", "create.tag"};
  setting.event.alias_reasons = {"create.tag: a pushed tag is a created one in a CI job"};
  setting.event.ref = "refs/tags/v1";
  setting.event.branch.clear();
  setting.event.tag = "v1";
  const Plan plan = setting.ops(several).make();
  EXPECT_EQ(names_of(plan), "release");
  EXPECT_EQ(plan.matched[0].trigger, "github:acme/app:create.tag");
  EXPECT_EQ(plan.matched[0].matched_name, "create.tag");
  EXPECT_NE(plan.matched[0].match_reason.find("a pushed tag is a created one"), std::string::npos);
}

TEST(MakePlan, AnEventThatNothingIsKnownOfStartsNothing) {
  Setting setting;
  setting.event = event::Event{};
  const Plan plan = setting.ops(several).make();
  EXPECT_TRUE(plan.matched.empty());
  EXPECT_EQ(plan.unmatched.size(), 6U);
  EXPECT_FALSE(plan.has_errors());
}

TEST(MakePlan, FilesAreInTheirOrderAndServicesOfAllFirst) {
  Setting setting;
  const auto file = [](std::string_view suffix) {
    return "version: '1'\ncommands: [{name: 'c" + std::string(suffix) +
           ":1', description: d, run: a, events: ['github:acme/app:push']}]\nservices: [{name: 's" +
           std::string(suffix) + ":1', description: d, run: a, events: ['github:acme/app:push']}]\n";
  };
  setting.files = {{"b/ops.yml", file("B")}, {"a/ops.yml", file("A")}};
  EXPECT_EQ(names_of(setting.make()), "sB sA cB cA");
}

struct NameCase {
  std::string_view label;
  std::vector<std::string> names;
  std::string_view runs;
  std::string_view codes;
  std::string_view said;  // a part of message or hint of the first problem
};
class ByName : public testing::TestWithParam<NameCase> {};

TEST_P(ByName, FollowsTheTable) {
  Setting setting;
  setting.event = event::Event{};
  setting.options.names = GetParam().names;
  const Plan plan = setting.ops(several).make();
  EXPECT_EQ(names_of(plan), GetParam().runs);
  EXPECT_EQ(codes(plan), GetParam().codes);
  EXPECT_TRUE(plan.unmatched.empty());
  if (plan.problems.empty()) return;
  const std::string said = plan.problems[0].message + " | " + plan.problems[0].hint;
  EXPECT_NE(said.find(GetParam().said), std::string::npos) << said;
  EXPECT_TRUE(plan.has_errors());
}
INSTANTIATE_TEST_SUITE_P(
    Names, ByName,
    testing::Values(
        NameCase{"WithoutVersion", {"greet"}, "greet", "", ""},
        NameCase{"WithVersion", {"greet:1.0.0"}, "greet", "", ""},
        NameCase{"OtherVersion", {"greet:2"}, "", "workflow-unknown", "there is ops.yml#command/greet:1.0.0"},
        NameCase{"TriggersAreIgnored", {"preview"}, "preview", "", ""},
        NameCase{"InTheirOrder", {"preview", "greet", "api"}, "api preview greet", "", ""},
        NameCase{"Once", {"greet", "greet:1.0.0"}, "greet", "", ""},
        NameCase{"Typo", {"gret"}, "", "workflow-unknown", "did you mean 'greet'?"},
        NameCase{"Unlike", {"somethingelse"}, "", "workflow-unknown", "workflows are: api, greet"},
        NameCase{"Several",
                 {"both"},
                 "",
                 "workflow-ambiguous",
                 "'both' names 2 workflows: ops.yml#command/both:1.0.0, ops.yml#pipeline/both:2.0.0"},
        NameCase{"SeveralButOneVersion", {"both:2.0.0"}, "both", "", ""},
        NameCase{"SeveralButOneKind", {"command/both"}, "both", "", ""},
        NameCase{"FullName", {"ops.yml#pipeline/both:2.0.0"}, "both", "", ""},
        NameCase{"OtherFile", {"x/ops.yml#greet"}, "", "workflow-unknown", "there is ops.yml#command/greet"}),
    [](const auto& row) { return std::string(row.param.label); });

TEST(Arguments, NeedExactlyOneName) {
  for (const auto& names : {std::vector<std::string>{}, std::vector<std::string>{"greet", "api"}}) {
    Setting setting;
    setting.options.names = names;
    setting.options.arguments = {"x"};
    EXPECT_EQ(codes(setting.ops(several).make()), "arguments-need-one-name");
  }
  Setting setting;
  setting.options.names = {"greet"};
  setting.options.arguments = {"a b", "$(id)"};
  const Plan plan = setting.ops(several).make();
  EXPECT_EQ(codes(plan), "");
  EXPECT_EQ(plan.matched[0].jobs[0].argv,
            (std::vector<std::string>{"bash", "-c", "echo hi \"$@\"", "greet", "a b", "$(id)"}));
}

TEST(Arguments, OfAPipelineAreAnError) {
  Setting setting;
  setting.options.names = {"release"};
  setting.options.arguments = {"x"};
  EXPECT_EQ(codes(setting.ops(several).make()), "run-takes-no-arguments");
}

TEST(Arguments, CannotFollowAnythingButACommand) {
  Setting setting;
  setting.options.names = {"c"};
  setting.options.arguments = {"x"};
  setting.ops("version: '1'\ncommands:\n  - name: c:1\n    description: d\n    run: |\n      make\n");
  const Plan plan = setting.make();
  ASSERT_EQ(codes(plan), "run-takes-no-arguments");
  EXPECT_NE(plan.problems[0].message.find("ends in a newline"), std::string::npos);
  EXPECT_EQ(plan.problems[0].place.line, 5);
}

struct ExecutorCase {
  std::string_view label;
  std::string_view workflow;  // flow-style entry
  std::string_view list;
  ops::ExecutorChoice flag;
  std::string_view executor;
  bool skipped;
};
class ExecutorRule : public testing::TestWithParam<ExecutorCase> {};

TEST_P(ExecutorRule, FollowsTheTable) {
  Setting setting;
  setting.options.executor = GetParam().flag;
  setting.ops("version: '1'\n" + std::string(GetParam().list) + ":\n  - {name: 'w:1', description: d, " +
              std::string(GetParam().workflow) + ", env: {secrets: [MISSING]}, events: ['github:acme/app:push']}\n");
  const Plan plan = setting.make();
  ASSERT_EQ(plan.matched.size(), 1U);
  EXPECT_EQ(!plan.matched[0].skipped.empty(), GetParam().skipped) << plan.matched[0].skipped;
  EXPECT_EQ(plan.matched[0].executor, GetParam().executor);
  // What is skipped lacks nothing: its secrets are not asked for.
  EXPECT_EQ(codes(plan), GetParam().skipped ? "" : "secret-missing");
  if (GetParam().skipped) {
    EXPECT_TRUE(plan.matched[0].skipped.starts_with("needs executor: container"));
    EXPECT_FALSE(plan.has_errors());
  }
}
using Choice = ops::ExecutorChoice;
constexpr std::string_view built = "run: a, trigger: [build, publish, start]";
INSTANTIATE_TEST_SUITE_P(
    Rules, ExecutorRule,
    testing::Values(
        ExecutorCase{"BuiltService", built, "services", Choice::unset, "container", true},
        ExecutorCase{"BuiltServiceByFlag", built, "services", Choice::process, "process", false},
        ExecutorCase{"BuiltServiceByKey", "run: a, executor: process, trigger: [build, start]", "services",
                     Choice::unset, "process", false},
        ExecutorCase{"StartedService", "run: a, trigger: [start]", "services", Choice::unset, "process", false},
        ExecutorCase{"PublishedService", "run: a, trigger: [publish]", "services", Choice::unset, "container", true},
        ExecutorCase{"BuiltAndPublishedService", "run: a, trigger: [build, publish]", "services", Choice::unset,
                     "container", true},
        ExecutorCase{"PublishedServiceByFlag", "run: a, trigger: [publish]", "services", Choice::process, "container",
                     true},
        ExecutorCase{"PublishedServiceByKey", "run: a, executor: process, trigger: [build, publish]", "services",
                     Choice::unset, "container", true},
        ExecutorCase{"PublishedAndStartedService", "run: a, trigger: [publish, start]", "services", Choice::unset,
                     "process", false},
        ExecutorCase{"PipelineWithoutStart", "trigger: [publish], jobs: [{name: a, description: d, steps: [x]}]",
                     "pipelines", Choice::unset, "process", false},
        ExecutorCase{"ServiceWithoutTrigger", "run: a", "services", Choice::unset, "process", false},
        ExecutorCase{"CommandInContainer", "run: a, executor: container", "commands", Choice::unset, "container", true},
        ExecutorCase{"CommandInContainerByFlag", "run: a, executor: container", "commands", Choice::process, "process",
                     false},
        ExecutorCase{
            "JobInContainer",
            "jobs: [{name: a, description: d, steps: [x]}, {name: b, description: d, executor: container, steps: "
            "[x]}]",
            "pipelines", Choice::unset, "container", true},
        ExecutorCase{"PlainCommand", "run: a", "commands", Choice::unset, "process", false}),
    [](const auto& row) { return std::string(row.param.label); });

TEST(ServiceActions, ByNameAServiceStartsWhateverItsTriggerHolds) {
  Setting setting;
  setting.options.names = {"s"};
  setting.ops("version: '1'\nservices: [{name: 's:1', description: d, run: a, trigger: [publish]}]");
  const Plan plan = setting.make();
  EXPECT_EQ(plan.matched.at(0).skipped, "");
  EXPECT_TRUE(plan.matched.at(0).notes.empty());
}

TEST(ServiceActions, ThatAProcessCannotDoAreSaid) {
  Setting setting;
  setting.options.executor = Choice::process;
  setting.ops(
      "version: '1'\nservices: [{name: 's:1', description: d, run: a, trigger: [build, publish, start], events: "
      "['github:acme/app:push']}]");
  const WorkflowRun run = setting.make().matched.at(0);
  EXPECT_EQ(run.skipped, "");
  EXPECT_EQ(run.notes,
            (std::vector<std::string>{"build, publish of its trigger are skipped (needs executor: container): the "
                                      "service runs as a process, without an image"}));
}

TEST(ServiceActions, WhyAnEventDoesNotStartItIsSaid) {
  Setting setting;
  setting.ops(
      "version: '1'\nservices: [{name: 's:1', description: d, run: a, trigger: [publish], events: "
      "['github:acme/app:push']}]");
  EXPECT_EQ(setting.make().matched.at(0).skipped,
            "needs executor: container, since its trigger holds publish but not start: an event is to make its "
            "image, not to start it; run s --executor process starts it as a process of this machine");
}

TEST(ExecutorFlag, ContainerIsAnErrorWhileThereIsNone) {
  Setting setting;
  setting.options.executor = Choice::container;
  setting.options.names = {"greet"};
  const Plan plan = setting.ops(several).make();
  EXPECT_EQ(codes(plan), "executor-unavailable");
  EXPECT_TRUE(plan.has_errors());
}

TEST(Notes, NameIgnoredKeysAndPackagesThatAreNotHere) {
  Setting setting;
  setting.options.names = {"c", "p"};
  setting.packages.lacking = {"jq"};
  setting.ops(R"(version: "1"
commands: [{name: "c:1", description: d, run: a, mountCwd: true, bind: ["/a:/b"]}]
pipelines: [{name: "p:1", description: d, jobs: [{name: j, description: d, packages: [git, jq], steps: [a]}]}]
)");
  const Plan plan = setting.make();
  ASSERT_EQ(plan.matched.size(), 2U);
  ASSERT_EQ(plan.matched[0].notes.size(), 1U);
  EXPECT_NE(plan.matched[0].notes[0].find("have no meaning in the process executor"), std::string::npos);
  EXPECT_NE(plan.matched[0].notes[0].find("mountCwd"), std::string::npos);
  ASSERT_EQ(plan.matched[1].notes.size(), 1U);
  EXPECT_NE(plan.matched[1].notes[0].find("jq"), std::string::npos);
  EXPECT_EQ(plan.matched[1].jobs[0].packages, (std::vector<std::string>{"git", "jq"}));
  EXPECT_EQ(plan.matched[1].jobs[0].missing_packages, (std::vector<std::string>{"jq"}));
  EXPECT_EQ(codes(plan), "");
}

TEST(LegacyWorkflow, KeepsItsStepsApartAndTheirMarks) {
  Setting setting;
  setting.options.names = {"old"};
  setting.ops(R"(version: "1"
workflows: [{name: old, description: d, steps: ["echo {{OPS_STATE_DIR}} {{OPS_STATE_DIR}}", "false"], env: ["A=$A"]}]
)");
  const Plan plan = setting.make();
  const PlannedJob& job = plan.matched.at(0).jobs.at(0);
  EXPECT_TRUE(job.shell_per_step);
  EXPECT_EQ(job.steps, (std::vector<std::string>{"echo {{OPS_STATE_DIR}} {{OPS_STATE_DIR}}", "false"}));
  EXPECT_TRUE(job.script.empty());
  EXPECT_TRUE(job.argv.empty());
}

TEST(DeploymentEnvironment, IsTheFlagsElseTheKeys) {
  Setting setting;
  setting.options.names = {"c"};
  setting.ops("version: '1'\ncommands: [{name: 'c:1', description: d, run: a, environment: staging}]");
  EXPECT_EQ(setting.make().matched.at(0).environment, "staging");
  setting.options.environment = "production";
  EXPECT_EQ(setting.make().matched.at(0).environment, "production");
}

TEST(MakePlan, WarningsAboutTheEventAreProblemsWithoutBeingErrors) {
  Setting setting;
  setting.event.actor = std::string(40000, 'x');
  const Plan plan = setting.ops(several).make();
  EXPECT_EQ(codes(plan), "event-value-cut");
  EXPECT_FALSE(plan.has_errors());
}

}  // namespace
}  // namespace lifecycle::plan
