// A run in every CI: what stands in the log, in the CI's files, and what its program and its API are told.
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <regex>

#include "tests/agent/http/test_upstream.h"
#include "tests/cli/surroundings.h"

namespace lifecycle::cli_test {
namespace {

namespace fs = std::filesystem;

struct RunCase {
  std::string_view ci;
  std::vector<std::string> in_log;   // regular expressions
  std::string_view file{};           // relative; empty: none
  std::vector<std::string> in_file;  // likewise
};
class NativeRun : public testing::TestWithParam<RunCase> {};

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
        RunCase{"bitbucket-pipelines", {"\\[1/1\\] echo done\n"}, "output", output_assignments},
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
        RunCase{"codefresh", {"\\[1/1\\] echo done\n"}, "volume/env_vars_to_export", output_assignments},
        RunCase{"cloud-build", {"\\[1/1\\] echo done\n"}, "volume/output", output_assignments}),
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
    expect_found(output_assignments, program.read("out.env").value_or(""));
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
