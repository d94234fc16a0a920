#include "agent/run/job_environment.h"

#include <gtest/gtest.h>

namespace lifecycle::run {
namespace {

TEST(JobEnvironment, FillsWhatThePlanLeftOpen) {
  const std::vector<plan::EnvEntry> entries{
      {"HOME", plan::EnvSource::default_value, plan::EnvValue::job_directory, "", ""},
      {"LIFECYCLE_RUN_ID", plan::EnvSource::default_value, plan::EnvValue::run_id, "", ""},
      {"NPM_TOKEN", plan::EnvSource::secret, plan::EnvValue::secret, "", "environment"},
      {"REPO", plan::EnvSource::event, plan::EnvValue::literal, "app", ""},
      {"WITHHELD", plan::EnvSource::withheld, plan::EnvValue::literal, "", ""}};
  const auto environment = fill_environment(entries, {{"NPM_TOKEN", "s3cret=1\n2"}}, {"/tmp/job", "run-7"});
  ASSERT_TRUE(environment);
  EXPECT_EQ(*environment, (std::vector<std::string>{"HOME=/tmp/job", "LIFECYCLE_RUN_ID=run-7", "NPM_TOKEN=s3cret=1\n2",
                                                    "REPO=app", "WITHHELD=", "LIFECYCLE_AGENT_RUN=run-7"}));
}

TEST(JobEnvironment, KeepsTheMarkerThatThePlanSet) {
  const auto environment = fill_environment(
      {{"LIFECYCLE_AGENT_RUN", plan::EnvSource::default_value, plan::EnvValue::run_id, "", ""}}, {}, {"/d", "run-7"});
  ASSERT_TRUE(environment);
  EXPECT_EQ(*environment, std::vector<std::string>{"LIFECYCLE_AGENT_RUN=run-7"});
}

TEST(JobEnvironment, AValueThatIsGoneIsAnErrorThatNamesItAndItsPlace) {
  const auto environment = fill_environment(
      {{"NPM_TOKEN", plan::EnvSource::secret, plan::EnvValue::secret, "", "/run/secrets"}}, {}, {"/d", "run-7"});
  ASSERT_FALSE(environment);
  EXPECT_EQ(environment.error().code, "secret-gone");
  EXPECT_EQ(environment.error().message, "secret 'NPM_TOKEN' has no value; the plan found it in /run/secrets");
}

TEST(JobEnvironment, FindsAVariableByItsWholeName) {
  const std::vector<std::string> environment{"PORTS=1", "PORT=8080", "EMPTY="};
  EXPECT_EQ(find_variable(environment, "PORT"), "8080");
  EXPECT_EQ(find_variable(environment, "EMPTY"), "");
  EXPECT_EQ(find_variable(environment, "POR"), "");
}

}  // namespace
}  // namespace lifecycle::run
