#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <random>

#include "tests/agent/plan/plan_fixture.h"

namespace lifecycle::plan {
namespace {

using Json = nlohmann::ordered_json;

Setting rich() {
  Setting setting;
  setting.event = opened_change(true);
  setting.host = Environment({{"PATH", "/bin"}, {"HTTPS_PROXY", "http://u:hunter2@p"}, {"LANG", "caf\xe9"}});
  setting.secrets.sizes["TOO_LARGE"] = 200000;
  setting.packages.lacking = {"jq"};
  setting.options.env = {{"X", "flag"}};
  setting.ops(R"(version: "1"
commands:
  - {name: "c:1", description: d, run: "echo \"é\"", env: {secrets: [S], configs: [C], static: ["A=b"]},
     events: ["github:acme/app:pull_request.*"], mountCwd: true}
  - {name: "d:1", description: d, run: a, events: ["github:acme/app:push"]}
  - {name: "e:1", description: d, run: a}
pipelines:
  - {name: "p:1", description: d, events: ["github:acme/app:pull_request.opened:base==main"],
     env: {configs: [MISSING, TOO_LARGE]}, environment: production,
     jobs: [{name: j, description: d, packages: [jq], steps: [a, null]}, {name: k, description: d, workdir: sub, steps: [b]}]}
services:
  - {name: "s:1", description: d, run: a, port: ["8080:80", "9000"], health: /ok, trigger: [build],
     events: ["github:acme/app:pull_request.opened"]}
workflows:
  - {name: "old", description: d, steps: ["a", "b"]}
)");
  return setting;
}

std::string dump(const Plan& plan) { return to_json(plan).dump(2); }

TEST(PlanJson, IsReadBackAsItWas) {
  const Plan plan = rich().make();
  EXPECT_EQ(codes(plan), "plan-variable-too-large config-missing");
  const std::string text = dump(plan);
  const auto read = plan_from_json(Json::parse(text));
  ASSERT_TRUE(read) << read.error().message;
  EXPECT_EQ(dump(*read), text);
  const EnvEntry* lang = find_variable(read->matched.at(1).jobs.at(0), "LANG");
  ASSERT_NE(lang, nullptr);
  EXPECT_EQ(lang->value, "caf\xe9");
  EXPECT_EQ(read->matched.size(), plan.matched.size());
  EXPECT_EQ(read->matched[1].jobs[0].argv, plan.matched[1].jobs[0].argv);
  EXPECT_EQ(read->has_errors(), plan.has_errors());
}

TEST(PlanJson, NeverHoldsASecret) {
  Setting setting = rich();
  setting.event = push_to_main();
  setting.options.names = {"c", "p"};
  EXPECT_EQ(dump(setting.make()).find("hunter2"), std::string::npos);
}

TEST(PlanJson, HasTheKeysThatTheDocumentNames) {
  const Json json = to_json(rich().make());
  EXPECT_EQ(json["schema"], "lifecycle-agent/plan/1");
  for (const char* key : {"event", "matched", "unmatched", "problems"}) EXPECT_TRUE(json.contains(key)) << key;
  const Json& run = json["matched"][2];
  for (const char* key : {"workflow", "version", "kind", "file", "line", "trigger", "executor", "jobs"}) {
    EXPECT_TRUE(run.contains(key)) << key;
  }
  const Json& job = run["jobs"][0];
  for (const char* key :
       {"name", "needs", "steps", "script", "argv", "workdir", "packages", "image", "env", "missing", "timeout",
        "step_timeout", "retry", "if", "allow_failure", "matrix", "artifacts", "outputs", "executor"}) {
    EXPECT_TRUE(job.contains(key)) << key;
  }
  EXPECT_EQ(run["kind"], "pipeline");
  EXPECT_EQ(job["workdir"]["kind"], "empty");
  EXPECT_TRUE(job["workdir"]["path"].is_null());
  EXPECT_EQ(json["unmatched"][0]["workflow"], "d");
  EXPECT_EQ(json["unmatched"][0]["edit"], "github:acme/app:pull_request.opened");
  const auto secret = std::ranges::find_if(json["matched"][1]["jobs"][0]["env"],
                                           [](const Json& entry) { return entry["name"] == "C"; });
  EXPECT_TRUE((*secret)["value"].is_null());
  EXPECT_EQ((*secret)["source"], "config");
  EXPECT_EQ((*secret)["provider"], "environment");
}

struct BrokenPlan {
  std::string_view label;
  std::string_view pointer;  // what is replaced
  std::string_view value;    // JSON
  std::string_view named;    // in the message
};
class BrokenPlanJson : public testing::TestWithParam<BrokenPlan> {};

TEST_P(BrokenPlanJson, IsRefusedByTheNameOfTheKey) {
  Json json = to_json(rich().make());
  json[Json::json_pointer(std::string(GetParam().pointer))] = Json::parse(GetParam().value);
  const auto plan = plan_from_json(json);
  ASSERT_FALSE(plan);
  EXPECT_EQ(plan.error().code, "plan-json-invalid");
  EXPECT_NE(plan.error().message.find(GetParam().named), std::string::npos) << plan.error().message;
}
INSTANTIATE_TEST_SUITE_P(
    Keys, BrokenPlanJson,
    testing::Values(BrokenPlan{"OtherSchema", "/schema", "\"lifecycle-agent/plan/9\"", "lifecycle-agent/plan/9"},
                    BrokenPlan{"Event", "/event", "3", "event"}, BrokenPlan{"Matched", "/matched", "{}", "'matched'"},
                    BrokenPlan{"Run", "/matched/0", "[]", "'matched[0]'"},
                    BrokenPlan{"Kind", "/matched/0/kind", "\"task\"", "'matched[0].kind'"},
                    BrokenPlan{"Line", "/matched/0/line", "-1", "'matched[0].line'"},
                    BrokenPlan{"LargeLine", "/matched/0/line", "99999999999999999999", "'matched[0].line'"},
                    BrokenPlan{"Steps", "/matched/2/jobs/1/steps", "[1]", "'matched[2].jobs[1].steps'"},
                    BrokenPlan{"Workdir", "/matched/2/jobs/0/workdir", "null", "'matched[2].jobs[0].workdir'"},
                    BrokenPlan{"Source", "/matched/1/jobs/0/env/0/source", "\"elsewhere\"",
                               "'matched[1].jobs[0].env[0].source'"},
                    BrokenPlan{"VariableName", "/matched/1/jobs/0/env/0/name", "\"A=B\"", "env[0].name"},
                    BrokenPlan{"Value", "/matched/1/jobs/0/env/0/value", "\"a\\u0000b\"", "env[0].value"},
                    BrokenPlan{"Hex", "/matched/1/jobs/0/env/0/value_hex", "\"0g\"", "env[0].value_hex"},
                    BrokenPlan{"Severity", "/problems/0/severity", "\"fatal\"", "'problems[0].severity'"}),
    [](const auto& row) { return std::string(row.param.label); });

TEST(PlanJson, WhatIsShownOfAJobIsWhatItExecutes) {
  Json json = to_json(rich().make());
  json["problems"] = Json::array();
  ASSERT_TRUE(plan_from_json(json));
  const std::array<std::tuple<const char*, Json, const char*>, 3> edits{
      {{"/matched/2/jobs/0/steps", {"echo edited"}, "'matched[2].jobs[0].script'"},
       {"/matched/2/jobs/0/script", "#!/bin/bash\n", "'matched[2].jobs[0].script'"},
       {"/matched/1/jobs/0/argv", Json::array(), "'matched[1].jobs[0].argv'"}}};
  for (const auto& [pointer, value, named] : edits) {
    Json edited = json;
    edited[Json::json_pointer(pointer)] = value;
    const auto plan = plan_from_json(edited);
    ASSERT_FALSE(plan) << pointer;
    EXPECT_NE(plan.error().message.find(named), std::string::npos) << plan.error().message;
  }
}

TEST(PlanJson, AVariableThatNoExecTakesIsRefusedBeforeAnythingStarts) {
  Json json = to_json(rich().make());
  Json& entry = json["matched"][1]["jobs"][0]["env"][0];
  const std::string name = entry["name"];
  entry["value"] = std::string(131071 - name.size() - 1, 'x');
  EXPECT_TRUE(plan_from_json(json));
  entry["value"] = std::string(131071 - name.size(), 'x');
  const auto plan = plan_from_json(json);
  ASSERT_FALSE(plan);
  EXPECT_NE(plan.error().message.find("131071"), std::string::npos) << plan.error().message;
}

TEST(PlanJsonProperty, AnyValueInAnyPlaceIsReadOrRefused) {
  const Json whole = to_json(rich().make()).flatten();
  std::vector<std::string> pointers;
  for (const auto& [pointer, value] : whole.items()) pointers.push_back(pointer);
  const std::vector<Json> values{nullptr, true, -5, 1e300, "text", Json::array(), Json::object(), {{"a", 1}}};
  std::mt19937 random(1);
  int refused = 0;
  const Json json = to_json(rich().make());
  for (int i = 0; i < 100; ++i) {
    Json changed = json;
    changed[Json::json_pointer(pointers[random() % pointers.size()])] = values[random() % values.size()];
    const auto plan = plan_from_json(changed);
    if (plan) {
      const auto again = plan_from_json(to_json(*plan));
      ASSERT_TRUE(again);
      ASSERT_EQ(dump(*again), dump(*plan));
    } else {
      ++refused;
      ASSERT_EQ(plan.error().code, "plan-json-invalid");
    }
  }
  EXPECT_GT(refused, 30);
}

TEST(PlanJson, WhatIsNoObjectIsNoPlan) {
  for (const char* text : {"null", "[]", "3", "\"x\"", "{}"}) {
    const auto plan = plan_from_json(Json::parse(text));
    ASSERT_FALSE(plan) << text;
    EXPECT_EQ(plan.error().code, "plan-json-invalid");
  }
}

}  // namespace
}  // namespace lifecycle::plan
