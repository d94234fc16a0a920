#include <gtest/gtest.h>

#include "tests/agent/plan/plan_fixture.h"

namespace lifecycle::plan {
namespace {

struct WorkdirCase {
  std::string_view label;
  std::string_view pipeline_key;
  std::string_view job_key;
  ops::Workdir flag;
  ops::WorkdirKind kind;
  std::string_view path;
  std::string_view reason;
};
class PipelineWorkdir : public testing::TestWithParam<WorkdirCase> {};

TEST_P(PipelineWorkdir, FollowsTheTable) {
  const auto& row = GetParam();
  Setting setting;
  const auto key = [](std::string_view indent, std::string_view value) {
    return value.empty() ? std::string{} : std::string(indent) + "workdir: " + std::string(value) + "\n";
  };
  setting.options.names = {"build"};
  setting.options.workdir = row.flag;
  setting.ops("version: '1'\npipelines:\n  - name: build:1.0.0\n    description: d\n" + key("    ", row.pipeline_key) +
              "    jobs:\n      - name: j\n        description: d\n" + key("        ", row.job_key) +
              "        steps: [make]\n");
  const Plan plan = setting.make();
  ASSERT_EQ(codes(plan), "");
  const PlannedWorkdir& workdir = plan.matched.at(0).jobs.at(0).workdir;
  EXPECT_EQ(workdir.kind, row.kind);
  EXPECT_EQ(workdir.path, row.path);
  EXPECT_NE(workdir.reason.find(row.reason), std::string::npos) << workdir.reason;
  const bool own_home = row.kind == ops::WorkdirKind::empty;
  EXPECT_EQ(shown(plan.matched.at(0).jobs.at(0), "HOME"), own_home ? "default:job_directory" : "host=/root");
}
using Kind = ops::WorkdirKind;
INSTANTIATE_TEST_SUITE_P(
    Choices, PipelineWorkdir,
    testing::Values(
        WorkdirCase{"Default", "", "", {}, Kind::empty, "", "as on the platform"},
        WorkdirCase{"PipelineKey", "workspace", "", {}, Kind::workspace, "/src/app", "pipeline's key"},
        WorkdirCase{"JobKey", "workspace", "empty", {}, Kind::empty, "", "job's key"},
        WorkdirCase{"JobPath", "", "sub/dir", {}, Kind::path, "/src/app/sub/dir", "job's key"},
        WorkdirCase{"FlagOverKeys", "workspace", "sub", {Kind::empty, "", {}}, Kind::empty, "", "--workdir"},
        WorkdirCase{"FlagWorkspace", "", "empty", {Kind::workspace, "", {}}, Kind::workspace, "/src/app", "--workdir"},
        WorkdirCase{"FlagPath", "", "", {Kind::path, "a/../b/", {}}, Kind::path, "/src/app/b", "--workdir"},
        WorkdirCase{
            "FlagAbsoluteInside", "", "", {Kind::path, "/src/app/x", {}}, Kind::path, "/src/app/x", "--workdir"},
        WorkdirCase{"FlagDot", "", "", {Kind::path, ".", {}}, Kind::path, "/src/app", "--workdir"}),
    [](const auto& row) { return std::string(row.param.label); });

TEST(Workdir, APathThatLeavesTheWorkspaceIsAnError) {
  for (const std::string_view path : {"..", "a/../../x", "/etc", "/src/apple"}) {
    Setting setting;
    setting.options.names = {"build"};
    setting.options.workdir = {Kind::path, std::string(path), {}};
    setting.ops(
        "version: '1'\npipelines: [{name: 'build:1', description: d, jobs: [{name: j, description: d, steps: [a]}]}]");
    EXPECT_EQ(codes(setting.make()), "workdir-outside") << path;
  }
}

TEST(Workdir, CommandsServicesAndLegacyStepsStartInTheFolderOfTheirFile) {
  Setting setting;
  setting.options.names = {"cmd", "svc", "old"};
  setting.files.emplace_back("deploy/ops.yml", R"(
version: "1"
commands: [{name: "cmd:1", description: d, run: a}]
services: [{name: "svc:1", description: d, run: a}]
workflows: [{name: old, description: d, steps: [a, b]}]
)");
  const Plan plan = setting.make();
  ASSERT_EQ(plan.matched.size(), 3U);
  for (const WorkflowRun& run : plan.matched) {
    EXPECT_EQ(run.directory, "/src/app/deploy");
    EXPECT_EQ(run.jobs.at(0).workdir.path, "/src/app/deploy") << run.workflow;
    EXPECT_EQ(shown(run.jobs.at(0), "HOME"), "host=/root");
  }
}

TEST(Workdir, ARelativeFileIsFoundFromWhereItWasTyped) {
  Setting setting;
  setting.options.names = {"cmd"};
  setting.options.directory = "/elsewhere/sub";
  setting.files.emplace_back("../ops.yml", "version: '1'\ncommands: [{name: 'cmd:1', description: d, run: a}]");
  EXPECT_EQ(setting.make().matched.at(0).directory, "/elsewhere");
}

TEST(Workdir, TheCallersHomeStaysWhereItIsAskedFor) {
  Setting setting;
  setting.options.names = {"build"};
  setting.options.home = HomeChoice::caller;
  setting.ops(
      "version: '1'\npipelines: [{name: 'build:1', description: d, jobs: [{name: j, description: d, steps: [a]}]}]");
  EXPECT_EQ(shown(setting.make().matched.at(0).jobs.at(0), "HOME"), "host=/root");
}

}  // namespace
}  // namespace lifecycle::plan
