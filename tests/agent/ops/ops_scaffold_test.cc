// Whatever the repository is, `check` has nothing to say of what `init` writes for it.
#include "agent/ops/ops_scaffold.h"

#include <gtest/gtest.h>

#include "agent/event/known_names.h"
#include "tests/agent/ops/reading_text.h"

namespace lifecycle::ops {
namespace {

struct ScaffoldCase {
  std::string_view label;
  RepositoryFacts facts;
  std::string_view name;
  std::string_view first_event;
  std::string_view first_step;
  std::size_t jobs;
};
class Scaffold : public testing::TestWithParam<ScaffoldCase> {};

TEST_P(Scaffold, PassesItsOwnCheck) {
  const ScaffoldCase& row = GetParam();
  const std::string text = scaffold_ops(row.facts);
  const OpsReading reading = read(text);
  EXPECT_EQ(print_diagnostics(reading.diagnostics), "") << text;
  ASSERT_TRUE(reading.file.has_value());
  ASSERT_EQ(reading.file->workflows.size(), 1U);
  const Workflow& workflow = reading.file->workflows[0];
  EXPECT_EQ(workflow.name, row.name);
  EXPECT_EQ(workflow.workdir.kind, WorkdirKind::workspace);
  ASSERT_FALSE(workflow.events.empty());
  EXPECT_EQ(workflow.events[0].written.text, row.first_event);
  ASSERT_EQ(workflow.jobs.size(), row.jobs) << text;
  EXPECT_EQ(workflow.jobs[0].steps.at(0).text, row.first_step);
  const bool asks = text.find("Put your forge and your repository") != std::string::npos;
  EXPECT_EQ(asks, row.facts.repo.empty() || row.facts.origin.empty());
}
INSTANTIATE_TEST_SUITE_P(Repositories, Scaffold,
                         testing::Values(ScaffoldCase{"Nothing",
                                                      {},
                                                      "app-ci",
                                                      "github:owner/repo:push:ref==main",
                                                      "echo \"building $REPO at ${REF:-no branch}\"",
                                                      1},
                                         ScaffoldCase{"Npm",
                                                      {"github",
                                                       "acme/shop",
                                                       "trunk",
                                                       {"README.md", "Makefile", "package.json", "package-lock.json"}},
                                                      "shop-ci",
                                                      "github:acme/shop:push:ref==trunk",
                                                      "npm ci",
                                                      1},
                                         ScaffoldCase{"Go",
                                                      {"gitlab", "acme/group/tool.x", "main", {"go.mod", "Dockerfile"}},
                                                      "tool-x-ci",
                                                      "gitlab:acme/group/tool.x:push:ref==main",
                                                      "go build ./...",
                                                      2},
                                         ScaffoldCase{"CMake",
                                                      {"forgejo", "a/B_c", "release/1.x", {"CMakeLists.txt"}},
                                                      "B_c-ci",
                                                      "forgejo:a/B_c:push:ref==release/1.x",
                                                      "cmake -S . -B build",
                                                      1},
                                         ScaffoldCase{"Cargo",
                                                      {"bitbucket", "a/b", "main", {"Cargo.toml"}},
                                                      "b-ci",
                                                      "bitbucket:a/b:push:ref==main",
                                                      "cargo build --locked",
                                                      1},
                                         ScaffoldCase{"Python",
                                                      {"gitea", "a/b", "main", {"pyproject.toml"}},
                                                      "b-ci",
                                                      "gitea:a/b:push:ref==main",
                                                      "python3 -m venv .venv && . .venv/bin/activate",
                                                      1},
                                         ScaffoldCase{"Azure",
                                                      {"azure", "org/project/repo", "main", {"Makefile"}},
                                                      "repo-ci",
                                                      "azure:org/project/repo:push:ref==main",
                                                      "make",
                                                      1},
                                         ScaffoldCase{"OddName",
                                                      {"github", "a/..", "main", {}},
                                                      "app-ci",
                                                      "github:a/..:push:ref==main",
                                                      "echo \"building $REPO at ${REF:-no branch}\"",
                                                      1}),
                         [](const auto& row) { return std::string(row.param.label); });

TEST(ScaffoldOfYarn, RunsNoScriptThatPackageJsonMayLack) {
  const std::string text = scaffold_ops({"github", "acme/shop", "main", {"package.json", "yarn.lock"}});
  const OpsReading reading = read(text);
  ASSERT_EQ(print_diagnostics(reading.diagnostics), "") << text;
  const Job& job = reading.file->workflows.at(0).jobs.at(0);
  EXPECT_EQ(job.packages, std::vector<std::string>{"yarn"});
  ASSERT_EQ(job.steps.size(), 3U);
  for (const auto& [step, script] : {std::pair(1, "build"), std::pair(2, "test")}) {
    const std::string guard = std::string("(require(\"./package.json\").scripts || {}).") + script + ")'; then ";
    EXPECT_NE(job.steps[static_cast<std::size_t>(step)].text.find(guard + "yarn run " + script + "; fi"),
              std::string::npos)
        << text;
  }
}

TEST(ScaffoldOfOddFacts, StaysWellFormed) {
  for (const std::string_view origin : event::known_origins()) {
    for (const std::string& repo :
         {std::string("a/b"), std::string("a/--"), std::string("null"), std::string("a/1.0"), std::string("-/-x"),
          std::string("a b/c"), std::string("a/b\": x"), std::string("ä/ö"), std::string("a/b\nc: d")}) {
      for (const std::string& branch :
           {std::string("main"), std::string("a&&b"), std::string("x\"y"), std::string("")}) {
        const std::string text = scaffold_ops({std::string(origin), repo, branch, {"Dockerfile", "go.mod"}});
        EXPECT_EQ(print_diagnostics(read(text).diagnostics), "") << text;
      }
    }
  }
}

}  // namespace
}  // namespace lifecycle::ops
