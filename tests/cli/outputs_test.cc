// `outputs`: what a run hands on where the CI takes nothing from a program.
#include <gtest/gtest.h>

#include <cstdio>
#include <filesystem>
#include <fstream>

#include "tests/cli/surroundings.h"

namespace lifecycle::cli_test {
namespace {

std::string in_bash(const Program& program, const std::string& script) {
  const std::string file = (program.directory() / "script.sh").string();
  std::ofstream(file) << script;
  FILE* pipe = ::popen(("bash '" + file + "'").c_str(), "r");
  std::string text;
  for (int c = std::fgetc(pipe); c != EOF; c = std::fgetc(pipe)) text += static_cast<char>(c);
  ::pclose(pipe);
  return text;
}

namespace fs = std::filesystem;

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
  expect_found(output_assignments, plain.out);
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

}  // namespace
}  // namespace lifecycle::cli_test
