// /ops, at a path of the test's own.
#include "executors/process/ops_directory.h"

#include <linux/capability.h>
#include <sched.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "tests/executors/process/job_fixture.h"

namespace lifecycle::process {
namespace {

namespace fs = std::filesystem;

/// Whether a child may have a mount namespace of its own and bind directories in it.
bool mounts_allowed() {
  const pid_t child = ::fork();
  if (child == 0) {
    const bool allowed = ::unshare(CLONE_NEWNS) == 0 &&
                         ::mount("none", "/", nullptr, MS_REC | MS_SLAVE, nullptr) == 0 &&
                         ::mount("/proc", "/proc", nullptr, MS_BIND, nullptr) == 0;
    ::_exit(allowed ? 0 : 1);
  }
  int status = 0;
  return ::waitpid(child, &status, 0) == child && WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

/// Root as in a container without privileges: what this thread starts meanwhile is refused every mount.
class WithoutSysAdmin {
 public:
  WithoutSysAdmin() {
    EXPECT_EQ(::syscall(SYS_capget, &header_, before_.data()), 0);
    auto less = before_;
    less[0].effective &= ~(1U << CAP_SYS_ADMIN);
    EXPECT_EQ(::syscall(SYS_capset, &header_, less.data()), 0);
  }
  WithoutSysAdmin(const WithoutSysAdmin&) = delete;
  WithoutSysAdmin& operator=(const WithoutSysAdmin&) = delete;
  ~WithoutSysAdmin() { EXPECT_EQ(::syscall(SYS_capset, &header_, before_.data()), 0); }

 private:
  __user_cap_header_struct header_{_LINUX_CAPABILITY_VERSION_3, 0};
  std::array<__user_cap_data_struct, 2> before_{};
};

class OpsPath : public JobTest {
 protected:
  OpsPath() {
    fs::create_directory(directory.path() / "files");
    EXPECT_TRUE(os::write_file(directory.path() / "files/a", "from ops\n"));
    files = directory.path() / "files";
  }
  run::JobTask task_with_ops(std::vector<std::string> steps) {
    run::JobTask task = steps_task(std::move(steps));
    task.ops_directory = files;
    return task;
  }
  [[nodiscard]] bool can_mount() const { return ::geteuid() == 0 && mounts_allowed(); }
  [[nodiscard]] bool ops_exists() const { return fs::exists(fs::symlink_status(options.ops_path)); }
  std::string files;
};

TEST_F(OpsPath, IsMountedForTheJobAloneAndGoneAfterwards) {
  if (!can_mount()) GTEST_SKIP() << "mount namespaces are not allowed here";
  bool visible_outside = true;
  sink.on_step = [&](int group) {
    if (group == 1) visible_outside = fs::exists(options.ops_path + "/a");
  };
  const auto end = run(task_with_ops({"cat " + options.ops_path + "/a", "echo b > " + options.ops_path + "/b"}));
  EXPECT_EQ(end.exit, 0) << sink.output_;
  EXPECT_EQ(sink.output_, "from ops\n");
  EXPECT_FALSE(visible_outside);
  EXPECT_TRUE(fs::exists(files + "/b"));
  EXPECT_TRUE(sink.notes_.empty());
  expect_nothing_left();
}

TEST_F(OpsPath, AnExistingDirectoryIsCoveredAndStays) {
  if (!can_mount()) GTEST_SKIP() << "mount namespaces are not allowed here";
  fs::create_directory(options.ops_path);
  run(task_with_ops({"cat " + options.ops_path + "/a"}));
  EXPECT_EQ(sink.output_, "from ops\n");
  EXPECT_TRUE(fs::is_directory(options.ops_path));
  EXPECT_TRUE(fs::is_empty(options.ops_path));
  fs::remove(options.ops_path);
}

TEST_F(OpsPath, WhatAKilledAgentLeftIsRemovedByTheNext) {
  if (!can_mount()) GTEST_SKIP() << "mount namespaces are not allowed here";
  ASSERT_EQ(::mkdir(options.ops_path.c_str(), 0755), 0);
  ASSERT_EQ(::chmod(options.ops_path.c_str(), 01555), 0);
  run(task_with_ops({"cat " + options.ops_path + "/a"}));
  EXPECT_EQ(sink.output_, "from ops\n");
  expect_nothing_left();
}

TEST_F(OpsPath, TheLastUserRemovesTheMountPoint) {
  if (!can_mount()) GTEST_SKIP() << "mount namespaces are not allowed here";
  OpsDirectory one({.path = options.ops_path});
  OpsDirectory other({.path = options.ops_path});
  auto first = one.claim(files);
  auto second = other.claim(files);
  ASSERT_TRUE(first.claim);
  ASSERT_TRUE(second.claim);
  first.claim.reset();
  EXPECT_TRUE(ops_exists());
  second.claim.reset();
  EXPECT_FALSE(ops_exists());
}

TEST_F(OpsPath, WithoutMountsItIsALinkWhileTheJobRuns) {
  options.use_mount_namespaces = false;
  const auto end = run(task_with_ops({"cat " + options.ops_path + "/a", "readlink " + options.ops_path}));
  EXPECT_EQ(end.exit, 0);
  EXPECT_EQ(sink.output_, "from ops\n" + files + "\n");
  expect_nothing_left();
}

TEST_F(OpsPath, ARefusedMountBecomesALink) {
  if (::geteuid() != 0) GTEST_SKIP() << "only root tries to mount";
  const WithoutSysAdmin refused;
  const auto end = run(task_with_ops({"cat " + options.ops_path + "/a", "readlink " + options.ops_path}));
  EXPECT_EQ(end.exit, 0) << sink.output_;
  EXPECT_EQ(sink.output_, "from ops\n" + files + "\n");
  EXPECT_TRUE(sink.notes_.empty());
  expect_nothing_left();
}

TEST_F(OpsPath, AForeignPathIsNeverTouchedAndSaidOnce) {
  options.use_mount_namespaces = false;
  ASSERT_TRUE(os::write_file(options.ops_path, "mine"));
  run(task_with_ops({"echo " + options.ops_path}));
  run(task_with_ops({"echo " + options.ops_path}));
  ASSERT_EQ(sink.notes_.size(), 1U);
  EXPECT_EQ(sink.notes_[0].code, "ops-directory-missing");
  EXPECT_EQ(sink.notes_[0].severity, Severity::note);
  EXPECT_EQ(sink.notes_[0].hint, "the job's files lie in " + files);
  EXPECT_TRUE(fs::is_regular_file(options.ops_path));
  fs::remove(options.ops_path);
}

TEST_F(OpsPath, AJobThatDoesNotNameItHearsNothing) {
  options.use_mount_namespaces = false;
  ASSERT_TRUE(os::write_file(options.ops_path, "mine"));
  run(task_with_ops({"echo a"}));
  EXPECT_TRUE(sink.notes_.empty());
  fs::remove(options.ops_path);
}

TEST_F(OpsPath, ALinkOfAnotherJobIsNotTaken) {
  OpsDirectory ops({.path = options.ops_path, .namespaces = false});
  auto first = ops.claim(files);
  ASSERT_TRUE(first.claim);
  EXPECT_TRUE(ops.claim(files).claim) << "the same directory is shared";
  const auto other = ops.claim(directory.path() / "work");
  EXPECT_FALSE(other.claim);
  EXPECT_EQ(other.refusal, "another job that runs at the same time has it");
  EXPECT_TRUE(ops_exists());
  first.claim.reset();
  EXPECT_FALSE(ops_exists());
}

TEST_F(OpsPath, ALinkThatSomebodyReplacedStays) {
  OpsDirectory ops({.path = options.ops_path, .namespaces = false});
  auto outcome = ops.claim(files);
  fs::remove(options.ops_path);
  fs::create_symlink("/elsewhere", options.ops_path);
  outcome.claim.reset();
  EXPECT_TRUE(ops_exists());
  fs::remove(options.ops_path);
}

TEST_F(OpsPath, TheDirectoryItselfNeedsNothing) {
  fs::create_directory(options.ops_path);
  OpsDirectory ops({.path = options.ops_path});
  const auto outcome = ops.claim(options.ops_path);
  ASSERT_TRUE(outcome.claim);
  EXPECT_TRUE(outcome.claim->bind.empty());
  fs::remove(options.ops_path);
}

}  // namespace
}  // namespace lifecycle::process
