// `check` in every CI: problems of ops.yml on their lines, in the form that the CI takes.
#include <gtest/gtest.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <regex>
#include <set>

#include "tests/agent/http/test_upstream.h"
#include "tests/cli/surroundings.h"

namespace lifecycle::cli_test {
namespace {

struct CheckCase {
  std::string_view ci;
  std::string annotation;  // a regular expression; empty: none
};
class NativeCheck : public testing::TestWithParam<CheckCase> {};

TEST_P(NativeCheck, AnnotatesTheLineOfOpsYml) {
  Program program;
  surround(program, GetParam().ci);
  program.file("sub/ops.yml", faulty_file).file(".git/HEAD", "ref: refs/heads/main\n").file("temp/there", "");
  const Outcome checked = program.args({"check", "sub/ops.yml"}).run();
  EXPECT_EQ(checked.status, 2);
  EXPECT_NE(checked.out.find("sub/ops.yml:5:5: error:"), std::string::npos) << checked.out;
  const std::regex any("::error|task\\.logissue|##teamcity");
  if (GetParam().annotation.empty()) {
    EXPECT_FALSE(std::regex_search(checked.out, any)) << checked.out;
    return;
  }
  expect_found({GetParam().annotation}, checked.out);
  // The same when a run stumbles over it, and in nothing that a program reads.
  expect_found({GetParam().annotation}, program.args({"run", "build", "-f", "sub/ops.yml"}).run().out);
  expect_found({GetParam().annotation}, program.args({"plan", "-f", "sub/ops.yml"}).run().out);
  for (const std::vector<std::string>& data : std::vector<std::vector<std::string>>{
           {"check", "--format", "json", "sub/ops.yml"}, {"plan", "--json", "-f", "sub/ops.yml"}}) {
    EXPECT_FALSE(std::regex_search(program.args(data).run().out, any)) << data[0];
  }
}

INSTANTIATE_TEST_SUITE_P(
    Cis, NativeCheck,
    testing::Values(CheckCase{"github-actions", "(^|\n)::error file=sub/ops\\.yml,line=5,col=5,[^\n]*::[^\n]+\n"},
                    CheckCase{"gitea-actions", "(^|\n)::error file=sub/ops\\.yml,line=5,"},
                    CheckCase{"forgejo-actions", ""},
                    CheckCase{
                        "azure-pipelines",
                        "##vso\\[task\\.logissue type=error;sourcepath=sub/ops\\.yml;linenumber=5;columnnumber=5;"},
                    CheckCase{"teamcity",
                              "##teamcity\\[inspection typeId='[a-z-]+' message='[^\n]+' "
                              "file='sub/ops\\.yml' line='5' SEVERITY='ERROR'\\]\n"},
                    CheckCase{"gitlab-ci", ""}, CheckCase{"jenkins", ""}, CheckCase{"travis-ci", ""}),
    [](const auto& row) {
      std::string name(row.param.ci);
      std::ranges::replace(name, '-', '_');
      return name;
    });

TEST(NativeCheckOutput, OfBuildkiteAndAppveyorLeavesTheLog) {
  {
    Program program;
    surround(program, "buildkite");
    with_buildkite_agent(program);
    EXPECT_EQ(program.file("ops.yml", faulty_file).args({"check"}).run().status, 2);
    expect_found({"annotate --style error --context lifecycle-agent-check-j\n- \\*\\*ops\\.yml:5:5\\*\\* "},
                 program.read("told").value_or(""));
  }
  test::TestUpstream api({test::reply(200, "{}")});
  Program program;
  surround(program, "appveyor");
  program.env("APPVEYOR_API_URL", api.url());
  EXPECT_EQ(program.file("ops.yml", faulty_file).args({"check"}).run().status, 2);
  ASSERT_FALSE(api.requests().empty());
  EXPECT_EQ(api.requests()[0].target, "/api/build/compilationmessages");
  EXPECT_EQ(nlohmann::json::parse(api.requests()[0].body)["line"], "5");
}

TEST(NativeCheckOutput, IsBoundedByWhatGithubShows) {
  Program program;
  surround(program, "github-actions");
  std::string many = "version: \"1\"\ncommands:\n";
  for (int i = 0; i < 30; ++i) many += "  - {name: c" + std::to_string(i) + ":1, description: d, run: []}\n";
  const Outcome outcome = program.file("ops.yml", many).args({"check"}).run();
  std::size_t count = 0;
  for (std::size_t at = 0; (at = outcome.out.find("\n::error ", at)) != std::string::npos; ++at) ++count;
  EXPECT_EQ(count, 10U) << outcome.out;
  EXPECT_NE(outcome.out.find("further errors"), std::string::npos);
}

TEST(NativeCheckOutput, ForGitlabIsACodeQualityReport) {
  Program program;
  surround(program, "gitlab-ci");
  program.file(".git/HEAD", "").file("sub/ops.yml", std::string(faulty_file) + "x: 1\nx: 2\n");
  const auto report = nlohmann::json::parse(program.args({"check", "--format", "gitlab", "sub/ops.yml"}).run().out);
  ASSERT_GE(report.size(), 2U);
  std::set<std::string> fingerprints;
  for (const auto& entry : report) {
    EXPECT_EQ(entry["location"]["path"], "sub/ops.yml");
    EXPECT_GT(entry["location"]["lines"]["begin"].get<int>(), 0);
    EXPECT_TRUE(entry["severity"] == "major" || entry["severity"] == "minor") << entry;
    fingerprints.insert(entry["fingerprint"].get<std::string>());
  }
  EXPECT_EQ(fingerprints.size(), report.size());
}

/// Pipelines as Code makes annotations of the last lines of this form.
TEST(NativeCheckOutput, IsReadByPipelinesAsCode) {
  Program program;
  const Outcome outcome = program.file("ops.yml", faulty_file).args({"check"}).run();
  const std::regex pattern("(^|\n)([^:\n]*):([0-9]+):([0-9]+)?([ ]*)?([^\n]*)");
  std::smatch match;
  ASSERT_TRUE(std::regex_search(outcome.out, match, pattern)) << outcome.out;
  EXPECT_EQ(match[2], "ops.yml");
  EXPECT_EQ(match[3], "5");
}

}  // namespace
}  // namespace lifecycle::cli_test
