#include "tests/cli/surroundings.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <regex>

namespace lifecycle::cli_test {

namespace fs = std::filesystem;

const std::string_view workflow = R"(version: "1"
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

const std::string_view faulty_file = R"(version: "1"
pipelines:
  - name: build:1.0.0
    description: Build it
    jobs: []
)";

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

void with_buildkite_agent(Program& program) {
  program.file("bin/buildkite-agent",
               "#!/bin/sh\n{ echo \"$@\"; cat; echo; } >> '" + (program.directory() / "told").string() + "'\n");
  fs::permissions(program.directory() / "bin/buildkite-agent", fs::perms::owner_all);
  program.env("PATH", (program.directory() / "bin").string() + ":" + std::getenv("PATH"));
  program.env("BUILDKITE_AGENT_ACCESS_TOKEN", "swordfish");
}

void expect_found(const std::vector<std::string>& patterns, const std::string& text) {
  for (const std::string& pattern : patterns) {
    EXPECT_TRUE(std::regex_search(text, std::regex(pattern))) << pattern << " is not in " << text;
  }
}

const std::vector<std::string> output_assignments{"LIFECYCLE_OUT_RESULT=success\n",
                                                  "LIFECYCLE_OUT_MATCHED=\\[\"build\"\\]\n"};

}  // namespace lifecycle::cli_test
