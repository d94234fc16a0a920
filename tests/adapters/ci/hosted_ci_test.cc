// Which CI it is where one carries the variables of another: hosts of others' runners, plugins, names that several use.
#include <gtest/gtest.h>

#include "adapters/ci/ci_table.h"

namespace lifecycle::ci {
namespace {

using Variables = std::map<std::string, std::string, std::less<>>;

const Variables hosted_codebuild{{"CODEBUILD_BUILD_ARN", "arn:aws:hosted_codebuild:eu-west-1:1:build/x:y"},
                                 {"CODEBUILD_BUILD_ID", "x:y"},
                                 {"CODEBUILD_WEBHOOK_EVENT", "WORKFLOW_JOB_QUEUED"}};
const Variables hosted_github{{"GITHUB_ACTIONS", "true"}, {"GITHUB_RUN_ID", "1"}, {"GITHUB_EVENT_NAME", "push"}};
const Variables hosted_gitlab{{"GITLAB_CI", "true"}, {"CI_PROJECT_PATH", "a/b"}, {"CI_PIPELINE_SOURCE", "push"}};
const Variables hosted_buildkite{{"BUILDKITE", "true"}, {"BUILDKITE_BUILD_ID", "1"}};
const Variables hosted_jenkins{
    {"JENKINS_URL", "https://j"}, {"BUILD_NUMBER", "1"}, {"JOB_NAME", "j"}, {"BUILD_ID", "1"}};
const Variables hosted_woodpecker{{"CI", "woodpecker"}, {"CI_REPO", "a/b"}};
const Variables hosted_drone_names{{"DRONE_BUILD_NUMBER", "1"}, {"DRONE_REPO", "a/b"}, {"DRONE_BUILD_EVENT", "push"}};
const Variables hosted_drone{
    {"DRONE", "true"}, {"DRONE_BUILD_NUMBER", "1"}, {"CI_REPO", "a/b"}, {"CI_BUILD_EVENT", "push"}};
const Variables hosted_cloud_build{{"BUILDER_OUTPUT", "/builder/outputs"}, {"BUILD_ID", "1"}, {"BRANCH_NAME", "main"}};
const Variables hosted_teamcity{{"TEAMCITY_VERSION", "2024"}, {"BUILD_NUMBER", "1"}};
const Variables hosted_travis{{"TRAVIS", "true"}, {"TRAVIS_BUILD_ID", "1"}};
const Variables hosted_codefresh{{"CF_BUILD_ID", "1"}, {"CF_PIPELINE_NAME", "a/b"}};

struct HostedRow {
  const char* what;
  std::vector<Variables> sets;
  const char* ci;
  std::vector<std::string> others = {};
};

void PrintTo(const HostedRow& row, std::ostream* out) { *out << row.what; }

class HostedCi : public testing::TestWithParam<HostedRow> {};

TEST_P(HostedCi, IsRecognised) {
  Variables all;
  for (const Variables& set : GetParam().sets) all.insert(set.begin(), set.end());
  const auto recognised = recognise(Environment(all), "");
  ASSERT_TRUE(recognised);
  EXPECT_EQ(recognised->row->name, GetParam().ci);
  EXPECT_EQ(recognised->others, GetParam().others);
}

INSTANTIATE_TEST_SUITE_P(
    Rows, HostedCi,
    testing::Values(
        HostedRow{"CodeBuild alone", {hosted_codebuild}, "codebuild"},
        HostedRow{"a GitHub runner in CodeBuild", {hosted_codebuild, hosted_github}, "github-actions", {"codebuild"}},
        HostedRow{"a GitLab runner in CodeBuild", {hosted_codebuild, hosted_gitlab}, "gitlab-ci", {"codebuild"}},
        HostedRow{"a Buildkite agent in CodeBuild", {hosted_codebuild, hosted_buildkite}, "buildkite", {"codebuild"}},
        HostedRow{"a Jenkins agent in CodeBuild", {hosted_codebuild, hosted_jenkins}, "jenkins", {"codebuild"}},
        HostedRow{"CODEBUILD_CI alone", {{{"CODEBUILD_CI", "true"}, {"AWS_REGION", "x"}}}, "generic"},
        HostedRow{"a plugin of Woodpecker", {hosted_woodpecker, hosted_drone_names}, "woodpecker"},
        HostedRow{"Drone and Woodpecker", {hosted_woodpecker, hosted_drone}, "woodpecker"},
        HostedRow{"Drone with the names of its version 0.8", {hosted_drone}, "drone"},
        HostedRow{"Drone's names alone", {hosted_drone_names}, "generic"},
        HostedRow{"DRONE=false", {{{"DRONE", "false"}, {"DRONE_BUILD_NUMBER", "1"}}}, "generic"},
        HostedRow{"Cloud Build has Jenkins' names", {hosted_cloud_build}, "cloud-build"},
        HostedRow{"a Jenkins agent in Cloud Build", {hosted_jenkins, hosted_cloud_build}, "jenkins", {"cloud-build"}},
        HostedRow{"Cloud Build's names alone", {{{"PROJECT_ID", "p"}, {"BUILD_ID", "1"}}}, "generic"},
        HostedRow{"TeamCity before Jenkins", {hosted_teamcity, hosted_jenkins}, "teamcity", {"jenkins"}},
        HostedRow{"TEAMCITY_VERSION alone", {{{"TEAMCITY_VERSION", "2024"}}}, "generic"},
        HostedRow{"a test that sets TRAVIS", {{{"TRAVIS", "true"}, {"CI", "false"}}}, "generic"},
        HostedRow{"Travis on GitHub's runner", {hosted_travis, hosted_github}, "github-actions", {"travis-ci"}},
        HostedRow{"AppVeyor on Windows", {{{"APPVEYOR", "True"}, {"APPVEYOR_BUILD_ID", "1"}}}, "appveyor"},
        HostedRow{"AppVeyor on Linux", {{{"APPVEYOR", "true"}, {"APPVEYOR_BUILD_ID", "1"}}}, "appveyor"},
        HostedRow{"Codefresh", {hosted_codefresh}, "codefresh"},
        HostedRow{"Cloud Foundry", {{{"CF_INSTANCE_GUID", "1"}, {"CF_API_TOKEN", "x"}}}, "generic"},
        HostedRow{"Semaphore's git names alone", {{{"SEMAPHORE_GIT_SHA", "1"}, {"SEMAPHORE", "true"}}}, "generic"}));

}  // namespace
}  // namespace lifecycle::ci
