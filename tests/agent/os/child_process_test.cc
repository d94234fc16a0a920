#include "agent/os/child_process.h"

#include <gtest/gtest.h>

#include <csignal>

namespace lifecycle::os {
namespace {

class ChildProcess : public testing::Test {
 protected:
  void SetUp() override { std::signal(SIGPIPE, SIG_IGN); }

  static Deadline far() { return std::chrono::steady_clock::now() + std::chrono::minutes(1); }
  static ChildAnswer shell(std::string script, std::string input = {}) {
    return run_child({.program = "/bin/sh",
                      .words = {"sh", "-c", std::move(script)},
                      .environment = {"PATH=/usr/bin:/bin", "GIVEN=value"},
                      .input = std::move(input)},
                     far);
  }
};

TEST_F(ChildProcess, GivesOutputErrorAndStatus) {
  const ChildAnswer answer = shell("echo out; echo err >&2; exit 3");
  EXPECT_EQ(answer.end, ChildAnswer::End::exited);
  EXPECT_EQ(answer.status, 3);
  EXPECT_FALSE(answer.ok());
  EXPECT_EQ(answer.output, "out\n");
  EXPECT_EQ(answer.error, "err\n");
}

TEST_F(ChildProcess, HasTheEnvironmentThatIsGiven) {
  EXPECT_EQ(shell("echo \"$GIVEN ${HOME-none}\"").output, "value none\n");
}

TEST_F(ChildProcess, ReadsItsInputHoweverLong) {
  EXPECT_EQ(shell("cat").output, "");
  EXPECT_EQ(shell("cat", "text").output, "text");
  EXPECT_EQ(shell("wc -c", std::string(1'000'000, 'x')).output, "1000000\n");
}

TEST_F(ChildProcess, MayLeaveItsInputUnread) {
  const ChildAnswer answer = shell("exit 0", std::string(1'000'000, 'x'));
  EXPECT_TRUE(answer.ok());
}

TEST_F(ChildProcess, EndsAtTheDeadlineWithItsChildren) {
  const ChildAnswer answer =
      run_child({.program = "/bin/sh", .words = {"sh", "-c", "sleep 60 & sleep 60"}, .environment = {}, .input = {}},
                [] { return std::chrono::steady_clock::now(); });
  EXPECT_EQ(answer.end, ChildAnswer::End::timed_out);
}

TEST_F(ChildProcess, ThatDoesNotExistIsNotStarted) {
  const ChildAnswer answer =
      run_child({.program = "/nonexistent/x", .words = {"x"}, .environment = {}, .input = {}}, far);
  EXPECT_EQ(answer.end, ChildAnswer::End::not_started);
  EXPECT_NE(answer.error, "");
}

TEST(FindProgram, LooksInThePathThatIsGiven) {
  using Variables = std::map<std::string, std::string, std::less<>>;
  EXPECT_EQ(find_program("sh", Environment(Variables{{"PATH", "/nonexistent:/bin"}})), "/bin/sh");
  EXPECT_EQ(find_program("sh", Environment(Variables{{"PATH", "/nonexistent"}})), "");
  EXPECT_EQ(find_program("./x", {}), "./x");
  EXPECT_NE(find_program("sh", {}), "");
}

}  // namespace
}  // namespace lifecycle::os
