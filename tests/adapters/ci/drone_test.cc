// What Drone's cases cannot show: Harness Open Source (Gitness), whose words are other ones, and what a run is made of.
#include <gtest/gtest.h>

#include "adapters/ci/read_event.h"

namespace lifecycle::ci {
namespace {

using Variables = std::map<std::string, std::string, std::less<>>;

event::Event drone_event(Variables more) {
  Variables variables{{"DRONE", "true"},
                      {"DRONE_BUILD_NUMBER", "57"},
                      {"DRONE_REPO", "acme/app"},
                      {"DRONE_COMMIT_REF", "refs/heads/main"}};
  for (auto& [name, value] : more) variables.insert_or_assign(name, value);
  const auto detected = read_event(Environment(std::move(variables)), {}, nullptr);
  EXPECT_TRUE(detected);
  return detected ? detected->event : event::Event{};
}

TEST(Drone, KnowsTheActionsOfGitness) {
  struct Row {
    const char* word;
    const char* name;
  };
  for (const Row& row :
       {Row{"pullreq_created", "pull_request.opened"}, Row{"pullreq_branch_updated", "pull_request.synchronize"},
        Row{"pullreq_reopened", "pull_request.reopened"}, Row{"pullreq_merged", "pull_request.merged"},
        Row{"pullreq_closed", "pull_request.closed"}, Row{"pullreq_comment_created", "pull_request"},
        Row{"", "pull_request"}}) {
    const event::Event event = drone_event({{"DRONE_BUILD_EVENT", "pull_request"},
                                            {"DRONE_BUILD_ACTION", row.word},
                                            {"DRONE_COMMIT_REF", "refs/pullreq/3/head"}});
    EXPECT_EQ(event.name(), row.name) << row.word;
    ASSERT_TRUE(event.change) << row.word;
    EXPECT_EQ(event.change->number, 3) << row.word;
  }
}

TEST(Drone, KeepsTheWordOfADeployment) {
  struct Row {
    const char* kind;
    const char* trigger;
    const char* id;
    const char* action;
    const char* identity;
  };
  for (const Row& row : {Row{"promote", "rroe", "0", "promote", ""}, Row{"rollback", "rroe", "0", "rollback", ""},
                         Row{"promote", "@hook", "880017", "created", "depl|880017|created"},
                         Row{"promote", "@hook", "0", "promote", ""}, Row{"promote", "@hook", "", "promote", ""},
                         Row{"promote", "rroe", "880017", "promote", ""}}) {
    const event::Event event = drone_event({{"DRONE_BUILD_EVENT", row.kind},
                                            {"DRONE_BUILD_TRIGGER", row.trigger},
                                            {"DRONE_DEPLOY_ID", row.id},
                                            {"DRONE_DEPLOY_TO", "production"}});
    EXPECT_EQ(event.name(), "deployment.created") << row.kind;
    EXPECT_EQ(event.action, row.action) << row.trigger << " " << row.id;
    EXPECT_EQ(event.identity, row.identity) << row.trigger << " " << row.id;
    EXPECT_EQ(event.category.state, "started");
    ASSERT_TRUE(event.deployment);
    EXPECT_EQ(event.deployment->environment, "production");
    EXPECT_EQ(event.deployment->ref, "main");
  }
}

TEST(Drone, DeploysThePromotedPullRequestsBranch) {
  const event::Event event = drone_event({{"DRONE_BUILD_EVENT", "promote"},
                                          {"DRONE_COMMIT_REF", "refs/pull/42/head"},
                                          {"DRONE_SOURCE_BRANCH", "topic"},
                                          {"DRONE_DEPLOY_TO", "preview"}});
  ASSERT_TRUE(event.deployment);
  EXPECT_EQ(event.deployment->ref, "topic");
  EXPECT_EQ(event.ref, "refs/pull/42/head");
  EXPECT_FALSE(event.change);
}

TEST(Drone, RunsAStepOfAStage) {
  const event::Event event = drone_event({{"DRONE_BUILD_EVENT", "push"},
                                          {"DRONE_STAGE_NAME", "default"},
                                          {"DRONE_STEP_NAME", "agent"},
                                          {"DRONE_WORKSPACE", "/drone/src"}});
  EXPECT_EQ(event.run.job, "default/agent");
  EXPECT_EQ(event.run.workspace, "/drone/src");
  EXPECT_EQ(drone_event({{"DRONE_STEP_NAME", "agent"}}).run.job, "agent");
}

}  // namespace
}  // namespace lifecycle::ci
