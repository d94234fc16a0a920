#include <gtest/gtest.h>

#include "tests/agent/plan/plan_fixture.h"

namespace lifecycle::plan {
namespace {

constexpr std::string_view event_line =
    "    events: ['github:acme/app:push', 'github:acme/app:pull_request.*', 'github:acme/app:workflow_run.success']\n";

/// A pipeline of one job; both env maps in flow style.
std::string pipeline(std::string_view env, std::string_view job_env = "{}") {
  return "version: '1'\npipelines:\n  - name: build:1.0.0\n    description: d\n" + std::string(event_line) +
         "    env: " + std::string(env) +
         "\n    jobs:\n      - {name: j, description: d, env: " + std::string(job_env) + ", steps: [make]}\n";
}

struct EnvironmentCase {
  std::string_view label;
  std::string_view env;
  std::string_view job_env;
  std::map<std::string, std::string, std::less<>> host;
  std::string_view name;
  std::string_view expected;  // see shown()
};
class JobEnvironmentTable : public testing::TestWithParam<EnvironmentCase> {};

TEST_P(JobEnvironmentTable, Follows) {
  const auto& row = GetParam();
  Setting setting;
  setting.host = Environment(row.host);
  setting.ops(pipeline(row.env, row.job_env));
  const Plan plan = setting.make();
  EXPECT_EQ(codes(plan), "");
  ASSERT_EQ(plan.matched.size(), 1U);
  EXPECT_EQ(shown(plan.matched[0].jobs.at(0), row.name), row.expected);
}
INSTANTIATE_TEST_SUITE_P(
    Rules, JobEnvironmentTable,
    testing::Values(
        EnvironmentCase{"PassedOn", "{}", "{}", {{"PATH", "/bin"}}, "PATH", "host=/bin"},
        EnvironmentCase{"Locale", "{}", "{}", {{"LC_ALL", "C"}}, "LC_ALL", "host=C"},
        EnvironmentCase{"PassedOnEmpty", "{}", "{}", {{"NO_COLOR", ""}}, "NO_COLOR", "host="},
        EnvironmentCase{"OfTheCi", "{}", "{}", {{"GITHUB_SHA", "1"}}, "GITHUB_SHA", "ci=1"},
        EnvironmentCase{"Ci", "{}", "{}", {{"CI", "true"}}, "CI", "ci=true"},
        EnvironmentCase{"NotPassedOn", "{}", "{}", {{"AWS_REGION", "x"}}, "AWS_REGION", "unset"},
        EnvironmentCase{"TokenNotPassedOn", "{}", "{}", {{"GITHUB_TOKEN", "x"}}, "GITHUB_TOKEN", "unset"},
        EnvironmentCase{"CommandFileNotPassedOn", "{}", "{}", {{"GITHUB_ENV", "x"}}, "GITHUB_ENV", "unset"},
        EnvironmentCase{"ProxyWithPassword", "{}", "{}", {{"HTTP_PROXY", "http://u:p@h"}}, "HTTP_PROXY", "host:secret"},
        EnvironmentCase{"Proxy", "{}", "{}", {{"http_proxy", "http://h"}}, "http_proxy", "host=http://h"},
        EnvironmentCase{"TermElseDumb", "{}", "{}", {}, "TERM", "default=dumb"},
        EnvironmentCase{"Term", "{}", "{}", {{"TERM", "xterm"}}, "TERM", "host=xterm"},
        EnvironmentCase{"PythonUnbuffered", "{}", "{}", {{"PYTHONUNBUFFERED", "0"}}, "PYTHONUNBUFFERED", "default=1"},
        EnvironmentCase{"Repo", "{}", "{}", {{"REPO", "host"}}, "REPO", "event=app"},
        EnvironmentCase{"Org", "{}", "{}", {}, "ORG", "event=acme"},
        EnvironmentCase{"Ref", "{}", "{}", {}, "REF", "event=main"},
        EnvironmentCase{"EventFact", "{}", "{}", {{"LIFECYCLE_EVENT_NAME", "x"}}, "LIFECYCLE_EVENT_NAME", "event=push"},
        EnvironmentCase{"Setting", "{}", "{}", {{"LIFECYCLE_EVENTS_URL", "x"}}, "LIFECYCLE_EVENTS_URL", "unset"},
        EnvironmentCase{"Workflow", "{}", "{}", {}, "LIFECYCLE_WORKFLOW", "default=build"},
        EnvironmentCase{"Job", "{}", "{}", {}, "LIFECYCLE_JOB", "default=j"},
        EnvironmentCase{"RunId", "{}", "{}", {}, "LIFECYCLE_RUN_ID", "default:run_id"},
        EnvironmentCase{
            "Marker", "{static: [LIFECYCLE_AGENT_RUN=x]}", "{}", {}, "LIFECYCLE_AGENT_RUN", "default:run_id"},
        EnvironmentCase{
            "StaticOverHost", "{static: [PATH=/ops/bin]}", "{}", {{"PATH", "/bin"}}, "PATH", "static=/ops/bin"},
        EnvironmentCase{"StaticOverEvent", "{static: [ORG=cto-ai]}", "{}", {}, "ORG", "static=cto-ai"},
        EnvironmentCase{"StaticOverHome", "{static: [HOME=/h]}", "{}", {}, "HOME", "static=/h"},
        EnvironmentCase{"StaticMayBearANameOfTheStep", "{static: [INPUT_X=1]}", "{}", {}, "INPUT_X", "static=1"},
        EnvironmentCase{"ConfigOverStatic", "{static: [A=1], configs: [A]}", "{}", {}, "A", "config:secret"},
        EnvironmentCase{
            "SecretOverConfig", "{static: [A=1], configs: [A], secrets: [A]}", "{}", {}, "A", "secret:secret"},
        EnvironmentCase{"ConfigThatIsAToken", "{configs: [NPM_TOKEN]}", "{}", {}, "NPM_TOKEN", "secret:secret"},
        EnvironmentCase{
            "GithubTokenIfDeclared", "{secrets: [GITHUB_TOKEN]}", "{}", {}, "GITHUB_TOKEN", "secret:secret"},
        EnvironmentCase{"JobOverPipeline", "{static: [A=1]}", "{static: [A=2]}", {}, "A", "static=2"},
        EnvironmentCase{"SecretThatTheJobLists", "{secrets: [DB]}", "[DB]", {{"DB", "value"}}, "DB", "secret:secret"},
        EnvironmentCase{
            "SecretThatTheJobCallsAConfig", "{secrets: [DB]}", "{configs: [DB]}", {}, "DB", "secret:secret"},
        EnvironmentCase{
            "SecretOfTheJobThatThePipelineLists", "[DB]", "{secrets: [DB]}", {{"DB", "value"}}, "DB", "secret:secret"},
        EnvironmentCase{"JobStaticOverPipelineSecret", "{secrets: [A]}", "{static: [A=2]}", {}, "A", "static=2"},
        EnvironmentCase{
            "JobStaticForAMissingSecret", "{secrets: [MISSING]}", "{static: [MISSING=2]}", {}, "MISSING", "static=2"},
        EnvironmentCase{"PipelineRemains", "{static: [A=1]}", "{static: [B=2]}", {}, "A", "static=1"}),
    [](const auto& row) { return std::string(row.param.label); });

struct ListCase {
  std::string_view label;
  std::string_view item;
  std::map<std::string, std::string, std::less<>> host;
  std::string_view name;
  std::string_view expected;
};
class ListForm : public testing::TestWithParam<ListCase> {};

TEST_P(ListForm, Follows) {
  Setting setting;
  setting.host = Environment(GetParam().host);
  setting.options.names = {"c"};
  setting.ops("version: '1'\ncommands: [{name: 'c:1', description: d, run: a, env: ['" + std::string(GetParam().item) +
              "']}]");
  const Plan plan = setting.make();
  EXPECT_EQ(codes(plan), "");
  EXPECT_EQ(shown(plan.matched.at(0).jobs.at(0), GetParam().name), GetParam().expected);
}
INSTANTIATE_TEST_SUITE_P(
    Items, ListForm,
    testing::Values(
        ListCase{"OfTheHost", "A=$A", {{"A", "1"}}, "A", "host=1"}, ListCase{"NotOnTheHost", "A=$A", {}, "A", "unset"},
        ListCase{"Fallback", "A=x", {}, "A", "static=x"},
        ListCase{"HostOverFallback", "A=x", {{"A", "1"}}, "A", "host=1"},
        ListCase{"EmptyOnTheHost", "A=x", {{"A", ""}}, "A", "host="},
        ListCase{"OtherVariableIsNotExpanded", "A=$B", {{"B", "1"}}, "A", "static=$B"},
        ListCase{"TellingName", "API_KEY=$API_KEY", {{"API_KEY", "1"}}, "API_KEY", "secret:secret"},
        ListCase{"TellingNameOfNoPlace", "MISSING_KEY=$MISSING_KEY", {}, "MISSING_KEY", "unset"},
        ListCase{"TellingNameWithFallback", "MISSING_KEY=x", {}, "MISSING_KEY", "static=x"},
        ListCase{"NameOfTheStep", "GITHUB_ENV=$GITHUB_ENV", {{"GITHUB_ENV", "/f"}}, "GITHUB_ENV", "unset"},
        ListCase{"AgentSocket", "SSH_AUTH_SOCK=$SSH_AUTH_SOCK", {{"SSH_AUTH_SOCK", "/s"}}, "SSH_AUTH_SOCK", "host=/s"}),
    [](const auto& row) { return std::string(row.param.label); });

TEST(JobEnvironment, IsSortedAndHasEachNameOnce) {
  Setting setting;
  setting.ops(pipeline("{static: [ZED=1, ALPHA=2, PATH=/x]}", "{static: [MID=1]}"));
  const Plan plan = setting.make();
  const auto& env = plan.matched.at(0).jobs.at(0).env;
  for (std::size_t i = 1; i < env.size(); ++i) EXPECT_LT(env[i - 1].name, env[i].name);
}

TEST(JobEnvironment, FlagsAreOverEverything) {
  Setting setting;
  setting.options.env = {{"A", "flag"}, {"REF", "flag"}, {"MISSING", "flag"}, {"LIFECYCLE_AGENT_RUN", "flag"}};
  setting.ops(pipeline("{secrets: [A, MISSING]}", "{static: [REF=job]}"));
  const Plan plan = setting.make();
  EXPECT_EQ(codes(plan), "");
  const PlannedJob& job = plan.matched.at(0).jobs.at(0);
  EXPECT_EQ(shown(job, "A"), "flag=flag");
  EXPECT_EQ(shown(job, "REF"), "flag=flag");
  EXPECT_EQ(shown(job, "MISSING"), "flag=flag");
  EXPECT_EQ(shown(job, "LIFECYCLE_AGENT_RUN"), "default:run_id");
}

TEST(JobEnvironment, PassEnvPassesByName) {
  Setting setting;
  setting.host = Environment({{"AWS_REGION", "eu"}, {"AWS_SECRET_ACCESS_KEY", "x"}});
  setting.options.pass_env = {"AWS_REGION", "AWS_SECRET_ACCESS_KEY", "UNSET"};
  setting.ops(pipeline("{}"));
  const Plan plan = setting.make();
  EXPECT_EQ(codes(plan), "");
  const PlannedJob& job = plan.matched.at(0).jobs.at(0);
  EXPECT_EQ(shown(job, "AWS_REGION"), "host=eu");
  EXPECT_EQ(shown(job, "AWS_SECRET_ACCESS_KEY"), "secret:secret");
  EXPECT_EQ(shown(job, "UNSET"), "unset");
}

TEST(JobEnvironment, PassEnvAndEnvRefuseWhatIsNeverGiven) {
  Setting setting;
  setting.host = Environment({{"NPM_TOKEN", "x"}, {"GITHUB_OUTPUT", "/f"}});
  setting.options.pass_env = {"NPM_TOKEN", "GITHUB_OUTPUT"};
  setting.options.env = {{"LIFECYCLE_TOKEN", "x"}};
  setting.ops(pipeline("{}"));
  const Plan plan = setting.make();
  EXPECT_EQ(codes(plan), "plan-variable-reserved plan-variable-reserved plan-variable-reserved");
  EXPECT_TRUE(plan.has_errors());
  const PlannedJob& job = plan.matched.at(0).jobs.at(0);
  for (const std::string_view name : {"NPM_TOKEN", "GITHUB_OUTPUT", "LIFECYCLE_TOKEN"})
    EXPECT_EQ(shown(job, name), "unset");
}

/// The reader of files refuses such a name too; a plan is made of values, which may come from elsewhere.
ops::OpsFile file_declaring(const ops::EnvironmentDeclaration& env) {
  ops::Workflow workflow;
  workflow.name = "build";
  workflow.place = {"ops.yml", 2, 1, 1};
  workflow.run.text = "make";
  workflow.env = env;
  return {"ops.yml", "1", {workflow}};
}

TEST(JobEnvironment, DeclaringAnOwnTokenIsAnError) {
  const SourcePlace place{"ops.yml", 4, 7, 15};
  std::vector<ops::EnvironmentDeclaration> declarations(6);
  declarations[0].secrets = {{"LIFECYCLE_TOKEN", place}};
  declarations[1].configs = {{"LIFECYCLE_TOKEN", place}};
  declarations[2].statics = {{"LIFECYCLE_TOKEN", "x", place}};
  declarations[3].hosts = {{"LIFECYCLE_TOKEN", std::nullopt, place}};
  declarations[4].secrets = {{"ACTIONS_ID_TOKEN_REQUEST_URL", place}};
  declarations[5].secrets = {{"GITHUB_ENV", place}};
  Setting setting;
  setting.host.set("LIFECYCLE_TOKEN", "hunter2");
  setting.options.names = {"build"};
  for (const auto& declaration : declarations) {
    const Plan plan = make_plan(setting.event, {file_declaring(declaration)}, setting.host, setting.options,
                                setting.secrets, setting.packages);
    ASSERT_EQ(codes(plan), "plan-variable-reserved");
    EXPECT_TRUE(plan.has_errors());
    EXPECT_EQ(plan.problems[0].place.line, 4);
    EXPECT_EQ(plan.problems[0].message.find("hunter2"), std::string::npos);
    for (const std::string_view name : {"LIFECYCLE_TOKEN", "ACTIONS_ID_TOKEN_REQUEST_URL", "GITHUB_ENV"}) {
      EXPECT_EQ(shown(plan.matched.at(0).jobs.at(0), name), "unset");
    }
  }
}

TEST(JobEnvironment, AStaticValueWithANulIsAnError) {
  ops::EnvironmentDeclaration declaration;
  declaration.statics = {{"A", std::string("x\0y", 3), {}}};
  Setting setting;
  setting.options.names = {"build"};
  const Plan plan = make_plan(setting.event, {file_declaring(declaration)}, setting.host, setting.options,
                              setting.secrets, setting.packages);
  EXPECT_EQ(codes(plan), "plan-variable-nul");
}

TEST(JobEnvironment, AMissingSecretIsAnErrorThatNamesWorkflowKeyAndPlaces) {
  Setting setting;
  setting.secrets.troubles["MISSING_B"] = "the environment has it, but empty";
  setting.ops(pipeline("{secrets: [MISSING_A, FOUND, MISSING_B], configs: [MISSING_C]}"));
  const Plan plan = setting.make();
  ASSERT_EQ(codes(plan), "config-missing secret-missing secret-missing");
  EXPECT_EQ(plan.problems[1].message, "secret 'MISSING_A' of pipeline 'build' was not found");
  EXPECT_EQ(plan.problems[1].hint,
            "asked: environment, /run/secrets; add it to one of them, or name another place with --secrets-dir or "
            "--env-file");
  EXPECT_EQ(plan.problems[1].place.line, 6);
  EXPECT_EQ(plan.problems[2].message,
            "secret 'MISSING_B' of pipeline 'build' was not found (the environment has it, but empty)");
  const auto& missing = plan.matched.at(0).jobs.at(0).missing;
  ASSERT_EQ(missing.size(), 3U);
  EXPECT_EQ(missing[0].kind, "config");
  EXPECT_EQ(missing[1].name, "MISSING_A");
  EXPECT_EQ(missing[1].asked, (std::vector<std::string>{"environment", "/run/secrets"}));
}

TEST(JobEnvironment, WhatAllJobsMissIsSaidOnce) {
  Setting setting;
  setting.ops("version: '1'\npipelines:\n  - name: build:1\n    description: d\n" + std::string(event_line) +
              "    env: {secrets: [MISSING]}\n    jobs:\n      - {name: a, description: d, steps: [x]}\n"
              "      - {name: b, description: d, steps: [x]}\n");
  EXPECT_EQ(codes(setting.make()), "secret-missing");
}

TEST(JobEnvironment, SizesAreCheckedBeforeTheStart) {
  const std::string fits(131071 - 2, 'x');
  Setting setting;
  setting.ops(pipeline("{static: [\"A=" + fits + "\"]}"));
  EXPECT_EQ(codes(setting.make()), "");
  Setting larger;
  larger.secrets.sizes["S"] = 131070;
  larger.options.env = {{"F", fits + "x"}};
  larger.ops(pipeline("{static: [\"A=" + fits + "x\"], secrets: [S]}"));
  const Plan plan = larger.make();
  ASSERT_EQ(codes(plan), "plan-variable-too-large plan-variable-too-large plan-variable-too-large");
  EXPECT_EQ(plan.problems[0].message, "variable 'A' of 'build' has 131072 bytes; Linux allows 131071 for NAME=value");
}

event::Event finished_run(std::optional<bool> foreign_head) {
  event::Event event = push_to_main();
  event.names = {"workflow_run.success"};
  event.kind = "workflow_run";
  event.foreign_head = foreign_head;
  return event;
}

struct ForkCase {
  std::string_view label;
  event::Event event;
  ForkSecrets choice;
  std::string_view secret;
  std::string_view note;  // a part of it; empty: no note
};
class Forks : public testing::TestWithParam<ForkCase> {};

TEST_P(Forks, GetNoSecretsUnlessAllowed) {
  Setting setting;
  setting.event = GetParam().event;
  setting.options.fork_secrets = GetParam().choice;
  setting.ops(pipeline("{static: [A=1], configs: [C], secrets: [S, MISSING]}"));
  if (GetParam().secret == "secret:secret") setting.options.env = {{"MISSING", "x"}};
  const Plan plan = setting.make();
  EXPECT_EQ(codes(plan), "");
  const WorkflowRun& run = plan.matched.at(0);
  EXPECT_EQ(shown(run.jobs.at(0), "S"), GetParam().secret);
  EXPECT_EQ(shown(run.jobs.at(0), "C"), "config:secret");
  if (GetParam().note.empty()) {
    EXPECT_TRUE(run.notes.empty()) << run.notes.front();
    EXPECT_TRUE(run.withheld.empty());
    return;
  }
  EXPECT_EQ(run.withheld, (std::vector<std::string>{"MISSING", "S"}));
  ASSERT_EQ(run.notes.size(), 1U);
  EXPECT_NE(run.notes[0].find(GetParam().note), std::string::npos) << run.notes[0];
  EXPECT_NE(run.notes[0].find("MISSING, S"), std::string::npos);
  EXPECT_NE(run.notes[0].find("--allow-fork-secrets"), std::string::npos);
}
INSTANTIATE_TEST_SUITE_P(
    Changes, Forks,
    testing::Values(ForkCase{"Fork", opened_change(true), ForkSecrets::withhold, "withheld=", "comes from a fork"},
                    ForkCase{"Unknown", opened_change(std::nullopt), ForkSecrets::withhold,
                             "withheld=", "--fork false"},
                    ForkCase{"NoFork", opened_change(false), ForkSecrets::withhold, "secret:secret", ""},
                    ForkCase{"Allowed", opened_change(true), ForkSecrets::allow, "secret:secret", ""},
                    ForkCase{"RunOfAFork", finished_run(true), ForkSecrets::withhold, "withheld=", "comes from a fork"},
                    ForkCase{"RunOfNobodyKnowsWhat", finished_run(std::nullopt), ForkSecrets::withhold,
                             "withheld=", "--fork false"},
                    ForkCase{"RunOfTheSame", finished_run(false), ForkSecrets::withhold, "secret:secret", ""},
                    ForkCase{"Push", push_to_main(), ForkSecrets::withhold, "secret:secret", ""}),
    [](const auto& row) { return std::string(row.param.label); });

TEST(ForkRuns, AreTurnedAwayWhereThatIsAskedFor) {
  Setting setting;
  setting.event = opened_change(std::nullopt);
  setting.options.fork_secrets = ForkSecrets::refuse_run;
  setting.ops(pipeline("{secrets: [MISSING]}"));
  const Plan plan = setting.make();
  EXPECT_EQ(codes(plan), "");
  EXPECT_NE(plan.matched.at(0).skipped.find("--refuse-forks"), std::string::npos);
}

TEST(ForkRuns, ListFormAndPassedNamesOfTheTellingKindAreWithheldToo) {
  Setting setting;
  setting.event = opened_change(true);
  setting.host = Environment({{"API_KEY", "x"}, {"DB_PASSWORD", "x"}, {"REGION", "eu"}});
  setting.options.pass_env = {"DB_PASSWORD", "REGION"};
  setting.options.names = {"c"};
  setting.ops("version: '1'\ncommands: [{name: 'c:1', description: d, run: a, env: ['API_KEY=$API_KEY', 'X=y']}]");
  const PlannedJob job = setting.make().matched.at(0).jobs.at(0);
  EXPECT_EQ(shown(job, "API_KEY"), "withheld=");
  EXPECT_EQ(shown(job, "DB_PASSWORD"), "withheld=");
  EXPECT_EQ(shown(job, "REGION"), "host=eu");
  EXPECT_EQ(shown(job, "X"), "static=y");
}

TEST(ForkRuns, ASecretThatTheJobSetsItselfIsNotCalledWithheld) {
  Setting setting;
  setting.event = opened_change(true);
  setting.ops(pipeline("{secrets: [S]}", "{static: [S=1]}"));
  const Plan plan = setting.make();
  EXPECT_EQ(shown(plan.matched.at(0).jobs.at(0), "S"), "static=1");
  EXPECT_TRUE(plan.matched.at(0).withheld.empty());
}

}  // namespace
}  // namespace lifecycle::plan
