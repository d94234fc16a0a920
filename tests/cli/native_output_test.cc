// The program in every CI: what stands in the log, in the CI's files, and what its program and its API are told.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <regex>
#include <set>

#include "tests/agent/http/test_upstream.h"
#include "tests/cli/program.h"

namespace lifecycle::cli_test {
namespace {

namespace fs = std::filesystem;
using Variables = std::vector<std::pair<std::string, std::string>>;

constexpr std::string_view workflow = R"(version: "1"
pipelines:
  - name: build:1.0.0
    description: Build it
    workdir: workspace
    jobs:
      - name: make
        description: Compile
        steps:
          - echo done
)";

constexpr std::string_view faulty_file = R"(version: "1"
pipelines:
  - name: build:1.0.0
    description: Build it
    jobs: []
)";

/// By what each CI is recognised; `<dir>` is the program's directory.
const std::vector<std::pair<std::string_view, Variables>>& surroundings() {
  static const std::vector<std::pair<std::string_view, Variables>> all{
      {"github-actions",
       {{"GITHUB_ACTIONS", "true"},
        {"GITHUB_RUN_ID", "1"},
        {"GITHUB_EVENT_NAME", "push"},
        {"GITHUB_REPOSITORY", "a/b"},
        {"GITHUB_OUTPUT", "<dir>/output"},
        {"GITHUB_STEP_SUMMARY", "<dir>/summary"}}},
      {"gitea-actions",
       {{"GITEA_ACTIONS", "true"},
        {"GITHUB_ACTIONS", "true"},
        {"GITHUB_REPOSITORY", "a/b"},
        {"GITHUB_RUN_ID", "1"},
        {"GITHUB_EVENT_NAME", "push"},
        {"GITEA_OUTPUT", "<dir>/output"},
        {"GITEA_STEP_SUMMARY", "<dir>/summary"}}},
      {"forgejo-actions",
       {{"FORGEJO_ACTIONS", "true"},
        {"FORGEJO_REPOSITORY", "a/b"},
        {"GITHUB_REPOSITORY", "a/b"},
        {"GITHUB_RUN_ID", "1"},
        {"GITHUB_EVENT_NAME", "push"},
        {"FORGEJO_OUTPUT", "<dir>/output"},
        {"FORGEJO_STEP_SUMMARY", "<dir>/summary"}}},
      {"gitlab-ci", {{"GITLAB_CI", "true"}, {"CI_PROJECT_PATH", "a/b"}, {"CI_PIPELINE_SOURCE", "push"}}},
      {"buildkite", {{"BUILDKITE", "true"}, {"BUILDKITE_BUILD_ID", "1"}, {"BUILDKITE_JOB_ID", "j"}}},
      {"circleci",
       {{"CIRCLECI", "true"}, {"CIRCLE_SHA1", "a"}, {"CIRCLE_WORKFLOW_ID", "1"}, {"BASH_ENV", "<dir>/output"}}},
      {"azure-pipelines", {{"TF_BUILD", "True"}, {"BUILD_BUILDID", "1"}, {"AGENT_TEMPDIRECTORY", "<dir>/temp"}}},
      {"bitbucket-pipelines",
       {{"BITBUCKET_BUILD_NUMBER", "1"},
        {"BITBUCKET_PIPELINE_UUID", "{x}"},
        {"BITBUCKET_REPO_FULL_NAME", "a/b"},
        {"BITBUCKET_PIPELINES_VARIABLES_PATH", "<dir>/output"}}},
      {"jenkins", {{"JENKINS_URL", "http://j/"}, {"BUILD_NUMBER", "1"}, {"JOB_NAME", "b"}}},
      {"travis-ci", {{"TRAVIS", "true"}, {"TRAVIS_BUILD_ID", "1"}}},
      {"teamcity", {{"TEAMCITY_VERSION", "2024.12"}, {"BUILD_NUMBER", "1"}}},
      {"appveyor", {{"APPVEYOR", "True"}, {"APPVEYOR_BUILD_ID", "1"}}},
      {"codefresh", {{"CF_BUILD_ID", "1"}, {"CF_PIPELINE_NAME", "p"}, {"CF_VOLUME_PATH", "<dir>/volume"}}},
      {"codebuild", {{"CODEBUILD_BUILD_ARN", "arn:aws:codebuild:x"}, {"CODEBUILD_BUILD_ID", "p:1"}}},
      {"cloud-build", {{"BUILDER_OUTPUT", "<dir>/volume"}}},
  };
  return all;
}

void surround(Program& program, std::string_view ci) {
  for (const auto& [name, variables] : surroundings()) {
    if (name != ci) continue;
    for (auto [variable, value] : variables) {
      if (value.starts_with("<dir>")) value = program.directory().string() + value.substr(5);
      program.env(variable, value);
    }
    return;
  }
  ADD_FAILURE() << ci << " has no surroundings";
}

/// The CI's own program: writes down arguments and input.
void with_buildkite_agent(Program& program) {
  program.file("bin/buildkite-agent",
               "#!/bin/sh\n{ echo \"$@\"; cat; echo; } >> '" + (program.directory() / "told").string() + "'\n");
  fs::permissions(program.directory() / "bin/buildkite-agent", fs::perms::owner_all);
  program.env("PATH", (program.directory() / "bin").string() + ":" + std::getenv("PATH"));
  program.env("BUILDKITE_AGENT_ACCESS_TOKEN", "swordfish");
}

struct RunCase {
  std::string_view ci;
  std::vector<std::string> in_log;   // regular expressions
  std::string_view file{};           // relative; empty: none
  std::vector<std::string> in_file;  // likewise
};
class NativeRun : public testing::TestWithParam<RunCase> {};

void expect_found(const std::vector<std::string>& patterns, const std::string& text) {
  for (const std::string& pattern : patterns) {
    EXPECT_TRUE(std::regex_search(text, std::regex(pattern))) << pattern << " is not in " << text;
  }
}

TEST_P(NativeRun, SpeaksToTheCi) {
  Program program;
  surround(program, GetParam().ci);
  program.file("ops.yml", workflow).file("temp/there", "").file("volume/there", "");
  const Outcome outcome = program.args({"run", "build"}).run();
  EXPECT_EQ(outcome.status, 0) << outcome.out << outcome.err;
  EXPECT_EQ(outcome.err.find("native-"), std::string::npos) << outcome.err;
  expect_found(GetParam().in_log, outcome.out);
  if (!GetParam().file.empty())
    expect_found(GetParam().in_file, program.read(std::string(GetParam().file)).value_or(""));
}

const std::vector<std::string> actions_outputs{"result<<\\S+\nsuccess\n", "matched<<\\S+\n\\[\"build\"\\]\n"};
const std::vector<std::string> assignments{"LIFECYCLE_OUT_RESULT=success\n", "LIFECYCLE_OUT_MATCHED=\\[\"build\"\\]\n"};

INSTANTIATE_TEST_SUITE_P(
    Cis, NativeRun,
    testing::Values(
        RunCase{"github-actions", {"::group::\\[1/1\\] echo done\n", "\n::endgroup::\n"}, "output", actions_outputs},
        RunCase{"gitea-actions", {"::group::\\[1/1\\] echo done\n"}, "output", actions_outputs},
        RunCase{"forgejo-actions", {"::group::\\[1/1\\] echo done\n"}, "summary", {"### lifecycle-agent: success"}},
        RunCase{"gitlab-ci",
                {"\x1b\\[0Ksection_start:[0-9]+:lifecycle_[0-9a-f]+_1\r\x1b\\[0K\\[1/1\\] echo done\n"},
                "",
                {}},
        RunCase{"buildkite", {"\n--- \\[1/1\\] echo done\n", "\n\\+\\+\\+ lifecycle-agent\n"}, "", {}},
        RunCase{"circleci", {"\\[1/1\\] echo done\n"}, "output", {"export LIFECYCLE_OUT_RESULT='success'\n"}},
        RunCase{"azure-pipelines",
                {"##\\[group\\]\\[1/1\\] echo done\n", "##\\[endgroup\\]\n",
                 "##vso\\[task.setvariable variable=result;isOutput=true\\]success\n",
                 "##vso\\[task.uploadsummary\\]/\\S+/temp/lifecycle_[0-9a-f]+\\.md\n"},
                "",
                {}},
        RunCase{"bitbucket-pipelines", {"\\[1/1\\] echo done\n"}, "output", assignments},
        RunCase{"jenkins", {"\\[1/1\\] echo done\n"}, "", {}},
        RunCase{"travis-ci",
                {"travis_fold:start:lifecycle_[0-9a-f]+_1\r\x1b\\[0Ktravis_time:start:lifecycle_[0-9a-f]+_1\r\x1b\\["
                 "0K\\[1/1\\] echo done\n",
                 "travis_time:end:lifecycle_[0-9a-f]+_1:start=[0-9]{19},finish=[0-9]{19},duration=[0-9]+\r\x1b\\[0K"},
                "",
                {}},
        RunCase{"teamcity",
                {"##teamcity\\[blockOpened name='lifecycle_[0-9a-f]+_1' description='\\|\\[1/1\\|\\] echo done'\\]\n",
                 "##teamcity\\[setParameter name='env.LIFECYCLE_OUT_RESULT' value='success'\\]\n"},
                "",
                {}},
        RunCase{"codefresh", {"\\[1/1\\] echo done\n"}, "volume/env_vars_to_export", assignments},
        RunCase{"cloud-build", {"\\[1/1\\] echo done\n"}, "volume/output", assignments}),
    [](const auto& row) {
      std::string name(row.param.ci);
      std::ranges::replace(name, '-', '_');
      return name;
    });

TEST(NativeOutput, OfAzureIsASummaryThatIsThere) {
  Program program;
  surround(program, "azure-pipelines");
  program.file("ops.yml", workflow).file("temp/there", "");
  const Outcome outcome = program.args({"run", "build"}).run();
  std::smatch path;
  ASSERT_TRUE(std::regex_search(outcome.out, path, std::regex("uploadsummary\\](\\S+)"))) << outcome.out;
  const auto text = program.read(fs::relative(path[1].str(), program.directory()).string());
  EXPECT_NE(text.value_or("").find("### lifecycle-agent: success"), std::string::npos);
}

TEST(NativeOutput, LeavesRawOutputAlone) {
  Program program;
  surround(program, "azure-pipelines");
  program.file("ops.yml", workflow).file("temp/there", "");
  EXPECT_EQ(program.args({"run", "build", "--raw"}).run().out, "done\n");
}

TEST(NativeOutput, OfBuildkiteGoesThroughItsAgent) {
  Program program;
  surround(program, "buildkite");
  with_buildkite_agent(program);
  const Outcome outcome = program.file("ops.yml", workflow).args({"run", "build"}).run();
  EXPECT_EQ(outcome.status, 0) << outcome.err;
  expect_found(
      {"annotate --style success --context lifecycle-agent-run-j\n### lifecycle-agent: success",
       "meta-data set lifecycle-agent:result\nsuccess\n", "meta-data set lifecycle-agent:matched\n\\[\"build\"\\]\n"},
      program.read("told").value_or(""));
}

TEST(NativeOutput, OfAppveyorGoesToItsApi) {
  test::TestUpstream api({test::reply(200, "{}")});
  Program program;
  surround(program, "appveyor");
  program.env("APPVEYOR_API_URL", api.url()).file("ops.yml", workflow);
  const Outcome outcome = program.args({"run", "build"}).run();
  EXPECT_EQ(outcome.status, 0) << outcome.err;
  std::string seen;
  for (const auto& request : api.requests()) seen += request.method + " " + request.target + " " + request.body + "\n";
  expect_found({"POST /api/build/messages \\{\"message\":\"lifecycle-agent: success",
                "POST /api/build/variables \\{\"name\":\"LIFECYCLE_OUT_RESULT\",\"value\":\"success\"\\}"},
               seen);
}

/// Nothing listens there: one warning, and the result stands.
TEST(NativeOutput, FailsNoRun) {
  Program program;
  surround(program, "appveyor");
  program.env("APPVEYOR_API_URL", "http://127.0.0.1:" + std::to_string(test::closed_port())).file("ops.yml", workflow);
  const Outcome outcome = program.args({"run", "build"}).run();
  EXPECT_EQ(outcome.status, 0) << outcome.err;
  EXPECT_EQ(outcome.err.find("native-request-failed"), outcome.err.rfind("native-request-failed"));
  EXPECT_NE(outcome.err.find("native-request-failed"), std::string::npos);
}

TEST(NativeOutput, IsADotenvFileWhereOneIsNamed) {
  for (const char* ci : {"gitlab-ci", "github-actions"}) {
    Program program;
    surround(program, ci);
    program.file("ops.yml", workflow);
    EXPECT_EQ(program.args({"run", "build", "--dotenv", "out.env"}).run().status, 0);
    expect_found(assignments, program.read("out.env").value_or(""));
  }
}

TEST(NativeOutput, HoldsNoSecret) {
  Program program;
  surround(program, "teamcity");
  std::string text(workflow);
  text.insert(text.find("    workdir"), "    env:\n      secrets: [PASSPHRASE]\n");
  text.insert(text.find("          - echo"), "          - echo hunter2-s3cret > /dev/null\n");
  program.file("ops.yml", text).env("PASSPHRASE", "hunter2-s3cret");
  const Outcome outcome = program.args({"run", "build"}).run();
  EXPECT_EQ(outcome.status, 0) << outcome.err;
  EXPECT_EQ((outcome.out + outcome.err).find("hunter2"), std::string::npos) << outcome.out;
}

struct MaskCase {
  std::string_view ci;
  std::string expected;
};

TEST(NativeMasks, AreGivenBeforeTheFirstStepWhenAskedFor) {
  const MaskCase rows[] = {{"github-actions", "::add-mask::hunter2-s3cret\n::add-mask::50%25-second-line\n"},
                           {"azure-pipelines", "##vso[task.setsecret]hunter2-s3cret\n"}};
  for (const auto& [ci, expected] : rows) {
    Program program;
    surround(program, ci);
    std::string text(workflow);
    text.insert(text.find("    workdir"), "    env:\n      secrets: [PASSPHRASE, TINY]\n");
    program.file("ops.yml", text).file("temp/there", "");
    program.env("PASSPHRASE", "hunter2-s3cret\n50%-second-line\nab\n").env("TINY", "ab");
    EXPECT_EQ(program.args({"run", "build"}).run().out.find("hunter2"), std::string::npos) << "off by default";
    const Outcome outcome = program.args({"run", "build", "--native-masks"}).run();
    EXPECT_TRUE(outcome.out.starts_with(expected)) << outcome.out;
    EXPECT_EQ(outcome.out.find("]ab\n"), std::string::npos) << "too short to be masked";
    EXPECT_EQ(outcome.out.find("::ab\n"), std::string::npos);
  }
}

TEST(NativeMasks, OfBuildkiteGoByStdin) {
  Program program;
  surround(program, "buildkite");
  with_buildkite_agent(program);
  std::string text(workflow);
  text.insert(text.find("    workdir"), "    env:\n      secrets: [PASSPHRASE]\n");
  program.file("ops.yml", text).env("PASSPHRASE", "hunter2-s3cret");
  const Outcome outcome = program.args({"run", "build", "--native-masks"}).run();
  EXPECT_EQ(outcome.out.find("hunter2"), std::string::npos) << outcome.out;
  EXPECT_TRUE(
      program.read("told").value_or("").starts_with("redactor add --format json\n{\"1\":\"hunter2-s3cret\"}\n"));
}

TEST(NativeMasks, AreRefusedInWordsWhereThereAreNone) {
  Program program;
  surround(program, "teamcity");
  std::string text(workflow);
  text.insert(text.find("    workdir"), "    env:\n      secrets: [PASSPHRASE]\n");
  program.file("ops.yml", text).env("PASSPHRASE", "hunter2-s3cret");
  const Outcome outcome = program.args({"run", "build", "--native-masks"}).run();
  EXPECT_EQ(outcome.status, 0);
  EXPECT_NE(outcome.err.find("native-masks-missing"), std::string::npos) << outcome.err;
}

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

std::string in_bash(const Program& program, const std::string& script) {
  const std::string file = (program.directory() / "script.sh").string();
  std::ofstream(file) << script;
  FILE* pipe = ::popen(("bash '" + file + "'").c_str(), "r");
  std::string text;
  for (int c = std::fgetc(pipe); c != EOF; c = std::fgetc(pipe)) text += static_cast<char>(c);
  ::pclose(pipe);
  return text;
}

TEST(Outputs, OfTheLastRunAreVariablesOfTheShell) {
  for (const char* ci : {"codebuild", "jenkins", "travis-ci"}) {
    Program program;
    surround(program, ci);
    program.env("HOME", (program.directory() / "home").string()).file("ops.yml", workflow);
    EXPECT_EQ(program.args({"outputs", "--shell"}).run().status, 2) << "nothing has run";
    EXPECT_EQ(program.args({"run", "build"}).run().status, 0);
    const Outcome outcome = program.args({"outputs", "--shell"}).run();
    EXPECT_EQ(outcome.status, 0) << outcome.err;
    EXPECT_EQ(in_bash(program, outcome.out + "echo \"$LIFECYCLE_OUT_RESULT $LIFECYCLE_OUT_MATCHED\"\n"),
              "success [\"build\"]\n");
    // A run that starts nothing leaves no outputs of an earlier one.
    EXPECT_EQ(program.file("ops.yml", faulty_file).args({"run", "build"}).run().status, 2);
    expect_found({"LIFECYCLE_OUT_RESULT='failure'"}, program.args({"outputs", "--shell"}).run().out);
  }
}

TEST(Outputs, AreReadOutOfARecord) {
  Program program;
  as_github_push(program);
  program.file("ops.yml", workflow);
  EXPECT_EQ(program.args({"run", "build", "--result", "record.json"}).run().status, 0);
  const Outcome plain = program.args({"outputs", "--result", "record.json"}).run();
  EXPECT_EQ(plain.status, 0) << plain.err;
  expect_found(assignments, plain.out);
  const Outcome shell = program.args({"outputs", "--shell", "--result", "record.json"}).run();
  EXPECT_EQ(in_bash(program, shell.out + "echo \"$LIFECYCLE_OUT_RUNS\" | head -c 12"), "[{\"workflow\"");
  program.file("other.json", "{}");
  for (const char* file : {"other.json", "ops.yml", "absent.json"}) {
    const Outcome refused = program.args({"outputs", "--shell", "--result", file}).run();
    EXPECT_EQ(refused.status, 2) << file;
    EXPECT_EQ(refused.out, "") << file;
  }
}

TEST(Outputs, AreNotKeptWhereTheCiTakesThemOrNoCiIs) {
  for (const bool in_ci : {true, false}) {
    Program program;
    if (in_ci) surround(program, "github-actions");
    program.env("HOME", (program.directory() / "home").string()).file("ops.yml", workflow);
    EXPECT_EQ(program.args({"run", "build"}).run().status, 0);
    EXPECT_FALSE(fs::exists(program.directory() / "home"));
  }
}

struct ColourCase {
  std::string_view ci;
  Variables variables;
  std::vector<std::string> flags;
  bool kept;
};

TEST(LogColours, StayWhereTheyShow) {
  const ColourCase rows[] = {
      {"github-actions", {}, {}, true},
      {"codebuild", {}, {}, false},
      {"jenkins", {}, {}, false},
      {"jenkins", {{"TERM", "xterm"}}, {}, true},
      {"codebuild", {{"FORCE_COLOR", "1"}}, {}, true},
      {"github-actions", {{"FORCE_COLOR", "0"}}, {}, false},
      {"github-actions", {{"NO_COLOR", "1"}, {"FORCE_COLOR", "1"}}, {}, false},
      {"github-actions", {{"NO_COLOR", "1"}}, {"--color", "always"}, true},
      {"github-actions", {{"FORCE_COLOR", "1"}}, {"--color", "never"}, false},
  };
  for (const auto& [ci, variables, flags, kept] : rows) {
    Program program;
    surround(program, ci);
    for (const auto& [name, value] : variables) program.env(name, value);
    std::string text(workflow);
    text.replace(text.find("echo done"), 9, R"("printf '\\033[31mred\\033[0m\\n'")");
    std::vector<std::string> words{"run", "build"};
    words.insert(words.end(), flags.begin(), flags.end());
    const Outcome outcome = program.file("ops.yml", text).args(words).run();
    EXPECT_EQ(outcome.status, 0) << outcome.err;
    EXPECT_EQ(outcome.out.find("\x1b[31mred") != std::string::npos, kept) << ci << outcome.out;
  }
}

}  // namespace
}  // namespace lifecycle::cli_test
