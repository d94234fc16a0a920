#include "agent/os/files.h"

#include <gtest/gtest.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include <csignal>
#include <filesystem>
#include <fstream>

namespace lifecycle::os {
namespace {

namespace fs = std::filesystem;

class Files : public testing::Test {
 protected:
  TemporaryDirectory directory_ = TemporaryDirectory::create(fs::temp_directory_path(), "la-files-").value();
  fs::path at(const char* name) const { return directory_.path() / name; }
};

TEST_F(Files, WritesAndReads) {
  ASSERT_TRUE(write_file(at("a"), "one\n").has_value());
  ASSERT_TRUE(append_file(at("a"), "two\n").has_value());
  EXPECT_EQ(read_file(at("a"), 100).value(), "one\ntwo\n");
}

TEST_F(Files, ReplacesAsAWhole) {
  ASSERT_TRUE(write_file(at("a"), "old").has_value());
  const std::ifstream held(at("a"));
  ASSERT_TRUE(write_file(at("a"), "new", 0600).has_value());
  EXPECT_EQ(read_file(at("a"), 100).value(), "new");
  struct stat status{};
  ASSERT_EQ(::stat(at("a").c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 0777U, 0600U);
  EXPECT_EQ(std::distance(fs::directory_iterator(directory_.path()), fs::directory_iterator()), 1) << "nothing beside";
}

TEST_F(Files, SaysWhatIsWrong) {
  EXPECT_EQ(read_file(at("none"), 100).error().code, "file-missing");
  EXPECT_EQ(read_file(directory_.path(), 100).error().code, "file-unreadable");
  ASSERT_TRUE(write_file(at("big"), std::string(101, 'x')).has_value());
  const auto too_large = read_file(at("big"), 100);
  ASSERT_FALSE(too_large.has_value());
  EXPECT_EQ(too_large.error().code, "file-too-large");
  EXPECT_NE(too_large.error().message.find("100 bytes"), std::string::npos);
  EXPECT_EQ(write_file(at("no/such/directory"), "x").error().code, "file-unwritable");
  EXPECT_EQ(append_file("/dev/full", "x").error().code, "file-unwritable");
}

/// Files of this process end at a size, as on a full disk: a write reaches up to it, the next one fails.
class FullDisk {
 public:
  explicit FullDisk(rlim_t size) {
    ::getrlimit(RLIMIT_FSIZE, &before_);
    const struct rlimit limit{size, before_.rlim_max};
    handler_ = ::signal(SIGXFSZ, SIG_IGN);
    ::setrlimit(RLIMIT_FSIZE, &limit);
  }
  FullDisk(const FullDisk&) = delete;
  FullDisk& operator=(const FullDisk&) = delete;
  ~FullDisk() {
    ::setrlimit(RLIMIT_FSIZE, &before_);
    ::signal(SIGXFSZ, handler_);
  }

 private:
  struct rlimit before_{};
  sighandler_t handler_ = SIG_DFL;
};

TEST_F(Files, AppendsAllOrNothing) {
  ASSERT_TRUE(write_file(at("a"), "held=1\n").has_value());
  {
    const FullDisk full(20);
    const auto appended = append_file(at("a"), "list<<EOF\none\ntwo\nEOF\n");
    ASSERT_FALSE(appended.has_value());
    EXPECT_EQ(appended.error().code, "file-unwritable");
    const auto made = append_file(at("new"), std::string(21, 'x'));
    EXPECT_FALSE(made.has_value());
  }
  EXPECT_EQ(read_file(at("a"), 100).value(), "held=1\n");
  EXPECT_EQ(read_file(at("new"), 100).value(), "");
}

TEST_F(Files, WritesIntoADeviceWithoutReplacingIt) {
  ASSERT_TRUE(write_file("/dev/null", "x").has_value());
  EXPECT_TRUE(fs::is_character_file("/dev/null"));
}

TEST_F(Files, ADirectoryOfARunIsMadeAgain) {
  for (int time = 0; time < 2; ++time) {  // the second one finds it there
    ASSERT_TRUE(ensure_directory(at("run")).has_value());
    struct stat status{};
    ASSERT_EQ(::lstat(at("run").c_str(), &status), 0);
    EXPECT_TRUE(S_ISDIR(status.st_mode));
    EXPECT_EQ(status.st_mode & 07777U, 0700U);
  }
}

TEST_F(Files, WhatStandsInTheDirectorysPlaceIsNotUsed) {
  ASSERT_TRUE(write_file(at("file"), "x").has_value());
  fs::create_directory_symlink(directory_.path(), at("link"));
  for (const char* name : {"file", "link", "no/such/parent"}) {
    const auto failed = ensure_directory(at(name));
    ASSERT_FALSE(failed.has_value()) << name;
    EXPECT_EQ(failed.error().code, "directory-unmakeable");
    EXPECT_NE(failed.error().message.find(at(name).string()), std::string::npos) << failed.error().message;
  }
}

TEST_F(Files, AnotherUsersDirectoryIsNotUsed) {
  if (::geteuid() != 0) GTEST_SKIP() << "only root can give files away";
  fs::create_directory(at("run"));
  ASSERT_EQ(::chown(at("run").c_str(), 1001, 1001), 0);
  const auto failed = ensure_directory(at("run"));
  ASSERT_FALSE(failed.has_value());
  EXPECT_NE(failed.error().message.find("another user"), std::string::npos) << failed.error().message;
}

TEST(TemporaryDirectory, IsRemovedWithReadOnlyDirectoriesAndLinksUnfollowed) {
  const auto outside = TemporaryDirectory::create(fs::temp_directory_path(), "la-outside-").value();
  ASSERT_TRUE(write_file(outside.path() / "kept", "x").has_value());
  fs::path path;
  {
    auto directory = TemporaryDirectory::create(fs::temp_directory_path(), "la-gone-").value();
    path = directory.path();
    fs::create_directories(path / "a/b");
    ASSERT_TRUE(write_file(path / "a/b/file", "x").has_value());
    fs::create_directory_symlink(outside.path(), path / "link");
    fs::permissions(path / "a/b", fs::perms::owner_read | fs::perms::owner_exec);
    fs::permissions(path / "a", fs::perms::none);
    const auto moved = std::move(directory);
    EXPECT_TRUE(fs::exists(path));
  }
  EXPECT_FALSE(fs::exists(path));
  EXPECT_TRUE(fs::exists(outside.path() / "kept"));
}

TEST(TemporaryDirectory, SaysWhereItCouldNotBeMade) {
  const auto failed = TemporaryDirectory::create("/no/such/parent", "x-");
  ASSERT_FALSE(failed.has_value());
  EXPECT_EQ(failed.error().code, "directory-unmakeable");
  EXPECT_NE(failed.error().message.find("/no/such/parent"), std::string::npos);
}

}  // namespace
}  // namespace lifecycle::os
