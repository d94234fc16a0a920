// What is read of the machine: files, packages, facts that flags and variables give.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <set>

#include "adapters/ci/event_facts.h"
#include "agent/cli/flag_table.h"
#include "agent/cli/installed_packages.h"
#include "agent/cli/ops_files.h"
#include "agent/os/files.h"

namespace lifecycle::cli {
namespace {

namespace fs = std::filesystem;

class World : public testing::Test {
 protected:
  fs::path make(const std::string& path, std::string_view text = {}) {
    fs::create_directories((root() / path).parent_path());
    std::ofstream(root() / path) << text;
    return root() / path;
  }
  [[nodiscard]] const fs::path& root() const { return directory_->path(); }

 private:
  Result<os::TemporaryDirectory> directory_ = os::TemporaryDirectory::create(fs::temp_directory_path(), "world-");
};

TEST_F(World, OpsYmlComesBeforeOpsYaml) {
  make("ops.yaml");
  EXPECT_EQ(ops_paths({}, root().string()), (std::vector{(root() / "ops.yaml").string()}));
  make("ops.yml");
  EXPECT_EQ(ops_paths({}, root().string()), (std::vector{(root() / "ops.yml").string()}));
  EXPECT_EQ(ops_paths({"x.yml", "y.yml"}, root().string()), (std::vector<std::string>{"x.yml", "y.yml"}));
}

TEST_F(World, NestedFilesAreNoOpsFile) {
  make("inner/ops.yml");
  const auto paths = ops_paths({}, root().string());
  ASSERT_FALSE(paths);
  EXPECT_EQ(paths.error().code, "ops-file-missing");
}

TEST_F(World, WhatHasTheNameAndCannotBeReadDoesNotGiveWayToOpsYaml) {
  make("ops.yaml");
  const std::string path = (root() / "ops.yml").string();
  fs::create_directory(path);
  EXPECT_EQ(ops_paths({}, root().string()), std::vector{path});
  EXPECT_EQ(read_ops_text(path).error().code, "file-unreadable");
  fs::remove(path);
  fs::create_symlink("gone.yml", path);
  EXPECT_EQ(ops_paths({}, root().string()), std::vector{path});
  EXPECT_EQ(read_ops_text(path).error().code, "file-unreadable");
}

TEST_F(World, PathsAreToldFromTheWorkspacesRoot) {
  make("app/sub/ops.yml");
  fs::create_directory_symlink("app", root() / "link");
  const std::string app = (root() / "app").string();
  const std::string link = (root() / "link").string();
  EXPECT_EQ(path_in_workspace(app + "/sub/../sub/ops.yml", app), "sub/ops.yml");
  EXPECT_EQ(path_in_workspace(app + "/sub/ops.yml", link), "sub/ops.yml");
  EXPECT_EQ(path_in_workspace(app + "2/ops.yml", app), app + "2/ops.yml");
  EXPECT_EQ(path_in_workspace("a.yml", current_directory()), "a.yml");
}

TEST_F(World, AWorkspaceThatIsNotThereIsTheCurrentDirectory) {
  EXPECT_EQ(workspace_of(""), current_directory());
  EXPECT_EQ(workspace_of("/nonexistent/workspace"), current_directory());
  EXPECT_EQ(workspace_of(root().string() + "/"), root().string());
}

TEST_F(World, PackagesAreThereByDpkgOrByPath) {
  make("info/git.list");
  make("info/libc6:amd64.list");
  fs::permissions(make("bin/jq"), fs::perms::owner_all);
  const Environment environment({{"PATH", "/nonexistent:" + (root() / "bin").string()}});
  const std::string info = (root() / "info").string();
  const InstalledPackages packages(environment, info);
  EXPECT_TRUE(packages.has("git"));
  EXPECT_TRUE(packages.has("git=1:2.39"));
  EXPECT_TRUE(packages.has("jq"));
  EXPECT_FALSE(packages.has("unzip"));
  EXPECT_FALSE(packages.has(""));
}

/// Every fact that the event reader takes can be said by a flag, under the same variable.
TEST(Facts, HaveAFlagEach) {
  for (const ci::FactRow& row : ci::fact_rows()) {
    ASSERT_TRUE(row.flag.starts_with("--")) << row.flag;
    const Flag* flag = find_flag(row.flag.substr(2));
    ASSERT_NE(flag, nullptr) << row.flag;
    // --environment is a setting of its own as well: what is deployed to.
    if (row.flag != "--environment") {
      EXPECT_EQ(flag->variable, row.variable);
    }
    EXPECT_NE(flag->commands & in(CommandId::event), 0U) << row.flag;
  }
}

}  // namespace
}  // namespace lifecycle::cli
