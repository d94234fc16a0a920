// What is read of a well-formed file.
#include <gtest/gtest.h>

#include "tests/agent/ops/reading_text.h"

namespace lifecycle::ops {
namespace {

OpsFile read_file_of(std::string_view text) {
  OpsReading reading = read(text);
  EXPECT_TRUE(reading.file.has_value()) << print_diagnostics(reading.diagnostics);
  return reading.file.value_or(OpsFile{});
}

Workflow first_workflow(std::string_view text) {
  OpsFile file = read_file_of(text);
  EXPECT_FALSE(file.workflows.empty());
  return file.workflows.empty() ? Workflow{} : file.workflows.front();
}

std::string print_place(const SourcePlace& place) {
  return std::to_string(place.line) + ":" + std::to_string(place.column) + "+" + std::to_string(place.length);
}

TEST(OpsReader, ReadsAPipeline) {
  const Workflow workflow = first_workflow(R"(version: "1.1"
pipelines:
  - name: ci:1.2.3
    description: "größe: 5"
    workdir: workspace
    environment: production
    executor: process
    env:
      static: [A=1=2, B=]
      secrets:
        - TOKEN
      configs: [REGION]
    jobs:
      - name: build
        description: d
        packages: [git, null, npm]
        workdir: web/app
        executor: container
        env:
          static: [C=3]
        bind: ["/a:/a"]
        steps:
          - cd web
          -
          - "echo 'a: b'"
          - true
          - |
            if x; then
              y
            fi
    events:
      - "github:acme/app:push:ref==main"
)");
  EXPECT_EQ(workflow.kind, WorkflowKind::pipeline);
  EXPECT_EQ(workflow.name, "ci");
  EXPECT_EQ(workflow.version, "1.2.3");
  EXPECT_EQ(workflow.description, "größe: 5");
  EXPECT_EQ(workflow.environment, "production");
  EXPECT_EQ(workflow.executor, ExecutorChoice::process);
  EXPECT_EQ(workflow.workdir.kind, WorkdirKind::workspace);
  EXPECT_EQ(print_place(workflow.workdir.place), "5:14+9");
  EXPECT_EQ(print_place(workflow.place), "3:11+8");
  EXPECT_EQ(workflow.place.file, "ops.yml");
  EXPECT_EQ(workflow.ignored_keys, std::vector<std::string>{"bind"});

  ASSERT_EQ(workflow.env.statics.size(), 2U);
  EXPECT_EQ(workflow.env.statics[0].name, "A");
  EXPECT_EQ(workflow.env.statics[0].value, "1=2");
  EXPECT_EQ(workflow.env.statics[1].value, "");
  ASSERT_EQ(workflow.env.secrets.size(), 1U);
  EXPECT_EQ(workflow.env.secrets[0].text, "TOKEN");
  EXPECT_EQ(print_place(workflow.env.secrets[0].place), "11:11+5");
  ASSERT_EQ(workflow.env.configs.size(), 1U);

  ASSERT_EQ(workflow.events.size(), 1U);
  EXPECT_EQ(workflow.events[0].written.text, "github:acme/app:push:ref==main");
  EXPECT_EQ(print_place(workflow.events[0].written.place), "32:9+32");
  EXPECT_EQ(workflow.events[0].parsed.repo, "acme/app");
  ASSERT_EQ(workflow.events[0].parsed.filters.size(), 1U);

  ASSERT_EQ(workflow.jobs.size(), 1U);
  const Job& job = workflow.jobs[0];
  EXPECT_EQ(job.name, "build");
  EXPECT_EQ(print_place(job.place), "14:15+5");
  EXPECT_EQ(job.packages, (std::vector<std::string>{"git", "npm"}));
  EXPECT_EQ(job.workdir.kind, WorkdirKind::path);
  EXPECT_EQ(job.workdir.path, "web/app");
  EXPECT_EQ(job.executor, ExecutorChoice::container);
  ASSERT_EQ(job.env.statics.size(), 1U);
  ASSERT_EQ(job.steps.size(), 5U);
  EXPECT_EQ(job.steps[0].text, "cd web");
  EXPECT_EQ(job.steps[1].text, "");
  EXPECT_EQ(print_place(job.steps[1].place), "24:11+1");
  EXPECT_EQ(job.steps[2].text, "echo 'a: b'");
  EXPECT_EQ(job.steps[3].text, "true");
  EXPECT_EQ(job.steps[4].text, "if x; then\n  y\nfi\n");
}

TEST(OpsReader, ReadsAService) {
  const Workflow workflow = first_workflow(R"(version: "1"
services:
  - name: web:l337
    description: d
    public: true
    run: bash -c "env" && echo x
    port: ["80:8080", 81, "82"]
    health: /healthz
    cname: example.org
    trigger: [build, publish, start]
    mountCwd: true
    mountHome: false
    bind: []
    src: [Dockerfile]
    network: host
    events: "github:acme/app:push"
)");
  EXPECT_EQ(workflow.kind, WorkflowKind::service);
  EXPECT_EQ(workflow.version, "l337");
  EXPECT_EQ(workflow.run.text, "bash -c \"env\" && echo x");
  EXPECT_EQ(print_place(workflow.run.place), "6:10+23");
  ASSERT_EQ(workflow.ports.size(), 3U);
  EXPECT_EQ(workflow.ports[0].host, "80");
  EXPECT_EQ(workflow.ports[0].container, 8080);
  EXPECT_EQ(workflow.ports[1].host, "");
  EXPECT_EQ(workflow.ports[1].container, 81);
  EXPECT_EQ(workflow.ports[2].container, 82);
  EXPECT_EQ(workflow.health, "/healthz");
  EXPECT_EQ(workflow.domain, "example.org");
  EXPECT_EQ(workflow.trigger, (std::vector<std::string>{"build", "publish", "start"}));
  EXPECT_EQ(workflow.ignored_keys, (std::vector<std::string>{"mountCwd", "src", "network"}));
  ASSERT_EQ(workflow.events.size(), 1U);
  EXPECT_EQ(workflow.workdir.kind, WorkdirKind::unset);
}

TEST(OpsReader, ReadsTheListFormOfEnv) {
  const Workflow workflow = first_workflow(
      "version: '1'\nworkflows:\n  - name: a\n    description: d\n    public: false\n    steps: [x, 5]\n"
      "    env: [USER=world, KEY, MINE=$MINE, 'BRACED=${BRACED}', OTHER=$HOST_OTHER, A=b=c, EMPTY=]\n");
  EXPECT_EQ(workflow.kind, WorkflowKind::workflow);
  EXPECT_EQ(workflow.version, "0.1.0");
  ASSERT_EQ(workflow.steps.size(), 2U);
  EXPECT_EQ(workflow.steps[1].text, "5");
  ASSERT_EQ(workflow.env.hosts.size(), 7U);
  EXPECT_EQ(workflow.env.hosts[0].name, "USER");
  EXPECT_EQ(workflow.env.hosts[0].fallback, "world");
  EXPECT_EQ(workflow.env.hosts[1].fallback, std::nullopt);
  EXPECT_EQ(workflow.env.hosts[2].fallback, std::nullopt);
  EXPECT_EQ(workflow.env.hosts[3].fallback, std::nullopt);
  EXPECT_EQ(workflow.env.hosts[4].fallback, "$HOST_OTHER");
  EXPECT_EQ(workflow.env.hosts[5].fallback, "b=c");
  EXPECT_EQ(workflow.env.hosts[6].fallback, "");
}

TEST(OpsReader, PutsServicesFirstAndKeepsTheOrderOfTheFile) {
  const OpsFile file = read_file_of(R"(version: 1
ops: [{name: first:1, run: x}]
pipelines: [{name: second:1, jobs: [{name: j, steps: [x]}]}]
commands:
  - {name: third:1, run: x}
  - {name: fourth:1, run: x}
services: [{name: zeroth:1, run: x}, {name: half:1, run: x}]
workflows: [{name: fifth:1, steps: [x]}]
)");
  EXPECT_EQ(file.version, "1");
  std::string names;
  for (const Workflow& workflow : file.workflows)
    names += std::string(print_kind(workflow.kind)) + " " + workflow.name + "\n";
  EXPECT_EQ(
      names,
      "service zeroth\nservice half\ncommand first\npipeline second\ncommand third\ncommand fourth\nworkflow fifth\n");
}

struct NameCase {
  std::string_view label;
  std::string_view section;
  std::string_view written;
  std::string_view name;
  std::string_view version;
  std::string_view codes;  // beside the missing keys
};
class WorkflowNames : public testing::TestWithParam<NameCase> {};

TEST_P(WorkflowNames, HaveNameAndVersion) {
  const NameCase& row = GetParam();
  const std::string rest = row.section == "pipelines" ? "jobs: [{name: j, description: d, steps: [x]}]" : "run: x";
  const OpsReading reading =
      read("version: '1'\n" + std::string(row.section) + ":\n  - {description: d, public: false, " + rest + ", " +
           std::string(row.written) + "}\n");
  EXPECT_EQ(print_codes(reading.diagnostics), row.codes);
  if (!reading.file) return;
  EXPECT_EQ(reading.file->workflows.at(0).name, row.name);
  EXPECT_EQ(reading.file->workflows.at(0).version, row.version);
}
INSTANTIATE_TEST_SUITE_P(
    Forms, WorkflowNames,
    testing::Values(
        NameCase{"Both", "commands", "name: a-B_1:1.0", "a-B_1", "1.0", ""},
        NameCase{"CommandWithoutVersion", "commands", "name: a", "a", "0.1.0", "ops-missing-version?"},
        NameCase{"ServiceWithoutVersion", "services", "name: a", "a", "", "ops-missing-version?"},
        NameCase{"PipelineWithoutVersion", "pipelines", "name: a", "a", "", "ops-missing-version?"},
        NameCase{"VersionOfItsOwn", "pipelines", "name: a, version: 2.0", "a", "2.0", ""},
        NameCase{"VersionTwice", "commands", "name: 'a:1', version: 2", "a", "1", "ops-conflicting-version?"},
        NameCase{"SameVersionTwice", "commands", "name: 'a:1.0', version: '1.0'", "a", "1.0", ""},
        NameCase{"ThirdPart", "commands", "name: 'a:1:x'", "a", "1", "ops-bad-version?"},
        NameCase{"LongestVersion", "commands",
                 "name: a:0123456789012345678901234567890123456789012345678901234567890123456789012345678901234567"
                 "8901234567890123456789012345678901234567",
                 "a",
                 "0123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456"
                 "7890123456789012345678901234567",
                 ""},
        NameCase{"TooLongVersion", "commands",
                 "name: a:0123456789012345678901234567890123456789012345678901234567890123456789012345678901234567"
                 "89012345678901234567890123456789012345678",
                 "", "", "ops-bad-version"},
        NameCase{"NoName", "commands", "name: ':1'", "", "", "ops-bad-name"}),
    [](const auto& row) { return std::string(row.param.label); });

TEST(OpsReader, RefusesTheAgentsOwnCredentialsInEachForm) {
  for (const std::string_view name :
       {"CTOAI_EVENTS_API_TOKEN", "LIFECYCLE_TOKEN", "INPUT_TOKEN", "PLUGIN_TOKEN", "ACTIONS_RUNTIME_TOKEN",
        "ACTIONS_ID_TOKEN_REQUEST_TOKEN", "ACTIONS_ID_TOKEN_REQUEST_URL", "ACTIONS_CACHE_URL"}) {
    for (const std::string& env :
         {"{secrets: [" + std::string(name) + "]}", "{configs: [" + std::string(name) + "]}",
          "{static: [" + std::string(name) + "=hush]}", "[" + std::string(name) + "]",
          "[" + std::string(name) + "=$" + std::string(name) + "]", "[" + std::string(name) + "=hush]"}) {
      const OpsReading reading =
          read("version: '1'\ncommands: [{name: a:1, description: d, public: false, run: x, env: " + env + "}]\n");
      EXPECT_EQ(print_codes(reading.diagnostics), "ops-withheld-variable") << env;
      EXPECT_EQ(print_with_caret(reading.diagnostics).find("hush"), std::string::npos) << env;
    }
  }
}

TEST(OpsReader, ShowsNoLineThatHoldsAValueUnderSecrets) {
  const OpsReading reading =
      read("version: '1'\ncommands: [{name: a:1, description: d, public: 5, run: x, env: {secrets: [TOKEN=hush]}}]\n");
  EXPECT_EQ(print_codes(reading.diagnostics), "ops-wrong-type ops-bad-variable");
  EXPECT_EQ(print_with_caret(reading.diagnostics).find("hush"), std::string::npos);
}

TEST(OpsReader, TellsAProblemBehindAnAliasOnce) {
  const OpsReading reading = read(R"(version: "1"
pipelines:
  - name: a:1.0.0
    description: d
    jobs: &jobs [{name: j, description: d, steps: [x], packages: git}]
  - name: b:1.0.0
    description: d
    jobs: *jobs
)");
  EXPECT_EQ(
      print_diagnostics(reading.diagnostics),
      "5:66+3 error ops-wrong-type: 'packages' of job 'j' is a text; a list of texts is expected | put it on a line of "
      "its own that begins with '- '\n");
}

TEST(OpsReader, ShowsAKeyThatIsAnAliasAtItsOwnPlace) {
  const OpsReading reading = read(R"(version: &k run
commands:
  - {name: a:1.0.0, description: d, public: false, *k : x, *k : y}
  - name: b:1.0.0
    description: d
    public: false
    run: x
    *k :
)");
  EXPECT_EQ(print_diagnostics(reading.diagnostics),
            "3:60+2 error ops-duplicate-key: duplicate key 'run', first set at line 3 | keep one of them\n"
            "8:5+2 error ops-duplicate-key: duplicate key 'run', first set at line 7 | keep one of them\n");
}

TEST(OpsReader, WarnsOfAMergeKeyInQuotesAsOfAnyUnknownKey) {
  for (const std::string_view key : {"\"<<\"", "'<<'"}) {
    const OpsReading reading = read("version: '1'\ncommands: [{name: a:1, description: d, public: false, run: x, " +
                                    std::string(key) + ": {a: b}}]\n");
    EXPECT_EQ(print_codes(reading.diagnostics), "ops-unknown-key?") << key;
  }
}

struct HintCase {
  std::string_view label;
  std::string_view text;
  std::string_view hint;  // of the only problem
};
class TypeHints : public testing::TestWithParam<HintCase> {};

TEST_P(TypeHints, OfferQuotesOnlyWhereATextIsDue) {
  const OpsReading reading = read("version: '1'\n" + std::string(GetParam().text));
  ASSERT_EQ(print_codes(reading.diagnostics), "ops-wrong-type");
  EXPECT_EQ(reading.diagnostics.front().hint, GetParam().hint);
}
INSTANTIATE_TEST_SUITE_P(
    Values, TypeHints,
    testing::Values(
        HintCase{"NumberAsJob", "pipelines: [{name: a:1, description: d, jobs: [3]}]", ""},
        HintCase{"BooleanAsCommand", "commands: [true]", ""},
        HintCase{"NumberAsBoolean", "commands: [{name: a:1, description: d, run: x, public: 1}]", ""},
        HintCase{"NumberAsEnv", "commands: [{name: a:1, description: d, run: x, public: true, env: 5}]", ""},
        HintCase{"BooleanAsHelp", "commands: [{name: a:1, description: d, run: x, public: true, help: true}]", ""},
        HintCase{"NumberInEnv", "commands: [{name: a:1, description: d, run: x, public: true, env: [5]}]",
                 "put it in quotes"},
        HintCase{
            "NumberAsPackage",
            "pipelines: [{name: a:1, description: d, jobs: [{name: j, description: d, steps: [x], packages: [7]}]}]",
            "put it in quotes: \"7\""},
        HintCase{"MapAsStep",
                 "pipelines: [{name: a:1, description: d, jobs: [{name: j, description: d, steps: [{a: b}]}]}]",
                 "quote the whole step: its ': ' makes it a map"}),
    [](const auto& row) { return std::string(row.param.label); });

class UnknownEvents : public testing::TestWithParam<std::string_view> {};

TEST_P(UnknownEvents, AreCountedWithoutASuggestionForEach) {
  std::string text =
      "version: '1'\ncommands:\n- name: a:1.0.0\n  description: d\n  public: false\n  run: x\n  events:\n";
  for (int i = 0; i < 3000; ++i) text += "  - '" + std::string(GetParam()) + std::to_string(i) + "'\n";
  const OpsReading reading = read(text);
  ASSERT_EQ(reading.diagnostics.size(), 1001U);
  EXPECT_EQ(reading.diagnostics.back().message, "2000 more problems are not shown");
  EXPECT_EQ(reading.diagnostics.front().hint, reading.diagnostics[999].hint) << "what is shown has its hint";
}
INSTANTIATE_TEST_SUITE_P(Triggers, UnknownEvents,
                         testing::Values("github:a/b:push_xpush_xpush_xpush_xpush_x", "*:a/b:*x*y*z",
                                         "*:a/b:push_x*push_x*push_x"));

TEST(OpsReader, CountsWhatItDoesNotShow) {
  std::string text = "version: '1'\ncommands:\n";
  for (int i = 0; i < 1500; ++i) text += "  - 5\n";
  text += "  - {name: a:1.0.0, description: d, public: false, run: x}\n";
  const OpsReading reading = read(text);
  ASSERT_EQ(reading.diagnostics.size(), 1001U);
  EXPECT_EQ(reading.diagnostics.back().code, "ops-too-many-problems");
  EXPECT_EQ(reading.diagnostics.back().message, "500 more problems are not shown");
  EXPECT_EQ(reading.diagnostics.back().severity, Severity::error);
}

}  // namespace
}  // namespace lifecycle::ops
