#include "adapters/ci/ci_table.h"

#include <gtest/gtest.h>

#include <set>

namespace lifecycle::ci {
namespace {

using Variables = std::map<std::string, std::string, std::less<>>;

struct CiTableRow {
  Variables variables;
  const char* ci;
  bool in_ci;
};

class Recognition : public testing::TestWithParam<CiTableRow> {};

TEST_P(Recognition, NeedsMarkerAndSecondSign) {
  const auto recognised = recognise(Environment(GetParam().variables), "");
  ASSERT_TRUE(recognised);
  EXPECT_EQ(recognised->row->name, GetParam().ci);
  EXPECT_EQ(recognised->in_ci, GetParam().in_ci);
  EXPECT_FALSE(recognised->sign.empty());
}

INSTANTIATE_TEST_SUITE_P(
    Rows, Recognition,
    testing::Values(
        CiTableRow{{{"GITHUB_ACTIONS", "true"}, {"GITHUB_RUN_ID", "1"}, {"GITHUB_EVENT_NAME", "push"}},
                   "github-actions",
                   true},
        CiTableRow{{{"GITHUB_ACTIONS", "true"}}, "generic", false},
        CiTableRow{
            {{"GITHUB_ACTIONS", "False"}, {"GITHUB_RUN_ID", "1"}, {"GITHUB_EVENT_NAME", "push"}}, "generic", false},
        CiTableRow{{{"GITHUB_ACTIONS", "0"}, {"GITHUB_RUN_ID", "1"}, {"GITHUB_EVENT_NAME", "push"}}, "generic", false},
        CiTableRow{
            {{"GITHUB_ACTIONS", "true"}, {"GITHUB_RUN_ID", ""}, {"GITHUB_EVENT_NAME", "push"}}, "generic", false},
        CiTableRow{{{"GITHUB_TOKEN", "x"}, {"GITHUB_REPOSITORY", "a/b"}}, "generic", false},
        CiTableRow{{{"GITLAB_CI", "false"}, {"CI", "true"}, {"CI_PROJECT_PATH", "a/b"}}, "gitlab-ci", true},
        CiTableRow{{{"GITLAB_CI", "false"}, {"CI_PROJECT_PATH", "a/b"}}, "generic", false},
        CiTableRow{{{"JENKINS_URL", "https://j"}}, "generic", false},
        CiTableRow{
            {{"JENKINS_HOME", "/j"}, {"BUILD_TAG", "t"}, {"BUILD_NUMBER", "1"}, {"JOB_NAME", "j"}}, "jenkins", true},
        CiTableRow{{{"TRAVIS", "true"}}, "generic", false},
        CiTableRow{{{"CI", "woodpecker"}, {"CI_REPO", "a/b"}}, "woodpecker", true},
        CiTableRow{{{"TF_BUILD", "True"}, {"BUILD_BUILDID", "1"}}, "azure-pipelines", true},
        CiTableRow{{{"CI", "true"}}, "generic", true}, CiTableRow{{{"CI", "false"}}, "generic", false},
        CiTableRow{{}, "generic", false}));

TEST(Recognise, NamesOtherCompleteSets) {
  const Environment environment(Variables{{"GITHUB_ACTIONS", "true"},
                                          {"GITHUB_RUN_ID", "1"},
                                          {"GITHUB_EVENT_NAME", "push"},
                                          {"GITHUB_REPOSITORY", "a/b"},
                                          {"GITEA_ACTIONS", "true"},
                                          {"BUILDKITE", "true"},
                                          {"BUILDKITE_BUILD_ID", "1"}});
  const auto recognised = recognise(environment, "");
  ASSERT_TRUE(recognised);
  EXPECT_EQ(recognised->row->name, "gitea-actions");
  EXPECT_EQ(recognised->others, std::vector<std::string>{"buildkite"}) << "the family does not warn of itself";
}

TEST(Recognise, SaysOfWhichCiOnlyAPartIsThere) {
  struct Row {
    Variables variables;
    const char* half;
  };
  for (const Row& row : {Row{{{"TRAVIS", "true"}}, "travis-ci"}, Row{{{"CI", "true"}, {"DRONE", "true"}}, "drone"},
                         Row{{{"FORGEJO_ACTIONS", "true"}, {"GITHUB_ACTIONS", "true"}}, "forgejo-actions"}}) {
    const auto recognised = recognise(Environment(row.variables), "");
    ASSERT_TRUE(recognised);
    EXPECT_EQ(recognised->row->name, "generic");
    ASSERT_NE(recognised->half, nullptr) << row.half;
    EXPECT_EQ(recognised->half->name, row.half);
    EXPECT_NE(recognised->sign.find("is not enough for " + std::string(row.half)), std::string::npos);
  }
  for (const Variables& variables :
       {Variables{{"CI", "true"}}, Variables{{"JENKINS_URL", "https://j"}}, Variables{{"TRAVIS", "false"}},
        Variables{{"TRAVIS", "true"}, {"TRAVIS_BUILD_ID", "1"}}}) {
    EXPECT_EQ(recognise(Environment(variables), "")->half, nullptr);
  }
  EXPECT_EQ(recognise(Environment(Variables{{"TRAVIS", "true"}}), "generic")->half, nullptr) << "the user chose";
}

TEST(Recognise, ObeysTheUserAndKnowsNames) {
  const auto forced = recognise(Environment(Variables{{"CI", "true"}}), "github-actions");
  ASSERT_TRUE(forced);
  EXPECT_EQ(forced->row->name, "github-actions");
  EXPECT_TRUE(forced->in_ci);
  const auto unknown = recognise(Environment(), "github-action");
  ASSERT_FALSE(unknown);
  EXPECT_EQ(unknown.error().code, "ci-unknown");
  EXPECT_NE(unknown.error().hint.find("github-actions"), std::string::npos);
}

TEST(CiTable, IsWhole) {
  std::set<std::string_view> names;
  for (const CiRow* row : ci_rows()) {
    EXPECT_TRUE(names.insert(row->name).second) << row->name;
    EXPECT_FALSE(row->title.empty() || row->sign.empty() || row->family.empty()) << row->name;
    EXPECT_NE(row->read, nullptr) << row->name;
    EXPECT_GE(row->grace.count(), 5) << row->name;
  }
  EXPECT_EQ(ci_rows().back()->name, "generic");
}

}  // namespace
}  // namespace lifecycle::ci
