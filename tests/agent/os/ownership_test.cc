#include "agent/os/ownership.h"

#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>

#include "agent/os/files.h"

namespace lifecycle::os {
namespace {

namespace fs = std::filesystem;

uid_t owner_of(const fs::path& path) {
  struct stat status{};
  EXPECT_EQ(::lstat(path.c_str(), &status), 0) << path;
  return status.st_uid;
}

class Ownership : public testing::Test {
 protected:
  void SetUp() override {
    if (::geteuid() != 0) GTEST_SKIP() << "only root can give files away";
    ASSERT_TRUE(write_file(workspace_.path() / "checked-out", "x").has_value());
    ASSERT_EQ(::chown((workspace_.path() / "checked-out").c_str(), 1001, 1001), 0);
    ASSERT_EQ(::chown(workspace_.path().c_str(), 1001, 1001), 0);
  }
  TemporaryDirectory workspace_ = TemporaryDirectory::create(fs::temp_directory_path(), "la-owner-").value();
  TemporaryDirectory outside_ = TemporaryDirectory::create(fs::temp_directory_path(), "la-other-").value();
};

TEST_F(Ownership, GivesBackWhatTheRunMade) {
  fs::create_directories(workspace_.path() / "dist/deep");
  ASSERT_TRUE(write_file(workspace_.path() / "dist/deep/made", "x").has_value());
  ASSERT_TRUE(write_file(outside_.path() / "target", "x").has_value());
  fs::create_symlink(outside_.path() / "target", workspace_.path() / "link");
  fs::create_hard_link(outside_.path() / "target", workspace_.path() / "hard");
  EXPECT_EQ(return_ownership(workspace_.path(), std::chrono::system_clock::now() - std::chrono::minutes(1)), 4U);
  EXPECT_EQ(owner_of(workspace_.path() / "dist/deep/made"), 1001U);
  EXPECT_EQ(owner_of(workspace_.path() / "link"), 1001U);
  EXPECT_EQ(owner_of(outside_.path() / "target"), 0U) << "links are not followed";
}

TEST_F(Ownership, LeavesWhatWasThereBefore) {
  ASSERT_TRUE(write_file(workspace_.path() / "old", "x").has_value());
  EXPECT_EQ(return_ownership(workspace_.path(), std::chrono::system_clock::now() + std::chrono::minutes(1)), 0U);
  EXPECT_EQ(owner_of(workspace_.path() / "old"), 0U);
}

TEST_F(Ownership, LeavesRootsOwnDirectoriesAlone) {
  ASSERT_TRUE(write_file(outside_.path() / "file", "x").has_value());
  EXPECT_EQ(return_ownership(outside_.path(), std::chrono::system_clock::now() - std::chrono::minutes(1)), 0U);
}

}  // namespace
}  // namespace lifecycle::os
