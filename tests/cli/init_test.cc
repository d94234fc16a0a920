#include <gtest/gtest.h>

#include <cstdlib>
#include <nlohmann/json.hpp>

#include "tests/cli/program.h"

namespace lifecycle::cli_test {
namespace {

TEST(Init, WritesAFileThatCheckHasNothingToSayOf) {
  Program program;
  const Outcome made = program.file("package.json", "{}").args({"init"}).run();
  EXPECT_EQ(made.status, 0) << made.err;
  EXPECT_TRUE(program.read("ops.yml").has_value());
  const Outcome checked = program.args({"check", "--strict"}).run();
  EXPECT_EQ(checked.status, 0) << checked.out;
}

TEST(Init, KnowsTheRepositoryThatItStandsIn) {
  Program program;
  const std::string git = "cd '" + program.directory().string() +
                          "' && git init -q -b trunk . && git remote add origin https://github.com/acme/rocket.git";
  if (std::system(git.c_str()) != 0) GTEST_SKIP() << "git is not installed";
  EXPECT_EQ(program.args({"init"}).run().status, 0);
  const std::string text = program.read("ops.yml").value_or("");
  EXPECT_NE(text.find("github:acme/rocket:"), std::string::npos) << text;
}

TEST(Init, LeavesAFileAloneUnlessForced) {
  Program program;
  program.file("ops.yml", "mine");
  const Outcome refused = program.args({"init"}).run();
  EXPECT_EQ(refused.status, 2);
  EXPECT_EQ(refused.err,
            "error: 'ops.yml' is there already [init-file-exists]\n"
            "      = 'lifecycle-agent check' looks at it; --force replaces it\n");
  EXPECT_EQ(program.read("ops.yml"), "mine");
  EXPECT_EQ(program.args({"init", "--force"}).run().status, 0);
  EXPECT_NE(program.read("ops.yml"), "mine");
}

TEST(Init, LeavesTheOtherNameOfTheFileAloneUnlessForced) {
  Program program;
  program.file("ops.yaml", "mine");
  for (const std::vector<std::string>& args : {std::vector<std::string>{"init"}, {"init", "--file", "ops.yml"}}) {
    const Outcome refused = program.args(args).run();
    EXPECT_EQ(refused.status, 2);
    EXPECT_NE(refused.err.find("'ops.yaml' is there already [init-file-exists]"), std::string::npos) << refused.err;
    EXPECT_EQ(program.files(), std::vector<std::string>{"ops.yaml"});
  }
  EXPECT_EQ(program.args({"init", "--force"}).run().status, 0);
  EXPECT_EQ(program.files(), std::vector<std::string>{"ops.yaml"});
  EXPECT_NE(program.read("ops.yaml"), "mine");
}

TEST(Init, LooksForTheOtherNameInTheFolderOfTheFile) {
  Program program;
  program.file("sub/ops.yml", "mine").file("ops.yaml", "mine");
  EXPECT_EQ(program.args({"init", "--file", "sub/ops.yaml"}).run().status, 2);
  EXPECT_EQ(program.args({"init", "--file", "first.yml"}).run().status, 0);
}

TEST(Init, NamesTheRootOfTheRepositoryBelowWhichItWrites) {
  Program program;
  const std::string root = program.directory().string();
  program.file("sub/deep/package.json", "{}").env("GITHUB_WORKSPACE", root + "/sub/deep");
  if (std::system(("cd '" + root + "' && git init -q .").c_str()) != 0) GTEST_SKIP() << "git is not installed";
  const Outcome made = program.args({"init"}).run();
  EXPECT_EQ(made.status, 0);
  EXPECT_TRUE(program.read("sub/deep/ops.yml").has_value());
  EXPECT_NE(made.err.find("note: a CI reads the ops.yml at the root of the repository, '"), std::string::npos);
  EXPECT_NE(made.err.find("--file sub/deep/ops.yml"), std::string::npos) << made.err;
  const Outcome above = program.env("GITHUB_WORKSPACE", root).args({"init"}).run();
  EXPECT_EQ(above.status, 0);
  EXPECT_EQ(above.err, "");
}

TEST(Init, SaysWhenItCannotWrite) {
  Program program;
  const Outcome outcome = program.args({"init", "--file", "none/ops.yml"}).run();
  EXPECT_EQ(outcome.status, 3);
  EXPECT_NE(outcome.err.find("[file-unwritable]"), std::string::npos) << outcome.err;
}

TEST(Schema, IsADocumentOfItsDraft) {
  Program program;
  const Outcome outcome = program.args({"schema"}).run();
  EXPECT_EQ(outcome.status, 0);
  EXPECT_EQ(nlohmann::json::parse(outcome.out)["$schema"], "https://json-schema.org/draft/2020-12/schema");
}

}  // namespace
}  // namespace lifecycle::cli_test
