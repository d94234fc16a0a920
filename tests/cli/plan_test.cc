#include <gtest/gtest.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "tests/cli/program.h"

namespace lifecycle::cli_test {
namespace {

constexpr std::string_view plan_ops = R"(version: "1"
pipelines:
  - name: ship:1.0.0
    description: Ship it
    workdir: workspace
    events:
      - "github:acme/app:pull_request.merged:ref==main"
    env:
      static: [STAGE=production]
    jobs:
      - name: deploy
        description: Deploy
        steps:
          - echo "$STAGE"
          - echo done
  - name: preview:1.0.0
    description: Preview it
    events:
      - "github:acme/app:pull_request.opened"
    jobs:
      - name: show
        description: Show
        steps: [echo hello]
commands:
  - name: tell:2.1.0
    description: Tell it
    public: false
    run: echo
)";

TEST(Plan, ShowsWhatRunsAndWhatDoesNot) {
  Program program;
  as_github_merge(program);
  const Outcome outcome = program.file("ops.yml", plan_ops).args({"plan"}).run();
  EXPECT_EQ(outcome.status, 0) << outcome.err;
  EXPECT_EQ(outcome.err, "");
  expect_golden("plan-merged.txt", normalised(outcome.out, program));
  EXPECT_EQ(program.files(), (std::vector<std::string>{"event.json", "ops.yml"}));
}

TEST(Plan, IsJsonThatRunTakes) {
  Program program;
  as_github_merge(program);
  const Outcome planned = program.file("ops.yml", plan_ops).args({"plan", "--json"}).run();
  const auto json = nlohmann::json::parse(planned.out);
  EXPECT_EQ(json["schema"], "lifecycle-agent/plan/1");
  EXPECT_EQ(json["matched"][0]["workflow"], "ship");
  EXPECT_EQ(json["unmatched"].size(), 2U);
  const Outcome run = program.file("plan.json", planned.out).args({"run", "--raw", "--plan", "plan.json"}).run();
  EXPECT_EQ(run.status, 0) << run.err;
  EXPECT_EQ(run.out, "production\ndone\n");
}

TEST(Plan, OfAMissingSecretIsShownAndExitsWithZero) {
  Program program;
  as_github_merge(program);
  std::string text(plan_ops);
  text.replace(text.find("static: [STAGE=production]"), 26, "secrets: [DEPLOY_KEY]");
  const Outcome outcome = program.file("ops.yml", text).args({"plan"}).run();
  EXPECT_EQ(outcome.status, 0) << outcome.err;
  EXPECT_NE(outcome.out.find("DEPLOY_KEY"), std::string::npos);
  EXPECT_NE(outcome.out.find("secret-missing"), std::string::npos) << outcome.out;
}

TEST(Plan, MasksASecretThatTheFileRepeats) {
  Program program;
  as_github_merge(program);
  program.env("DEPLOY_KEY", "hunter2-hunter2");
  std::string text(plan_ops);
  text.replace(text.find("static: [STAGE=production]"), 26,
               "secrets: [DEPLOY_KEY]\n      static: ['URL=https://u:hunter2-hunter2@h']");
  program.file("ops.yml", text);
  for (const std::vector<std::string>& words :
       {std::vector<std::string>{"plan"}, std::vector<std::string>{"why", "ship"}}) {
    const Outcome outcome = program.args(words).run();
    EXPECT_EQ(outcome.status, 0) << outcome.err;
    EXPECT_NE(outcome.out.find("ship"), std::string::npos) << outcome.out;
    EXPECT_EQ(outcome.out.find("hunter2"), std::string::npos) << outcome.out;
  }
}

TEST(Plan, NeverShowsASecret) {
  Program program;
  as_github_merge(program);
  std::string text(plan_ops);
  text.replace(text.find("static: [STAGE=production]"), 26, "secrets: [DEPLOY_KEY]");
  program.file("ops.yml", text).env("DEPLOY_KEY", "swordfish-4711");
  const Outcome plain = program.args({"plan"}).run();
  const Outcome json = program.args({"plan", "--json"}).run();
  EXPECT_EQ(plain.status, 0) << plain.err;
  EXPECT_EQ((plain.out + plain.err + json.out + json.err).find("swordfish"), std::string::npos);
}

TEST(Plan, WithoutAFileOrWithABadOneExitsWithTwo) {
  Program program;
  as_github_merge(program);
  const Outcome missing = program.args({"plan"}).run();
  EXPECT_EQ(missing.status, 2);
  EXPECT_NE(missing.err.find("[ops-file-missing]"), std::string::npos);
  const Outcome bad = program.file("ops.yml", "version: [\n").args({"plan"}).run();
  EXPECT_EQ(bad.status, 2);
  EXPECT_TRUE(bad.out.starts_with("::error file=ops.yml,line=1,")) << bad.out;
  EXPECT_EQ(std::ranges::count(bad.out, '\n'), 1) << "the annotation and nothing else: " << bad.out;
  EXPECT_NE(bad.err.find("ops.yml:"), std::string::npos) << bad.err;
}

TEST(Plan, ByNameIgnoresTheEvent) {
  Program program;
  const Outcome outcome = program.file("ops.yml", plan_ops).args({"plan", "--json", "tell", "--", "a b"}).run();
  EXPECT_EQ(outcome.status, 0) << outcome.err;
  const auto json = nlohmann::json::parse(outcome.out);
  ASSERT_EQ(json["matched"].size(), 1U);
  EXPECT_EQ(json["matched"][0]["jobs"][0]["argv"].back(), "a b");
}

TEST(Why, NamesTheFirstConditionThatFailedAndTheEdit) {
  Program program;
  as_github_merge(program);
  const Outcome outcome = program.file("ops.yml", plan_ops).args({"why", "preview"}).run();
  EXPECT_EQ(outcome.status, 0) << outcome.err;
  expect_golden("why-preview.txt", normalised(outcome.out, program));
}

TEST(Why, AsJsonHoldsThatWorkflowAlone) {
  Program program;
  as_github_merge(program);
  program.file("ops.yml", plan_ops);
  const auto unmatched = nlohmann::json::parse(program.args({"why", "preview", "--json"}).run().out);
  EXPECT_EQ(unmatched["matched"].size(), 0U);
  ASSERT_EQ(unmatched["unmatched"].size(), 1U);
  EXPECT_EQ(unmatched["unmatched"][0]["workflow"], "preview");
  const auto matched = nlohmann::json::parse(program.args({"why", "ship", "--json"}).run().out);
  EXPECT_EQ(matched["matched"].size(), 1U);
  EXPECT_EQ(matched["unmatched"].size(), 0U);
}

TEST(Why, OffersTheNearestName) {
  Program program;
  as_github_merge(program);
  program.file("ops.yml", plan_ops);
  const std::pair<std::string, std::string> cases[] = {{"shop", "did you mean 'ship'?"},
                                                       {"previews", "did you mean 'preview'?"},
                                                       {"tell:9.9.9", "there is ops.yml#command/tell:2.1.0"}};
  for (const auto& [asked, hint] : cases) {
    const Outcome outcome = program.args({"why", asked}).run();
    EXPECT_EQ(outcome.status, 2);
    EXPECT_NE(outcome.err.find("no workflow is named '" + asked + "'"), std::string::npos) << outcome.err;
    EXPECT_NE(outcome.err.find(hint), std::string::npos) << outcome.err;
  }
}

TEST(Plan, TakesAFileThatIsNamedTwiceOnce) {
  Program program;
  as_github_merge(program);
  program.file("ops.yml", plan_ops).file("sub/other.yml", plan_ops);
  std::filesystem::create_symlink("ops.yml", program.directory() / "link.yml");
  const std::vector<std::string> second{"ops.yml", "./ops.yml", "sub/../ops.yml", "link.yml",
                                        (program.directory() / "ops.yml").string()};
  for (const std::string& path : second) {
    const Outcome outcome = program.args({"plan", "--json", "-f", "ops.yml", "-f", path}).run();
    const auto matched = nlohmann::json::parse(outcome.out)["matched"];
    ASSERT_EQ(matched.size(), 1U) << path;
    EXPECT_EQ(matched[0]["file"], "ops.yml");
  }
  std::filesystem::create_symlink("../ops.yml", program.directory() / "sub/ops.yml");
  for (const std::string path : {"sub/other.yml", "sub/ops.yml"}) {
    const Outcome both = program.args({"plan", "--json", "-f", "ops.yml", "-f", path}).run();
    EXPECT_EQ(nlohmann::json::parse(both.out)["matched"].size(), 2U) << path;
  }
}

TEST(Why, AnUnknownWorkflowIsAnError) {
  Program program;
  as_github_merge(program);
  const Outcome outcome = program.file("ops.yml", plan_ops).args({"why", "nothing"}).run();
  EXPECT_EQ(outcome.status, 2);
  EXPECT_NE(outcome.err.find("[workflow-unknown]"), std::string::npos) << outcome.err;
}

}  // namespace
}  // namespace lifecycle::cli_test
