// What the readers tell beside the facts that a case has a key for: attempt, job and folder of the run, a change's
// page.
#include <gtest/gtest.h>

#include "adapters/ci/read_event.h"

namespace lifecycle::ci {
namespace {

using CiVariables = std::map<std::string, std::string, std::less<>>;

struct DetailRow {
  const char* ci;
  CiVariables variables;
  std::string attempt;
  std::string job;
  std::string workspace;
  std::string change_url;
};

void PrintTo(const DetailRow& row, std::ostream* out) { *out << row.ci; }

event::Event detail_event(const char* ci, const CiVariables& variables) {
  const auto detected = read_event(Environment(variables), {.ci = ci}, nullptr);
  EXPECT_TRUE(detected) << ci;
  return detected ? detected->event : event::Event{};
}

class CiDetails : public testing::TestWithParam<DetailRow> {};

TEST_P(CiDetails, AreTheCisOwn) {
  const DetailRow& row = GetParam();
  const event::Event event = detail_event(row.ci, row.variables);
  EXPECT_EQ(event.run.attempt, row.attempt);
  EXPECT_EQ(event.run.job, row.job);
  EXPECT_EQ(event.run.workspace, row.workspace);
  EXPECT_EQ(event.change ? event.change->url : "", row.change_url);
}

INSTANTIATE_TEST_SUITE_P(Rows, CiDetails,
                         testing::Values(DetailRow{"gitlab-ci",
                                                   {{"CI_PIPELINE_SOURCE", "merge_request_event"},
                                                    {"CI_JOB_ID", "77"},
                                                    {"CI_PROJECT_DIR", "/builds/acme/app"},
                                                    {"CI_MERGE_REQUEST_IID", "7"},
                                                    {"CI_MERGE_REQUEST_PROJECT_URL", "https://gitlab.com/acme/app"}},
                                                   "",
                                                   "77",
                                                   "/builds/acme/app",
                                                   "https://gitlab.com/acme/app/-/merge_requests/7"},
                                         DetailRow{"buildkite",
                                                   {{"BUILDKITE_RETRY_COUNT", "1"},
                                                    {"BUILDKITE_JOB_ID", "4b4b"},
                                                    {"BUILDKITE_BUILD_CHECKOUT_PATH", "/builds/app"}},
                                                   "1",
                                                   "4b4b",
                                                   "/builds/app",
                                                   ""},
                                         DetailRow{"circleci",
                                                   {{"CIRCLE_WORKFLOW_JOB_ID", "2c2c"},
                                                    {"CIRCLE_JOB", "build"},
                                                    {"HOME", "/home/circleci"},
                                                    {"CIRCLE_WORKING_DIRECTORY", "~/project"},
                                                    {"CIRCLE_BRANCH", "pull/7"},
                                                    {"CIRCLE_PULL_REQUEST", "https://github.com/acme/app/pull/7"}},
                                                   "",
                                                   "2c2c",
                                                   "/home/circleci/project",
                                                   "https://github.com/acme/app/pull/7"},
                                         DetailRow{"circleci",
                                                   {{"CIRCLE_JOB", "build"},
                                                    {"CIRCLE_WORKING_DIRECTORY", "~/project"},
                                                    {"CIRCLE_BRANCH", "pull/7"},
                                                    {"CIRCLE_PULL_REQUEST", "https://github.com/acme/app/pull/9"}},
                                                   "",
                                                   "build",
                                                   "~/project",
                                                   ""},
                                         DetailRow{"azure-pipelines",
                                                   {{"BUILD_BUILDID", "1"},
                                                    {"SYSTEM_JOBATTEMPT", "2"},
                                                    {"SYSTEM_JOBID", "3a3a"},
                                                    {"BUILD_SOURCESDIRECTORY", "/home/vsts/work/1/s"}},
                                                   "2",
                                                   "3a3a",
                                                   "/home/vsts/work/1/s",
                                                   ""},
                                         DetailRow{"azure-pipelines",
                                                   {{"RELEASE_RELEASEID", "118"},
                                                    {"RELEASE_ATTEMPTNUMBER", "3"},
                                                    {"AGENT_JOBNAME", "Release"},
                                                    {"SYSTEM_DEFAULTWORKINGDIRECTORY", "/home/vsts/work/r1/a"}},
                                                   "3",
                                                   "Release",
                                                   "/home/vsts/work/r1/a",
                                                   ""},
                                         DetailRow{"bitbucket-pipelines",
                                                   {{"BITBUCKET_REPO_FULL_NAME", "acme/app"},
                                                    {"BITBUCKET_STEP_RUN_NUMBER", "2"},
                                                    {"BITBUCKET_STEP_UUID", "{1b1b}"},
                                                    {"BITBUCKET_CLONE_DIR", "/opt/atlassian/pipelines/agent/build"},
                                                    {"BITBUCKET_PR_ID", "7"}},
                                                   "2",
                                                   "{1b1b}",
                                                   "/opt/atlassian/pipelines/agent/build",
                                                   "https://bitbucket.org/acme/app/pull-requests/7"},
                                         DetailRow{"jenkins",
                                                   {{"JOB_NAME", "acme/app/PR-7"},
                                                    {"STAGE_NAME", "Deploy"},
                                                    {"WORKSPACE", "/home/jenkins/workspace/app"},
                                                    {"BRANCH_NAME", "PR-7"},
                                                    {"CHANGE_ID", "7"},
                                                    {"CHANGE_URL", "https://github.com/acme/app/pull/7"}},
                                                   "",
                                                   "Deploy",
                                                   "/home/jenkins/workspace/app",
                                                   "https://github.com/acme/app/pull/7"},
                                         DetailRow{"jenkins", {{"JOB_NAME", "app"}}, "", "app", "", ""}));

/// The same key as the webhook's own, so that both are one event.
TEST(CiDetailsOfBuildkite, DeploymentHasTheIdentityOfTheForge) {
  const event::Event event = detail_event("buildkite", {{"BUILDKITE_GITHUB_EVENT", "deployment"},
                                                        {"BUILDKITE_GITHUB_DEPLOYMENT_ID", "5501"},
                                                        {"BUILDKITE_GITHUB_DEPLOYMENT_ENVIRONMENT", "production"},
                                                        {"BUILDKITE_BRANCH", "main"}});
  EXPECT_EQ(event.identity, "depl|5501|created");
  ASSERT_TRUE(event.deployment);
  EXPECT_EQ(event.deployment->environment, "production");
  EXPECT_EQ(event.deployment->ref, "main");
  EXPECT_EQ(event.category.kind, event::CategoryKind::deployment);
}

/// A cause that is no event takes no action of the user's for its own.
TEST(CiDetailsOfNothing, AnActionAloneNamesNoEvent) {
  const CiVariables variables{{"CI_PIPELINE_SOURCE", "parent_pipeline"}, {"CI_COMMIT_BRANCH", "main"}};
  const auto by_action =
      read_event(Environment(variables), {.flags = {.action = "opened"}, .ci = "gitlab-ci"}, nullptr);
  ASSERT_TRUE(by_action);
  EXPECT_TRUE(by_action->event.names.empty());
  const auto by_name = read_event(Environment(variables), {.flags = {.name = "push"}, .ci = "gitlab-ci"}, nullptr);
  ASSERT_TRUE(by_name);
  EXPECT_EQ(by_name->event.name(), "push");
  EXPECT_EQ(by_name->event.branch, "main");
}

}  // namespace
}  // namespace lifecycle::ci
