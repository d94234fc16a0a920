// A directory of the test's own, and git in it.
#pragma once

#include <gtest/gtest.h>
#include <stdlib.h>

#include <chrono>
#include <filesystem>
#include <string>
#include <vector>

#include "agent/git/git_command.h"

namespace lifecycle::git {

using Variables = std::map<std::string, std::string, std::less<>>;

class GitFolder : public testing::Test {
 protected:
  void SetUp() override {
    std::string name = (std::filesystem::temp_directory_path() / "lifecycle-git-XXXXXX").string();
    folder_ = std::filesystem::canonical(::mkdtemp(name.data()));
  }
  void TearDown() override { std::filesystem::remove_all(folder_); }

  static Environment environment() {
    return Environment(
        Variables{{"PATH", ::getenv("PATH")}, {"GIT_CONFIG_GLOBAL", "/dev/null"}, {"HOME", "/nonexistent"}});
  }
  static Deadline soon() { return std::chrono::steady_clock::now() + std::chrono::seconds(20); }

  std::string must(const std::vector<std::string>& arguments) const { return must_in(folder_, arguments); }
  static std::string must_in(const std::filesystem::path& root, const std::vector<std::string>& arguments) {
    const GitAnswer answer = run_git(root, arguments, environment(), soon());
    EXPECT_TRUE(answer.ok()) << answer.error;
    return answer.output;
  }
  void commit() const {
    must({"-c", "user.name=t", "-c", "user.email=t@example.com", "commit", "-q", "--allow-empty", "-m", "work"});
  }

  std::filesystem::path folder_;
};

}  // namespace lifecycle::git
