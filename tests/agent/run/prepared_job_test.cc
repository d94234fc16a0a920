#include "agent/run/prepared_job.h"

#include <gtest/gtest.h>

#include <filesystem>

#include "tests/agent/run/run_harness.h"

namespace lifecycle::run {
namespace {

namespace fs = std::filesystem;

RunOptions options() {
  RunOptions options;
  options.run_id = "run-1";
  options.temporary_directory = fs::temp_directory_path().string();
  return options;
}

TEST(PreparedJob, APipelineJobGetsAnEmptyDirectoryThatIsItsHomeAndItsOps) {
  const plan::WorkflowRun workflow = pipeline("build", {pipeline_job("test", {"out a"})});
  fs::path directory;
  {
    const auto prepared = prepare_job(workflow, workflow.jobs.front(), options(), {});
    ASSERT_TRUE(prepared) << prepared.error().message;
    directory = prepared->task.workdir;
    EXPECT_TRUE(fs::is_empty(directory));
    EXPECT_EQ(prepared->task.ops_directory, directory);
    EXPECT_EQ(find_variable(prepared->task.env, "HOME"), directory.string());
    EXPECT_EQ(prepared->task.steps, workflow.jobs.front().steps);
    EXPECT_TRUE(prepared->task.argv.empty());
  }
  EXPECT_FALSE(fs::exists(directory));
}

TEST(PreparedJob, ACommandStartsWhereItsFileLies) {
  plan::WorkflowRun workflow = command("hello", "echo hi");
  workflow.directory = "/";
  const auto prepared = prepare_job(workflow, workflow.jobs.front(), options(), {});
  ASSERT_TRUE(prepared) << prepared.error().message;
  EXPECT_EQ(prepared->task.workdir, fs::temp_directory_path().string());
  EXPECT_EQ(prepared->task.ops_directory, "/");
  EXPECT_EQ(prepared->task.argv, workflow.jobs.front().argv);
  EXPECT_TRUE(prepared->task.steps.empty());
  EXPECT_FALSE(prepared->directory);
}

TEST(PreparedJob, AMissingDirectoryIsAnError) {
  plan::WorkflowRun workflow = command("hello", "echo hi");
  workflow.jobs.front().workdir.path = "/nowhere/at/all";
  const auto prepared = prepare_job(workflow, workflow.jobs.front(), options(), {});
  ASSERT_FALSE(prepared);
  EXPECT_EQ(prepared.error().code, "job-workdir-missing");
  EXPECT_EQ(prepared.error().message, "job 'hello' cannot start: its directory '/nowhere/at/all' does not exist");
}

TEST(PreparedJob, TheRunsDirectoryIsMadeAgainWhereAJobHasRemovedIt) {
  const auto place = os::TemporaryDirectory::create(fs::temp_directory_path(), "la-prepared-").value();
  const plan::WorkflowRun workflow = pipeline("build", {pipeline_job("test", {"out a"})});
  RunOptions removed = options();
  removed.temporary_directory = (place.path() / "run").string();
  const auto prepared = prepare_job(workflow, workflow.jobs.front(), removed, {});
  ASSERT_TRUE(prepared) << prepared.error().message;
  EXPECT_TRUE(fs::is_empty(prepared->task.workdir));
  EXPECT_EQ(fs::path(prepared->task.workdir).parent_path(), removed.temporary_directory);
}

TEST(PreparedJob, NoPlaceForItsDirectoryIsAnError) {
  const plan::WorkflowRun workflow = pipeline("build", {pipeline_job("test", {"out a"})});
  RunOptions elsewhere = options();
  elsewhere.temporary_directory = "/nowhere/at/all";
  const auto prepared = prepare_job(workflow, workflow.jobs.front(), elsewhere, {});
  ASSERT_FALSE(prepared);
  EXPECT_EQ(prepared.error().code, "directory-unmakeable");
}

TEST(PreparedJob, ALegacyWorkflowsMarksBecomeDirectoriesOfTheRun) {
  const plan::WorkflowRun workflow = legacy("old", {"cp a {{OPS_STATE_DIR}}/a", "ls {{OPS_CONFIG_DIR}}", "true"});
  const auto prepared = prepare_job(workflow, workflow.jobs.front(), options(), {});
  ASSERT_TRUE(prepared) << prepared.error().message;
  ASSERT_TRUE(prepared->state);
  const std::string root = prepared->state->path().string();
  EXPECT_EQ(prepared->shell_steps,
            (std::vector<std::string>{"cp a " + root + "/state/a", "ls " + root + "/config", "true"}));
  EXPECT_TRUE(fs::is_directory(root + "/state"));
  EXPECT_TRUE(fs::is_directory(root + "/config"));
}

TEST(PreparedJob, ALegacyWorkflowsEnvironmentMayNameThem) {
  plan::WorkflowRun workflow = legacy("old", {"ls {{OPS_STATE_DIR}} {{OPS_CONFIG_DIR}}"});
  workflow.jobs.front().env = {
      {"OPS_CONFIG_DIR", plan::EnvSource::static_value, plan::EnvValue::literal, "/etc/ops", ""},
      {"OPS_STATE_DIR", plan::EnvSource::static_value, plan::EnvValue::literal, "/var/ops", ""}};
  const auto prepared = prepare_job(workflow, workflow.jobs.front(), options(), {});
  ASSERT_TRUE(prepared) << prepared.error().message;
  EXPECT_EQ(prepared->shell_steps, std::vector<std::string>{"ls /var/ops /etc/ops"});
  EXPECT_FALSE(prepared->state);
}

TEST(PreparedJob, WithoutMarksALegacyWorkflowNeedsNoDirectory) {
  const plan::WorkflowRun workflow = legacy("old", {"true"});
  const auto prepared = prepare_job(workflow, workflow.jobs.front(), options(), {});
  ASSERT_TRUE(prepared) << prepared.error().message;
  EXPECT_FALSE(prepared->state);
}

TEST(Marks, AreAllReplaced) {
  EXPECT_EQ(replace_marks("{{OPS_STATE_DIR}} {{OPS_CONFIG_DIR}} {{OPS_STATE_DIR}}", "/s", "/c"), "/s /c /s");
}

}  // namespace
}  // namespace lifecycle::run
