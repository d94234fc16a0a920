// What other files are: written for this test after the formats' own documentation, since everyone has one at hand
// that is not in the corpus.
#include "agent/ops/foreign_file.h"

#include <gtest/gtest.h>

#include "tests/agent/ops/reading_text.h"

namespace lifecycle::ops {
namespace {

struct ForeignCase {
  std::string_view label;
  std::string_view text;
  std::string_view looks_like;  // empty: nothing that is known
};
class ForeignFiles : public testing::TestWithParam<ForeignCase> {};

TEST_P(ForeignFiles, AreNamed) {
  const OpsReading reading = read(GetParam().text);
  ASSERT_EQ(print_codes(reading.diagnostics), "ops-not-ops");
  const std::string& message = reading.diagnostics[0].message;
  const std::string expected = "this is no ops.yml: it looks like " + std::string(GetParam().looks_like);
  if (GetParam().looks_like.empty()) {
    EXPECT_EQ(message.find("looks like"), std::string::npos) << message;
  } else {
    EXPECT_EQ(message, expected);
  }
}
INSTANTIATE_TEST_SUITE_P(
    Formats, ForeignFiles,
    testing::Values(
        ForeignCase{"Compose", "services:\n  web:\n    image: nginx\n", "a compose file"},
        ForeignCase{"ComposeWithName", "name: x\nservices:\n  name:\n    build: .\n", "a compose file"},
        ForeignCase{"Playbook", "- hosts: all\n  tasks: []\n", "an Ansible playbook"},
        ForeignCase{"ImportedPlaybook", "- import_playbook: a.yml\n", "an Ansible playbook"},
        ForeignCase{"Tasks", "- name: copy\n  copy: src=a dest=b\n  when: x == 'y'\n", "a list of Ansible tasks"},
        ForeignCase{"TasksWithJinjaMaps", "- debug: {{ x }}\n", "a list of Ansible tasks"},
        ForeignCase{"Workflow", "on: push\njobs:\n  a:\n    runs-on: ubuntu-latest\n    steps: []\n",
                    "a GitHub Actions workflow"},
        ForeignCase{"Action", "name: x\nruns:\n  using: docker\n  image: Dockerfile\n", "an action.yml of GitHub"},
        ForeignCase{"GitLab", "stages: [a]\nbuild:\n  stage: a\n  script: [make]\n", "a GitLab CI file"},
        ForeignCase{"GitLabWithServices", "services: [docker]\nbuild:\n  script: make\n", "a GitLab CI file"},
        ForeignCase{"Kubernetes", "apiVersion: v1\nkind: Service\nmetadata: {name: x}\n", "a Kubernetes manifest"},
        ForeignCase{"KubernetesDocuments", "apiVersion: v1\nkind: A\n---\napiVersion: v1\nkind: B\n",
                    "a Kubernetes manifest"},
        ForeignCase{"CloudFormation", "AWSTemplateFormatVersion: '2010-09-09'\nResources: {}\n",
                    "a CloudFormation template"},
        ForeignCase{"CloudFormationTags", "Resources:\n  A:\n    Type: AWS::S3::Bucket\n    B: !Ref C\n",
                    "a CloudFormation template"},
        ForeignCase{"CircleCi", "version: 2.1\njobs: {a: {docker: []}}\nworkflows: {b: {jobs: [a]}}\n",
                    "a CircleCI configuration"},
        ForeignCase{"Bitbucket", "pipelines:\n  default:\n    - step: {script: [make]}\n",
                    "a Bitbucket Pipelines file"},
        ForeignCase{"Azure", "trigger: [main]\npool: {vmImage: ubuntu-latest}\nsteps: [{script: make}]\n",
                    "an Azure Pipelines file"},
        ForeignCase{"Buildkite", "steps:\n  - label: x\n    command: make\n", "a Buildkite pipeline"},
        ForeignCase{"Drone", "kind: pipeline\nsteps:\n  - name: a\n    image: alpine\n    commands: [make]\n",
                    "a Drone or Woodpecker pipeline"},
        ForeignCase{"Travis", "language: go\nscript: make\n", "a Travis CI configuration"},
        ForeignCase{"AppVeyor", "image: x\nbuild_script: [make]\n", "an AppVeyor configuration"},
        ForeignCase{"CodeBuild", "version: 0.2\nphases:\n  build:\n    commands: [make]\n", "a CodeBuild buildspec"},
        ForeignCase{"Actions", "actions:\n  a: {command: make}\n", "a file of the tool 'ops', which runs actions"},
        ForeignCase{"Bosh", "- type: replace\n  path: /a\n  value: b\n", "a BOSH ops file"},
        ForeignCase{"Conda", "name: x\nchannels: [a]\ndependencies: [python]\n", "a conda environment"},
        ForeignCase{"OpenApi", "openapi: 3.1.0\ninfo: {}\n", "an OpenAPI description"},
        ForeignCase{"Dependabot", "version: 2\nupdates: []\n", "a Dependabot configuration"},
        ForeignCase{"PreCommit", "repos:\n  - repo: local\n", "a pre-commit configuration"},
        ForeignCase{"Taskfile", "version: '3'\ntasks:\n  a: {cmds: [make]}\n", "a Taskfile"},
        ForeignCase{"Json", R"([{"uuid": "x", "name": "y", "level": 4}])", "a list of Minecraft server operators"},
        ForeignCase{"UnknownMap", "a: b\n", ""}, ForeignCase{"UnknownList", "- a\n", ""},
        ForeignCase{"Text", "abc", ""}, ForeignCase{"Number", "5", ""}, ForeignCase{"EmptyMap", "{}", ""},
        ForeignCase{"EmptyList", "[]", ""}),
    [](const auto& row) { return std::string(row.param.label); });

struct OwnCase {
  std::string_view label;
  std::string_view text;
  std::string_view codes;
};
class OwnFiles : public testing::TestWithParam<OwnCase> {};

// A user's mistake in an ops.yml is told as such.
TEST_P(OwnFiles, AreNotTakenForOthers) { EXPECT_EQ(print_codes(read(GetParam().text).diagnostics), GetParam().codes); }

INSTANTIATE_TEST_SUITE_P(
    Mistakes, OwnFiles,
    testing::Values(OwnCase{"OneCommand", "version: '1'\ncommands:\n  name: a:1\n  run: x\n", "ops-wrong-type"},
                    OwnCase{"NamesAsKeys", "version: '1'\npipelines:\n  ci:\n    jobs: []\n", "ops-wrong-type"},
                    OwnCase{"OneService", "version: '1'\nservices:\n  name: a:1\n  image: x\n", "ops-wrong-type"},
                    OwnCase{"ComposeBesideCommands",
                            "version: '1'\nservices:\n  web: {image: x}\ncommands: [{name: a:1, description: d, "
                            "public: true, run: x}]\n",
                            "ops-wrong-type"},
                    OwnCase{"ListsOfNothing", "version: '1'\ncommands: []\nservices:\n", "ops-empty"},
                    OwnCase{"EntriesWithoutName", "version: '1'\ncommands: [{run: x, description: d, public: true}]\n",
                            "ops-missing-key"}),
    [](const auto& row) { return std::string(row.param.label); });

}  // namespace
}  // namespace lifecycle::ops
