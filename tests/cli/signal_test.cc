// A run that is told to stop: by Ctrl-C, by its CI, by a hang-up.
#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <sys/socket.h>

#include <csignal>
#include <nlohmann/json.hpp>
#include <utility>

#include "agent/os/file_descriptor.h"
#include "tests/cli/program.h"

namespace lifecycle::cli_test {
namespace {

struct SignalCase {
  std::string_view label;
  int signal;
  int status;
};
class Stop : public testing::TestWithParam<SignalCase> {};

TEST_P(Stop, EndsEverythingAndStillSumsUp) {
  Program program;
  as_github_push(program);
  program.file("ops.yml",
               "version: \"1\"\npipelines:\n  - name: build:1.0.0\n    description: Build\n    workdir: workspace\n"
               "    events: [\"github:acme/app:push\"]\n    jobs:\n      - name: job\n        description: Job\n"
               "        steps:\n          - echo ready; sleep 60\n          - touch never\n");
  program.file("summary", "").env("GITHUB_STEP_SUMMARY", (program.directory() / "summary").string());
  const Outcome outcome =
      program.args({"run", "--result", "result.json"}).signal_at("\nready\n", GetParam().signal).run();
  EXPECT_EQ(outcome.status, GetParam().status) << outcome.out << outcome.err;
  EXPECT_LT(outcome.took, std::chrono::seconds(10));
  EXPECT_FALSE(program.read("never"));
  EXPECT_NE(program.read("summary").value_or("").find("cancelled"), std::string::npos);
  const auto record = nlohmann::json::parse(program.read("result.json").value_or("null"));
  EXPECT_EQ(record["workflows"][0]["result"], "cancelled");
}

INSTANTIATE_TEST_SUITE_P(Signals, Stop,
                         testing::Values(SignalCase{"Interrupt", SIGINT, 130}, SignalCase{"Terminate", SIGTERM, 143},
                                         SignalCase{"HangUp", SIGHUP, 143}),
                         [](const auto& row) { return std::string(row.param.label); });

/// nohup(1) ignores the hang-up for the program that it starts.
TEST(Stop, AHangUpThatIsIgnoredStaysIgnored) {
  Program program;
  as_github_push(program);
  program.file("ops.yml",
               "version: \"1\"\npipelines:\n  - name: build:1.0.0\n    description: Build\n    workdir: workspace\n"
               "    events: [\"github:acme/app:push\"]\n    jobs:\n      - name: job\n        description: Job\n"
               "        steps: [echo ready; sleep 1, echo over]\n");
  struct sigaction before{};
  struct sigaction ignore{};
  ignore.sa_handler = SIG_IGN;
  ::sigaction(SIGHUP, &ignore, &before);
  const Outcome outcome = program.args({"run"}).signal_at("\nready\n", SIGHUP).run();
  ::sigaction(SIGHUP, &before, nullptr);
  EXPECT_EQ(outcome.status, 0) << outcome.out << outcome.err;
  EXPECT_NE(outcome.out.find("\nover\n"), std::string::npos) << outcome.out;
}

/// Back-pressure holds the workflow up for as long as nobody reads, but not the end that the CI asked for.
TEST(Stop, EndsAlsoWhenNobodyReads) {
  Program program;
  as_github_push(program);
  program.file("ops.yml",
               "version: \"1\"\npipelines:\n  - name: build:1.0.0\n    description: Build\n    workdir: workspace\n"
               "    events: [\"github:acme/app:push\"]\n    jobs:\n      - name: job\n        description: Job\n"
               "        steps: [touch started; seq 10000000]\n");
  const Outcome outcome =
      program.args({"run", "--result", "result.json"}).stall_and_signal_at_file("started", SIGTERM).run();
  EXPECT_EQ(outcome.status, 143) << outcome.err;
  EXPECT_LT(outcome.took, std::chrono::seconds(11));
  EXPECT_TRUE(program.read("result.json")) << outcome.err;
}

TEST(Stop, EndsAlsoWhenNobodyReadsStderrEither) {
  Program program;
  as_github_push(program);
  program.file("ops.yml",
               "version: \"1\"\npipelines:\n  - name: build:1.0.0\n    description: Build\n    workdir: workspace\n"
               "    events: [\"github:acme/app:push\"]\n    jobs:\n      - name: job\n        description: Job\n"
               "        steps: [touch started; seq 10000000]\n");
  program.env("LIFECYCLE_EVENTS_URL", "http://127.0.0.1:9/");
  const Outcome outcome =
      program.args({"run", "--result", "result.json"}).stall_and_signal_at_file("started", SIGTERM).stderr_too().run();
  EXPECT_EQ(outcome.status, 143) << outcome.err;
  EXPECT_LT(outcome.took, std::chrono::seconds(11));
  EXPECT_TRUE(program.read("result.json"));
}

/// The longest that the run may take is told by --timeout, whoever reads what it writes.
TEST(Stop, ATimeoutHoldsAlsoWhenNobodyReads) {
  Program program;
  as_github_push(program);
  program.file("ops.yml",
               "version: \"1\"\npipelines:\n  - name: build:1.0.0\n    description: Build\n    workdir: workspace\n"
               "    events: [\"github:acme/app:push\"]\n    jobs:\n      - name: job\n        description: Job\n"
               "        steps: [seq 10000000]\n");
  program.file("summary", "").env("GITHUB_STEP_SUMMARY", (program.directory() / "summary").string());
  const Outcome outcome = program.args({"run", "--timeout", "1s", "--grace-int", "500ms", "--grace-term", "500ms"})
                              .stall_and_signal_at_file("never", 0)
                              .run();
  EXPECT_EQ(outcome.status, 1) << outcome.err;
  EXPECT_LT(outcome.took, std::chrono::seconds(10));
  EXPECT_NE(program.read("summary").value_or("").find("failure"), std::string::npos);
}

/// A disk may take long to forget a tree; summary and record do not wait for it, nor does the end.
TEST(Stop, SumsUpBeforeItRemovesWhatAJobLeft) {
  Program program;
  as_github_push(program);
  program.file("ops.yml",
               "version: \"1\"\npipelines:\n  - name: build:1.0.0\n    description: Build\n"
               "    events: [\"github:acme/app:push\"]\n    jobs:\n      - name: job\n        description: Job\n"
               "        steps: ['mkdir -p {1..99}/{1..99}/a', echo ready; sleep 60]\n");
  program.file("summary", "").env("GITHUB_STEP_SUMMARY", (program.directory() / "summary").string());
  const Outcome outcome = program.args({"run"}).signal_at("\nready\n", SIGTERM).run();
  EXPECT_EQ(outcome.status, 143) << outcome.err;
  EXPECT_LT(outcome.took, std::chrono::seconds(15));
  EXPECT_NE(program.read("summary").value_or("").find("cancelled"), std::string::npos);
}

/// Something that takes connections and never answers.
struct SilentServer {
  SilentServer() {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    EXPECT_EQ(::bind(socket.get(), reinterpret_cast<sockaddr*>(&address), size), 0);
    EXPECT_EQ(::listen(socket.get(), 8), 0);
    EXPECT_EQ(::getsockname(socket.get(), reinterpret_cast<sockaddr*>(&address), &size), 0);
    url = "http://127.0.0.1:" + std::to_string(ntohs(address.sin_port)) + "/";
  }
  os::FileDescriptor socket{::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)};
  std::string url;
};

/// As PID 1 of a container nothing ends the program but itself.
TEST(Stop, TrackEndsByAnExitOfItsOwn) {
  const SilentServer silent;
  for (const auto& [signal, status] : {std::pair(SIGTERM, 143), std::pair(SIGINT, 130)}) {
    Program program;
    const Outcome outcome = program
                                .args({"track", "--event-name", "deployment", "--event-action", "success",
                                       "--events-url", silent.url, "--report-timeout", "40s"})
                                .signal_after(std::chrono::seconds(1), signal)
                                .run();
    EXPECT_EQ(outcome.signal, 0);
    EXPECT_EQ(outcome.status, status) << outcome.err;
    EXPECT_LT(outcome.took, std::chrono::seconds(8));
  }
}

TEST(Stop, WhileReportingDoesNotWaitOutTheReport) {
  Program program;
  as_github_push(program);
  program.file("ops.yml",
               "version: \"1\"\npipelines:\n  - name: build:1.0.0\n    description: Build\n"
               "    events: [\"github:acme/app:push\"]\n    jobs:\n      - name: job\n        description: Job\n"
               "        steps: [echo done]\n");
  program.env("LIFECYCLE_EVENTS_URL", "http://127.0.0.1:9/").env("LIFECYCLE_REPORT_TIMEOUT", "30s");
  const Outcome outcome = program.args({"run"}).signal_at("processes left", SIGTERM).run();
  EXPECT_EQ(outcome.status, 0) << outcome.err;
  EXPECT_LT(outcome.took, std::chrono::seconds(8));
}

}  // namespace
}  // namespace lifecycle::cli_test
