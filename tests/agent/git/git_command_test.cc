#include "agent/git/git_command.h"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <fstream>

#include "tests/agent/git/git_folder.h"

namespace lifecycle::git {
namespace {

class GitCommand : public GitFolder {
 protected:
  /// An environment in which `git` is this shell script.
  Environment with_git(const std::string& script) const {
    std::ofstream(folder_ / "git") << "#!/bin/sh\n" << script;
    ::chmod((folder_ / "git").c_str(), 0755);
    Environment environment(
        Variables{{"PATH", folder_.string() + ":/usr/bin:/bin"}, {"SECRET_DIR", "x"}, {"GIT_DIR", "/evil"}});
    return environment;
  }
};

TEST_F(GitCommand, PassesArgumentsAsTheyAre) {
  const auto answer = run_git(folder_, {"a b", "$(id)", ""}, with_git("for x; do echo \"<$x>\"; done\n"), soon());
  ASSERT_TRUE(answer.ok());
  EXPECT_EQ(answer.output,
            "<-c>\n<safe.directory=" + folder_.string() + ">\n<-C>\n<" + folder_.string() + ">\n<a b>\n<$(id)>\n<>");
}

TEST_F(GitCommand, AsksForNoPasswordAndIsNotLedElsewhere) {
  const auto answer =
      run_git(folder_, {}, with_git("echo \"$GIT_TERMINAL_PROMPT $LC_ALL ${GIT_DIR-unset} $SECRET_DIR\"\n"), soon());
  EXPECT_EQ(answer.output, "0 C unset x");
}

TEST_F(GitCommand, GivesStatusAndTheFirstLineOfItsComplaint) {
  const auto answer = run_git(folder_, {}, with_git("echo one >&2; echo two >&2; exit 3\n"), soon());
  EXPECT_EQ(answer.end, GitAnswer::End::exited);
  EXPECT_EQ(answer.status, 3);
  EXPECT_EQ(answer.error, "one");
}

TEST_F(GitCommand, EndsAtTheDeadlineWithItsChildren) {
  const auto start = std::chrono::steady_clock::now();
  const auto answer = run_git(folder_, {}, with_git("sleep 60 & sleep 60\n"), start + std::chrono::milliseconds(200));
  EXPECT_EQ(answer.end, GitAnswer::End::timed_out);
  EXPECT_FALSE(answer.ok());
  EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::seconds(10));
}

TEST_F(GitCommand, BoundsWhatItKeeps) {
  const auto answer = run_git(folder_, {}, with_git("yes | head -c 3000000\n"), soon());
  ASSERT_TRUE(answer.ok());
  EXPECT_LE(answer.output.size(), 80U * 1024);
}

TEST_F(GitCommand, SaysThatGitIsNotThere) {
  const auto answer = run_git(folder_, {}, Environment(Variables{{"PATH", "/nonexistent"}}), soon());
  EXPECT_EQ(answer.end, GitAnswer::End::not_started);
  EXPECT_EQ(answer.error, "git is not installed");
}

}  // namespace
}  // namespace lifecycle::git
