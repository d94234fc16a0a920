// What a user sees who does not know the program, or mistypes.
#include <gtest/gtest.h>
#include <sys/wait.h>

#include <cstdlib>
#include <nlohmann/json.hpp>

#include "tests/cli/program.h"

namespace lifecycle::cli_test {
namespace {

TEST(Help, IsPrintedOnStdout) {
  Program program;
  const Outcome outcome = program.args({"--help"}).run();
  EXPECT_EQ(outcome.status, 0);
  EXPECT_EQ(outcome.err, "");
  expect_golden("help.txt", outcome.out);
}

TEST(Help, OfEachCommandIsTheSameByFlagAndByCommand) {
  for (const char* command : {"event", "ci", "plan", "why", "run", "check", "schema", "init", "track", "action",
                              "completion", "version", "help"}) {
    Program program;
    const Outcome by_flag = program.args({command, "--help"}).run();
    EXPECT_EQ(by_flag.status, 0) << command;
    if (std::string_view(command) == "help") continue;
    const Outcome by_command = program.args({"help", command}).run();
    EXPECT_EQ(by_flag.out, by_command.out) << command;
    EXPECT_NE(by_flag.out.find("\nexample:\n"), std::string::npos) << command;
  }
}

TEST(Help, OfRunIsStable) {
  Program program;
  expect_golden("help-run.txt", program.args({"help", "run"}).run().out);
}

struct MistakeCase {
  std::string_view label;
  std::vector<std::string> args;
  std::string err;
};
class Mistake : public testing::TestWithParam<MistakeCase> {};

TEST_P(Mistake, ExitsWithTwoAndSaysWhatWasMeant) {
  Program program;
  const Outcome outcome = program.args(GetParam().args).run();
  EXPECT_EQ(outcome.status, 2);
  EXPECT_EQ(outcome.out, "");
  EXPECT_EQ(outcome.err, GetParam().err);
}

INSTANTIATE_TEST_SUITE_P(
    Lines, Mistake,
    testing::Values(
        MistakeCase{"NoCommand",
                    {},
                    "error: no command given [command-missing]\n      = 'lifecycle-agent help' lists the commands\n"},
        MistakeCase{"UnknownCommand",
                    {"chekc"},
                    "error: unknown command 'chekc' [command-unknown]\n      = did you mean 'check'?\n"},
        MistakeCase{"UnknownFlag",
                    {"check", "--strct"},
                    "error: unknown flag '--strct' for 'check' [flag-unknown]\n      = did you mean '--strict'?\n"},
        MistakeCase{"UnknownHelpTopic",
                    {"help", "rum"},
                    "error: unknown command 'rum' [command-unknown]\n      = did you mean 'run'?\n"},
        MistakeCase{
            "BadDuration",
            {"run", "--timeout", "1 hour"},
            "error: '--timeout' is '1 hour', expected a duration such as 500ms, 30s, 5m or 1h30m [setting-invalid]\n"},
        MistakeCase{"ControlBytes",
                    {"ch\x1b[2Jeck"},
                    "error: unknown command 'ch\\x1b[2Jeck' [command-unknown]\n      = 'lifecycle-agent help' lists "
                    "the commands\n"},
        MistakeCase{"UnknownShell",
                    {"completion", "bsh"},
                    "error: unknown shell 'bsh', expected bash, zsh, fish or man [shell-unknown]\n      = did you mean "
                    "'bash'?\n"}),
    [](const auto& row) { return std::string(row.param.label); });

TEST(Version, IsTextOrJson) {
  Program program;
  const Outcome text = program.args({"--version"}).run();
  EXPECT_EQ(text.status, 0);
  EXPECT_EQ(text.out.rfind("lifecycle-agent ", 0), 0U);
  const auto json = nlohmann::json::parse(program.args({"version", "--json"}).run().out);
  EXPECT_EQ(json["schema"], "lifecycle-agent/version/1");
  EXPECT_FALSE(json["version"].get<std::string>().empty());
}

TEST(Stdout, ThatCannotBeWrittenIsAnError) {
  Program program;
  const Outcome outcome = program.args({"schema"}).out_to("/dev/full").run();
  EXPECT_EQ(outcome.status, 3);
  EXPECT_EQ(outcome.err, "error: cannot write to stdout: No space left on device [output-unwritable]\n");
}

TEST(Stdout, ThatTheCallerClosedIsAnErrorToo) {
  const int status = std::system(LA_BUILD_DIR "/lifecycle-agent version >&- 2>/dev/null");
  ASSERT_TRUE(WIFEXITED(status));
  EXPECT_EQ(WEXITSTATUS(status), 3);
}

TEST(Log, NamesWhereSettingsComeFromAndNoToken) {
  Program program;
  const Outcome outcome = program.args({"track", "--log-level", "debug", "--dry-run"})
                              .env("LIFECYCLE_TOKEN", "swordfish-4711")
                              .env("LIFECYCLE_TRACK_NAME", "deployment")
                              .env("LIFECYCLE_TRACK_ACTION", "success")
                              .run();
  EXPECT_EQ(outcome.status, 0) << outcome.err;
  EXPECT_NE(outcome.err.find("setting token comes from LIFECYCLE_TOKEN"), std::string::npos) << outcome.err;
  EXPECT_EQ((outcome.out + outcome.err).find("swordfish"), std::string::npos);
}

TEST(Colour, IsOnlyWhereItIsAskedFor) {
  Program program;
  EXPECT_EQ(program.args({"check", "none.yml"}).run().out.find('\x1b'), std::string::npos);
  EXPECT_NE(program.args({"check", "none.yml", "--color", "always"}).run().out.find("\x1b["), std::string::npos);
  program.env("LIFECYCLE_COLOR", "always");
  EXPECT_NE(program.args({"check", "none.yml"}).run().out.find("\x1b["), std::string::npos);
  EXPECT_EQ(program.args({"check", "none.yml", "--color=never"}).run().out.find('\x1b'), std::string::npos);
}

}  // namespace
}  // namespace lifecycle::cli_test
