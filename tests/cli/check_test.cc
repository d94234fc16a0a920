#include <gtest/gtest.h>

#include <filesystem>
#include <nlohmann/json.hpp>

#include "tests/cli/program.h"

namespace lifecycle::cli_test {
namespace {

constexpr std::string_view sound = R"(version: "1"
pipelines:
  - name: build:1.0.0
    description: Build it
    events:
      - "github:acme/app:push:ref==main"
    jobs:
      - name: make
        description: Compile
        steps:
          - make
)";

constexpr std::string_view faulty =
    "version: \"1\"\n"
    "pipelines:\n"
    "  - name: build:1.0.0\n"
    "    description: Übersicht 日本\n"
    "    evnts: []\n"
    "    events:\n"
    "      - \"github:acme/app:pull_request.open\"\n"
    "      - \"github:acme/app\"\n"
    "    jobs:\n"
    "      - name: make\n"
    "        description: Compile\n"
    "        steps: [make]\n"
    "        steps: [make]\n";

constexpr std::string_view doubtful = R"(version: "1"
commands:
  - name: tell:1.0.0
    description: Tell it
    public: false
    run: echo hello
    mountcwd: true
)";

TEST(Check, OfASoundFileSaysSo) {
  Program program;
  const Outcome outcome = program.file("ops.yml", sound).args({"check"}).run();
  EXPECT_EQ(outcome.status, 0) << outcome.out;
  EXPECT_EQ(outcome.err, "");
  EXPECT_EQ(program.files(), std::vector<std::string>{"ops.yml"});
}

TEST(Check, WhatItQuotesIsNoCommandOfTheCiAndHidesNothing) {
  Program program;
  program.file("ops.yml",
               "version: '1'\ncommands:\n  - {name: 'a:1', description: d, run: ls}\n  - name: b:1\n"
               "    description: d\n    run: ls\n    evil##vso[task.setvariable variable=PATH]\u202e: 1\n");
  const Outcome outcome = program.env("TF_BUILD", "True").env("BUILD_BUILDID", "1").args({"check"}).run();
  EXPECT_NE(outcome.out.find("evil##vso [task"), std::string::npos) << outcome.out;
  EXPECT_EQ(outcome.out.find("##vso[task.setvariable"), std::string::npos) << outcome.out;
  EXPECT_NE(outcome.out.find("##vso[task.logissue type=warning;"), std::string::npos) << "the annotations are ours";
  EXPECT_EQ(outcome.out.find("\u202e"), std::string::npos) << outcome.out;
}

TEST(Check, ReportsEveryProblemForPeople) {
  Program program;
  const Outcome outcome = program.file("ops.yml", faulty).args({"check"}).run();
  EXPECT_EQ(outcome.status, 2);
  expect_golden("check-human.txt", outcome.out);
}

TEST(Check, ReportsThemAsJson) {
  Program program;
  const Outcome outcome = program.file("ops.yml", faulty).args({"check", "--format", "json"}).run();
  EXPECT_EQ(outcome.status, 2);
  const auto document = nlohmann::json::parse(outcome.out);
  EXPECT_EQ(document["schema"], "lifecycle-agent/diagnostics/1");
  ASSERT_GE(document["diagnostics"].size(), 3U);
  for (const auto& entry : document["diagnostics"]) {
    EXPECT_EQ(entry["file"], "ops.yml");
    EXPECT_GT(entry["line"].get<int>(), 0);
    for (const char* key : {"code", "severity", "column", "length", "message", "hint", "source_line"}) {
      EXPECT_TRUE(entry.contains(key)) << key;
    }
  }
}

TEST(Check, ReportsThemAsAnnotationsOfGithub) {
  Program program;
  const Outcome outcome = program.file("ops.yml", faulty).args({"check", "--format", "github"}).run();
  EXPECT_EQ(outcome.status, 2);
  expect_golden("check-github.txt", outcome.out);
}

TEST(Check, ReportsThemAsSarif) {
  Program program;
  const Outcome outcome = program.file("a b.yml", faulty).args({"check", "--format", "sarif", "a b.yml"}).run();
  EXPECT_EQ(outcome.status, 2);
  const auto document = nlohmann::json::parse(outcome.out);
  EXPECT_EQ(document["version"], "2.1.0");
  const auto& run = document["runs"][0];
  ASSERT_GE(run["results"].size(), 3U);
  for (const auto& result : run["results"]) {
    const auto& rule = run["tool"]["driver"]["rules"][result["ruleIndex"].get<std::size_t>()];
    EXPECT_EQ(rule["id"], result["ruleId"]);
    EXPECT_TRUE(rule.contains("shortDescription")) << result["ruleId"] << " is in no table";
    EXPECT_EQ(result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"], "a%20b.yml");
  }
}

TEST(Check, BelowTheWorkspaceGithubIsToldThePathFromItsRoot) {
  Program program;
  program.file("ops.yml", doubtful).env("GITHUB_WORKSPACE", program.directory().parent_path().string());
  const std::string path = program.directory().filename().string() + "/ops.yml";
  const Outcome github = program.args({"check", "--format", "github", "ops.yml"}).run();
  EXPECT_NE(github.out.find("file=" + path + ","), std::string::npos) << github.out;
  const Outcome sarif = program.args({"check", "--format", "sarif", program.directory() / "ops.yml"}).run();
  const auto result = nlohmann::json::parse(sarif.out)["runs"][0]["results"][0];
  EXPECT_EQ(result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"], path);
  // People and scripts get the path as they gave it.
  const Outcome json = program.args({"check", "--format", "json", "ops.yml"}).run();
  EXPECT_EQ(nlohmann::json::parse(json.out)["diagnostics"][0]["file"], "ops.yml");
}

TEST(Check, EmptyResultsAreDocumentsToo) {
  Program program;
  program.file("ops.yml", sound);
  const Outcome json = program.args({"check", "--format", "json"}).run();
  EXPECT_EQ(nlohmann::json::parse(json.out)["diagnostics"].size(), 0U);
  const Outcome sarif = program.args({"check", "--format", "sarif"}).run();
  EXPECT_EQ(nlohmann::json::parse(sarif.out)["runs"][0]["results"].size(), 0U);
  EXPECT_EQ(program.args({"check", "--format", "github"}).run().out, "");
}

TEST(Check, WarningsFailOnlyWhenStrict) {
  Program program;
  program.file("ops.yml", doubtful);
  const Outcome lenient = program.args({"check"}).run();
  EXPECT_EQ(lenient.status, 0) << lenient.out;
  EXPECT_NE(lenient.out.find("warning"), std::string::npos);
  EXPECT_EQ(program.args({"check", "--strict"}).run().status, 2);
  program.env("LIFECYCLE_STRICT", "true");
  EXPECT_EQ(program.args({"check"}).run().status, 2);
}

TEST(Check, OneMissingFileDoesNotHideTheOthers) {
  Program program;
  const Outcome outcome = program.file("ops.yml", faulty).args({"check", "none.yml", "ops.yml"}).run();
  EXPECT_EQ(outcome.status, 2);
  EXPECT_NE(outcome.out.find("[file-missing]"), std::string::npos) << outcome.out;
  EXPECT_NE(outcome.out.find("[ops-"), std::string::npos) << outcome.out;
}

TEST(Check, WithoutAFileSaysHowToGetOne) {
  Program program;
  const Outcome outcome = program.args({"check"}).run();
  EXPECT_EQ(outcome.status, 2);
  EXPECT_EQ(normalised(outcome.err, program),
            "error: no ops.yml in '<dir>' [ops-file-missing]\n"
            "      = 'lifecycle-agent init' writes a first one; --file names one that lies elsewhere\n");
}

TEST(Check, TakesOpsYamlAndTheWorkspace) {
  Program program;
  program.file("inner/ops.yaml", doubtful).env("GITHUB_WORKSPACE", (program.directory() / "inner").string());
  const Outcome outcome = program.args({"check"}).run();
  EXPECT_EQ(outcome.status, 0) << outcome.err;
  EXPECT_NE(normalised(outcome.out, program).find("<dir>/inner/ops.yaml:7:5: warning"), std::string::npos)
      << outcome.out;
}

struct HostileCase {
  std::string_view label;
  std::string text;
};
class HostileFile : public testing::TestWithParam<HostileCase> {};

/// Whatever the file holds: an answer, in bounded time, and nothing of it acts on the terminal.
TEST_P(HostileFile, IsRefusedInWords) {
  Program program;
  const Outcome outcome = program.file("ops.yml", GetParam().text).args({"check"}).run();
  EXPECT_EQ(outcome.status, 2) << outcome.out;
  EXPECT_LT(outcome.out.size(), 20'000U);
  EXPECT_EQ(outcome.out.find('\x1b'), std::string::npos);
  EXPECT_NE(outcome.out.find("error: "), std::string::npos);
}

std::string nested(std::size_t depth) { return std::string(depth, '[') + std::string(depth, ']'); }

INSTANTIATE_TEST_SUITE_P(
    Texts, HostileFile,
    testing::Values(HostileCase{"Empty", ""},
                    HostileCase{"Binary", std::string("\x7f"
                                                      "ELF\0\1\2\x1b[2J",
                                                      12)},
                    HostileCase{"Deep", "version: 1\ncommands: " + nested(50'000) + "\n"},
                    HostileCase{"LongLine", "version: 1\ncommands: " + std::string(3'000'000, 'x') + "\n"},
                    HostileCase{"Large", std::string(5'000'000, '#')},
                    HostileCase{"EscapeInName",
                                "version: \"1\"\ncommands:\n  - name: \"a\\e[2Jb\"\n    run: x\n    \x1b[2J: y\n"},
                    HostileCase{"NotUtf8", "version: \"1\"\ncommands:\n  - name: \xff\xfe\n"}),
    [](const auto& row) { return std::string(row.param.label); });

TEST(Check, ADirectoryIsNoFile) {
  Program program;
  const Outcome outcome = program.args({"check", "."}).run();
  EXPECT_EQ(outcome.status, 2);
  EXPECT_NE(outcome.out.find("[file-unreadable]"), std::string::npos) << outcome.out;
}

TEST(Check, ALinkThatLeadsNowhereIsNamedAndHidesNoOtherFile) {
  Program program;
  program.file("ops.yaml", sound);
  std::filesystem::create_symlink("gone.yml", program.directory() / "ops.yml");
  for (const char* command : {"check", "plan"}) {
    const Outcome outcome = program.args({command}).run();
    EXPECT_EQ(outcome.status, 2) << command;
    const std::string text = outcome.out + outcome.err;
    EXPECT_NE(text.find("'ops.yml': it is a link to 'gone.yml', which is not there [file-unreadable]"),
              std::string::npos)
        << text;
  }
}

}  // namespace
}  // namespace lifecycle::cli_test
