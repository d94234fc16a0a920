// What the dialects ask for, carried out in the real world: files, a program on PATH, an HTTP server.
#include "agent/cli/native_actions.h"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <csignal>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <thread>

#include "tests/agent/http/test_upstream.h"

namespace lifecycle::cli {
namespace {

namespace fs = std::filesystem;
using test::reply;
using test::TestUpstream;
using Variables = std::map<std::string, std::string, std::less<>>;

class NativeActionsTest : public testing::Test {
 protected:
  void SetUp() override {
    std::signal(SIGPIPE, SIG_IGN);
    std::string name = (fs::temp_directory_path() / "lifecycle-native-XXXXXX").string();
    folder_ = ::mkdtemp(name.data());
  }
  void TearDown() override { fs::remove_all(folder_); }

  std::string path(std::string_view name) const { return (folder_ / name).string(); }
  std::string text_of(std::string_view name) const {
    std::ostringstream text;
    text << std::ifstream(path(name)).rdbuf();
    return text.str();
  }
  /// A program of the CI's that writes down its arguments and its input, then does this.
  Environment with_agent(std::string_view script) const {
    std::ofstream(path("buildkite-agent")) << "#!/bin/sh\n{ echo \"$@\"; cat; echo; } >> '" << path("seen") << "'\n"
                                           << script;
    ::chmod(path("buildkite-agent").c_str(), 0755);
    return Environment(Variables{{"PATH", folder_.string() + ":/usr/bin:/bin"}});
  }
  static http::Clock::time_point soon() { return http::Clock::now() + std::chrono::seconds(20); }

  fs::path folder_;
};

TEST_F(NativeActionsTest, SortsWhatIsDoneAtOnce) {
  const SortedActions sorted = sort_actions({dialect::SendRequest{}, dialect::PrintLine{}, dialect::RunCommand{},
                                             dialect::AppendToFile{}, dialect::WriteFile{}});
  EXPECT_EQ(sorted.local.size(), 3U);
  EXPECT_EQ(sorted.remote.size(), 2U);
}

TEST_F(NativeActionsTest, MasksEveryText) {
  mask::MaskTable mask;
  static_cast<void>(mask.add("A", "hunter2-s3cret", mask::SecretOrigin::declared));
  const std::string text = "a hunter2-s3cret b";
  NativeActions actions{dialect::PrintLine{text}, dialect::AppendToFile{"V", "/p", text},
                        dialect::WriteFile{"V", "/p", text}, dialect::RunCommand{{"w"}, text},
                        dialect::SendRequest{"POST", "http://u", {}, text}};
  mask_actions(actions, mask);
  EXPECT_EQ(std::get<dialect::PrintLine>(actions[0]).text, "a *** b");
  EXPECT_EQ(std::get<dialect::AppendToFile>(actions[1]).text, "a *** b");
  EXPECT_EQ(std::get<dialect::WriteFile>(actions[2]).text, "a *** b");
  EXPECT_EQ(std::get<dialect::RunCommand>(actions[3]).input, "a *** b");
  EXPECT_EQ(std::get<dialect::SendRequest>(actions[4]).body, "a *** b");
}

TEST_F(NativeActionsTest, PrintsAppendsAndWrites) {
  std::ofstream(path("log")) << "before\n";
  std::ofstream(path("own")) << "before\n";
  std::string printed;
  const auto warnings = carry_out_local({dialect::AppendToFile{"V", path("log"), "after\n"},
                                         dialect::WriteFile{"W", path("own"), "new\n"}, dialect::PrintLine{"line\n"}},
                                        [&printed](std::string_view line) { printed += line; });
  EXPECT_TRUE(warnings.empty());
  EXPECT_EQ(text_of("log"), "before\nafter\n");
  EXPECT_EQ(text_of("own"), "new\n");
  EXPECT_EQ(printed, "line\n");
}

TEST_F(NativeActionsTest, WarnOfAFileAndNameNoneThatIsNotThere) {
  std::string printed;
  const auto warnings = carry_out_local({dialect::WriteFile{"AGENT_TEMPDIRECTORY", path("absent/f"), "x"},
                                         dialect::PrintLine{"##vso[task.uploadsummary]f\n", true},
                                         dialect::PrintLine{"##vso[task.setvariable variable=v]x\n"}},
                                        [&printed](std::string_view line) { printed += line; });
  ASSERT_EQ(warnings.size(), 1U);
  EXPECT_EQ(warnings[0].code, "native-file-failed");
  EXPECT_EQ(warnings[0].severity, Severity::warning);
  EXPECT_NE(warnings[0].message.find("AGENT_TEMPDIRECTORY"), std::string::npos);
  EXPECT_EQ(printed, "##vso[task.setvariable variable=v]x\n") << "what names no file stands without it";
}

TEST_F(NativeActionsTest, HandTextsToTheProgramByStdin) {
  RemoteActions actions({dialect::RunCommand{{"buildkite-agent", "annotate", "--style", "info"}, "### <b>\n"},
                         dialect::RunCommand{{"buildkite-agent", "meta-data", "set", "k"}, "v"}},
                        with_agent(""));
  EXPECT_TRUE(actions.perform(soon()).empty());
  EXPECT_EQ(text_of("seen"), "annotate --style info\n### <b>\n\nmeta-data set k\nv\n");
}

TEST_F(NativeActionsTest, KeepTheAgentsOwnTokensFromTheProgram) {
  Environment environment = with_agent("env >> '" + path("seen") + "'\n");
  environment.set("LIFECYCLE_TOKEN", "swordfish-4711");
  environment.set("BUILDKITE_AGENT_ACCESS_TOKEN", "its-own");
  RemoteActions actions({dialect::RunCommand{{"buildkite-agent", "annotate"}, "a"}}, environment);
  EXPECT_TRUE(actions.perform(soon()).empty());
  EXPECT_NE(text_of("seen").find("its-own"), std::string::npos);
  EXPECT_EQ(text_of("seen").find("swordfish"), std::string::npos);
}

TEST_F(NativeActionsTest, SayOnceThatTheProgramRefuses) {
  RemoteActions actions({dialect::RunCommand{{"buildkite-agent", "annotate"}, "a"},
                         dialect::RunCommand{{"buildkite-agent", "meta-data"}, "b"}},
                        with_agent("echo 'not\x1b[31m allowed' >&2; exit 1\n"));
  const auto warnings = actions.perform(soon());
  ASSERT_EQ(warnings.size(), 1U);
  EXPECT_EQ(warnings[0].code, "native-command-failed");
  EXPECT_EQ(warnings[0].message, "'buildkite-agent annotate' failed: not\\x1b[31m allowed");
  EXPECT_EQ(text_of("seen"), "annotate\na\n");
}

TEST_F(NativeActionsTest, AreSilentWithoutTheProgram) {
  RemoteActions actions({dialect::RunCommand{{"buildkite-agent", "annotate"}, "a"}},
                        Environment(Variables{{"PATH", "/nonexistent"}}));
  EXPECT_TRUE(actions.perform(soon()).empty());
}

TEST_F(NativeActionsTest, EndWithTheDeadline) {
  RemoteActions actions({dialect::RunCommand{{"buildkite-agent", "annotate"}, "a"}}, with_agent("sleep 60\n"));
  const auto warnings = actions.perform(http::Clock::now() + std::chrono::milliseconds(100));
  ASSERT_EQ(warnings.size(), 1U);
  EXPECT_EQ(warnings[0].message, "'buildkite-agent annotate' did not end in time");
}

/// A signal moves the end while a program runs.
TEST_F(NativeActionsTest, EndEarlierWhenToldSo) {
  RemoteActions actions({dialect::RunCommand{{"buildkite-agent", "annotate"}, "a"}}, with_agent("sleep 60\n"));
  std::thread signal([&actions] { actions.set_deadline(http::Clock::now()); });
  const auto warnings = actions.perform(http::Clock::now() + std::chrono::minutes(5));
  signal.join();
  EXPECT_EQ(warnings.size(), 1U);
}

TEST_F(NativeActionsTest, SendRequestsAsJson) {
  TestUpstream upstream({reply(200, "{}"), reply(204, "")});
  RemoteActions actions(
      {dialect::SendRequest{"POST", upstream.url("/api/build/messages"), {}, R"({"a":1})"},
       dialect::SendRequest{"PUT", upstream.url("/x"), {}, R"({"b":2})"}},
      Environment(Variables{{"HTTP_PROXY", "http://127.0.0.1:1"}, {"http_proxy", "http://127.0.0.1:1"}}));
  EXPECT_TRUE(actions.perform(soon()).empty()) << "the company's proxy has no part in it";
  const auto requests = upstream.requests();
  ASSERT_EQ(requests.size(), 2U);
  EXPECT_EQ(requests[0].method + " " + requests[0].target, "POST /api/build/messages");
  EXPECT_EQ(requests[0].headers.at("content-type"), "application/json");
  EXPECT_EQ(requests[0].body, R"({"a":1})");
  EXPECT_EQ(requests[1].method, "PUT");
}

TEST_F(NativeActionsTest, SendThroughTheProxyThatIsNamed) {
  TestUpstream proxy({reply(200, "{}")});
  RemoteActions actions({dialect::SendRequest{"PUT", "http://api.bitbucket.org/2.0/x", proxy.url(""), "{}"}},
                        Environment(Variables{{"NO_PROXY", "*"}}));
  EXPECT_TRUE(actions.perform(soon()).empty());
  ASSERT_EQ(proxy.requests().size(), 1U);
  EXPECT_EQ(proxy.requests()[0].target, "http://api.bitbucket.org/2.0/x");
}

TEST_F(NativeActionsTest, SayOnceThatTheApiRefuses) {
  TestUpstream upstream({reply(403, "no")});
  RemoteActions refused({dialect::SendRequest{"POST", upstream.url("/a?token=x"), {}, "{}"},
                         dialect::SendRequest{"POST", upstream.url("/b"), {}, "{}"}},
                        {});
  const auto warnings = refused.perform(soon());
  ASSERT_EQ(warnings.size(), 1U);
  EXPECT_EQ(warnings[0].code, "native-request-failed");
  EXPECT_NE(warnings[0].message.find("status 403"), std::string::npos) << warnings[0].message;
  EXPECT_EQ(warnings[0].message.find("token"), std::string::npos) << warnings[0].message;
  EXPECT_EQ(upstream.requests().size(), 1U);

  const std::string closed = "http://127.0.0.1:" + std::to_string(test::closed_port()) + "/a";
  RemoteActions unreachable({dialect::SendRequest{"POST", closed, {}, "{}"}}, {});
  EXPECT_EQ(unreachable.perform(soon()).size(), 1U);
}

}  // namespace
}  // namespace lifecycle::cli
