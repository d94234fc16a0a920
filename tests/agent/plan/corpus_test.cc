#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <nlohmann/json.hpp>

#include "agent/os/files.h"
#include "agent/plan/workflow_name.h"
#include "tests/agent/plan/plan_fixture.h"

namespace lifecycle::plan {
namespace {

namespace fs = std::filesystem;

/// Real files of other people, beside the checkout; they are not part of it.
std::vector<fs::path> corpus_files() {
  const char* given = std::getenv("LIFECYCLE_CORPUS");
  const fs::path root = given != nullptr ? fs::path(given) : fs::path(LA_SOURCE_DIR) / "../shared/corpus";
  std::vector<fs::path> files;
  std::error_code error;
  for (const auto& entry : fs::recursive_directory_iterator(root / "ops", error)) {
    if (entry.is_regular_file()) files.push_back(entry.path());
  }
  std::ranges::sort(files);
  return files;
}

ops::OpsFile read(const fs::path& path) {
  const auto text = os::read_file(path, 1 << 22);
  if (!text) return {};
  auto reading = ops::read_ops(*text, "ops.yml");
  EXPECT_TRUE(reading.file) << path;
  return reading.file ? *std::move(reading.file) : ops::OpsFile{};
}

void expect_sound(const WorkflowRun& run) {
  ASSERT_FALSE(run.jobs.empty());
  for (const PlannedJob& job : run.jobs) {
    if (run.kind == ops::WorkflowKind::pipeline) {
      EXPECT_TRUE(job.script.starts_with("#!/bin/bash\nset -euo pipefail\nIFS=$'\\n\\t'\n"));
      EXPECT_EQ(job.workdir.kind, ops::WorkdirKind::empty);
    } else if (run.kind != ops::WorkflowKind::workflow) {
      ASSERT_EQ(job.argv.size(), 4U);
      EXPECT_TRUE(job.argv[2].ends_with(" \"$@\"")) << job.argv[2];
    }
    EXPECT_NE(find_variable(job, "LIFECYCLE_AGENT_RUN"), nullptr);
  }
}

TEST(Corpus, EveryWorkflowPlansByNameAndItsPlanIsReadBack) {
  const auto files = corpus_files();
  if (files.empty()) GTEST_SKIP() << "no corpus: 0 of 95 files (LIFECYCLE_CORPUS names it)";
  std::size_t workflows = 0;
  for (const fs::path& path : files) {
    const ops::OpsFile file = read(path);
    Setting setting;
    for (const ops::Workflow& workflow : file.workflows) {
      ++workflows;
      setting.options.names = {print_workflow_name(file.path, workflow.kind, workflow.name, workflow.version)};
      const Plan plan =
          make_plan(setting.event, {file}, setting.host, setting.options, setting.secrets, setting.packages);
      ASSERT_EQ(codes(plan), "") << path << " " << plan.problems.front().message;
      ASSERT_EQ(plan.matched.size(), 1U) << path << " " << workflow.name;
      expect_sound(plan.matched[0]);
      const auto json = to_json(plan);
      const auto again = plan_from_json(json);
      ASSERT_TRUE(again) << again.error().message;
      EXPECT_EQ(to_json(*again).dump(), json.dump()) << path;
    }
  }
  RecordProperty("files", static_cast<int>(files.size()));
  EXPECT_GE(workflows, files.size());
}

TEST(Corpus, EveryTriggerMatchesTheEventThatItsEditNames) {
  const auto files = corpus_files();
  if (files.empty()) GTEST_SKIP() << "no corpus: 0 of 95 files (LIFECYCLE_CORPUS names it)";
  Setting setting;
  for (const fs::path& path : files) {
    const Plan plan =
        make_plan(setting.event, {read(path)}, setting.host, setting.options, setting.secrets, setting.packages);
    for (const Unmatched& unmatched : plan.unmatched) {
      ASSERT_EQ(unmatched.reasons.size(), 1U);
      EXPECT_EQ(unmatched.edit.empty(), unmatched.triggers.empty()) << path << " " << unmatched.workflow;
    }
  }
}

}  // namespace
}  // namespace lifecycle::plan
