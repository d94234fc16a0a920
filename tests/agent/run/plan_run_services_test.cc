#include <gtest/gtest.h>

#include <algorithm>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/steady_timer.hpp>
#include <csignal>

#include "agent/run/service_run.h"
#include "tests/agent/run/normalised.h"
#include "tests/agent/run/run_harness.h"

namespace lifecycle::run {
namespace {

std::string number(int port) { return std::to_string(port); }

TEST(Services, LiveWhileTheOtherWorkflowsRun) {
  RunHarness harness;
  const int port = free_port();
  const RunRecord record = harness.run(
      plan_of({service("web", "listen " + number(port) + "; out hello; hang", port), command("test", "out testing")}));
  EXPECT_EQ(record.result, RunResult::success) << harness.output;
  EXPECT_EQ(record.workflows.at(0).result, RunResult::success);
  EXPECT_EQ(record.workflows.at(0).address, "http://127.0.0.1:" + number(port));
  EXPECT_EQ(harness.executor.most_running, 2);
  EXPECT_EQ(harness.observed,
            (std::vector<std::string>{"started web", "started test", "ended test: success", "ended web: success"}));
  EXPECT_EQ(harness.executor.stop_levels.at("web"), 2) << "a service is stopped by TERM";
  EXPECT_NE(harness.output.find("web | hello\n"), std::string::npos) << harness.output;
  EXPECT_NE(harness.output.find("service web answers at http://127.0.0.1:" + number(port) + "\n"), std::string::npos);
}

TEST(Services, StartFirstWhereverTheyStandInThePlan) {
  RunHarness harness;
  const RunRecord record = harness.run(plan_of({command("test", "out testing"), service("worker", "hang", 0)}));
  EXPECT_EQ(harness.executor.tasks.at(0).name, "worker");
  EXPECT_EQ(record.workflows.at(0).workflow, "test") << "the record keeps the plan's order";
  EXPECT_EQ(record.result, RunResult::success);
}

TEST(Services, AloneEndAfterTheHealthCheck) {
  RunHarness harness;
  const int port = free_port();
  plan::WorkflowRun web = service("web", "http " + number(port) + " 204 No Content; hang", port);
  web.health = "/health";
  const RunRecord record = harness.run(plan_of({web}));
  EXPECT_EQ(record.result, RunResult::success);
  EXPECT_EQ(record.workflows.at(0).jobs.at(0).steps.at(0).result, StepResult::passed);
}

TEST(Services, ThatDoNotBecomeReadyFailWithTheLastError) {
  RunHarness harness;
  harness.options.service_limit = milliseconds{200};
  const int port = free_port();
  plan::WorkflowRun web = service("web", "http " + number(port) + " 503 Busy; hang", port);
  web.health = "/health";
  const RunRecord record = harness.run(plan_of({web, command("test", "out testing")}));
  EXPECT_EQ(record.result, RunResult::failure);
  EXPECT_EQ(record.workflows.at(0).reason,
            "service 'web' was not ready after 200ms: GET http://127.0.0.1:" + number(port) + "/health: answered 503");
  EXPECT_EQ(harness.codes(), std::vector<std::string>{"service-not-ready"});
  EXPECT_EQ(record.workflows.at(1).result, RunResult::success) << "a failure does not stop the next";
  EXPECT_EQ(harness.executor.running, 0);
}

TEST(Services, ThatRefuseAreAskedEverLessOften) {
  RunHarness harness;
  harness.options.service_limit = milliseconds{1500};
  const int port = free_port();
  plan::WorkflowRun web = service("web", "http " + number(port) + " 503 Busy; hang", port);
  web.health = "/health";
  harness.run(plan_of({web}));
  // After 0, 50, 150, 350, 750 ms.
  EXPECT_GE(*harness.executor.requests, 1);
  EXPECT_LE(*harness.executor.requests, 6);
}

TEST(Services, ThatNeverListenFailWithTheRefusal) {
  RunHarness harness;
  harness.options.service_limit = milliseconds{150};
  const int port = free_port();
  const RunRecord record = harness.run(plan_of({service("web", "hang", port)}));
  EXPECT_EQ(record.workflows.at(0).reason,
            "service 'web' was not ready after 150ms: connection refused at 127.0.0.1:" + number(port));
}

TEST(Services, ThatEndBeforeTheyAreReadyFailWithTheirStatus) {
  RunHarness harness;
  const RunRecord record = harness.run(plan_of({service("web", "out no config; exit 3", free_port())}));
  EXPECT_EQ(record.result, RunResult::failure);
  EXPECT_EQ(record.workflows.at(0).reason, "ended early with exit 3");
  EXPECT_EQ(record.workflows.at(0).jobs.at(0).exit, 3);
  EXPECT_EQ(harness.codes(), std::vector<std::string>{"service-ended-early"});
}

TEST(Services, ThatEndWhileTheyAreNeededFailWhateverTheirStatus) {
  RunHarness harness;
  const int port = free_port();
  const RunRecord record = harness.run(
      plan_of({service("web", "listen " + number(port) + "; sleep 150; exit 0", port), command("test", "sleep 400")}));
  EXPECT_EQ(record.workflows.at(0).result, RunResult::failure);
  EXPECT_EQ(record.workflows.at(0).reason, "ended early with exit 0");
  EXPECT_EQ(record.workflows.at(1).result, RunResult::success);
}

TEST(Services, DoNotStartOnAPortThatIsTaken) {
  RunHarness harness;
  const asio::ip::tcp::acceptor other(harness.io, {asio::ip::address_v4::loopback(), 0});
  const int port = other.local_endpoint().port();
  const RunRecord record = harness.run(plan_of({service("web", "hang", port)}));
  EXPECT_EQ(record.result, RunResult::failure);
  EXPECT_EQ(harness.codes(), std::vector<std::string>{"service-port-taken"});
  EXPECT_TRUE(harness.executor.tasks.empty());
  EXPECT_EQ(record.workflows.at(0).jobs.at(0).tries, 0);
}

TEST(Services, WithoutAPortAreTakenForStartedWhenTheyLiveASecond) {
  RunHarness harness;
  const auto before = Clock::now();
  const RunRecord record = harness.run(plan_of({service("worker", "hang", 0)}));
  EXPECT_EQ(record.result, RunResult::success);
  EXPECT_GE(Clock::now() - before, milliseconds{1000});
  EXPECT_NE(harness.output.find("service worker runs\n"), std::string::npos);
}

TEST(Services, AreKeptUntilASignal) {
  RunHarness harness;
  harness.options.services = ServicesChoice::keep;
  const int port = free_port();
  asio::steady_timer timer(harness.io, milliseconds{300});
  timer.async_wait(
      [&harness](const boost::system::error_code&) { harness.stop.raise(StopReason::cancelled, SIGTERM); });
  const auto before = Clock::now();
  const RunRecord record = harness.run(plan_of({service("web", "listen " + number(port) + "; hang", port)}));
  EXPECT_GE(Clock::now() - before, milliseconds{290});
  EXPECT_EQ(record.result, RunResult::cancelled);
  EXPECT_EQ(record.signal, SIGTERM);
  EXPECT_EQ(harness.executor.stop_levels.at("web"), 2);
}

TEST(Services, ThatAreKeptMayAlsoEnd) {
  RunHarness harness;
  harness.options.services = ServicesChoice::keep;
  const int port = free_port();
  const RunRecord record =
      harness.run(plan_of({service("web", "listen " + number(port) + "; sleep 200; exit 9", port)}));
  EXPECT_EQ(record.result, RunResult::failure);
}

TEST(Services, AreStoppedWithTheRun) {
  RunHarness harness;
  const int port = free_port();
  asio::steady_timer timer(harness.io, milliseconds{200});
  timer.async_wait([&harness](const boost::system::error_code&) { harness.stop.raise(StopReason::cancelled, SIGINT); });
  const RunRecord record = harness.run(plan_of(
      {service("web", "listen " + number(port) + "; hang", port), command("test", "hang"), command("next", "out x")}));
  EXPECT_EQ(record.result, RunResult::cancelled);
  for (const WorkflowRecord& workflow : record.workflows)
    EXPECT_EQ(workflow.result, RunResult::cancelled) << workflow.workflow;
  EXPECT_EQ(record.workflows.at(2).reason, "cancelled by SIGINT before it began");
}

TEST(Services, AStopDuringTheHealthCheckDoesNotWaitForIt) {
  RunHarness harness;
  const int port = free_port();
  plan::WorkflowRun web = service("web", "listen " + number(port) + "; hang", port);
  web.health = "/never/answered";
  asio::steady_timer timer(harness.io, milliseconds{100});
  timer.async_wait([&harness](const boost::system::error_code&) { harness.stop.raise(StopReason::cancelled, SIGINT); });
  const auto before = Clock::now();
  EXPECT_EQ(harness.run(plan_of({web})).result, RunResult::cancelled);
  EXPECT_LT(Clock::now() - before, milliseconds{2000});
}

TEST(Services, ATimeoutEndsThemAsTimedOut) {
  RunHarness harness;
  harness.options.timeout = milliseconds{150};
  harness.options.services = ServicesChoice::keep;
  const int port = free_port();
  const RunRecord record = harness.run(plan_of({service("web", "listen " + number(port) + "; hang", port)}));
  EXPECT_EQ(record.result, RunResult::failure);
  EXPECT_EQ(record.workflows.at(0).jobs.at(0).steps.at(0).result, StepResult::timed_out);
}

TEST(Services, LinesNeverMixWithTheWorkflowsLines) {
  RunHarness harness;
  const int port = free_port();
  std::string chatter = "listen " + number(port);
  for (int line = 0; line < 50; ++line) chatter += "; part ssss; part ssss; out s";
  std::string test;
  for (int line = 0; line < 50; ++line) test += "part tttt; part tttt; out t;";
  harness.run(plan_of({service("web", chatter + "; hang", port), command("test", test)}));
  int lines = 0;
  std::size_t at = 0;
  while (at < harness.output.size()) {
    const std::size_t end = harness.output.find('\n', at);
    const std::string line = harness.output.substr(at, end - at);
    at = end + 1;
    if (line == "web | sssssssss" || line == "ttttttttt") ++lines;
    EXPECT_TRUE(line.starts_with("web | [") || !line.starts_with("web | s") || line == "web | sssssssss") << line;
  }
  EXPECT_EQ(lines, 100) << harness.output;
}

struct PortCase {
  std::string_view label;
  std::vector<int> declared;
  std::vector<std::string> environment;
  int expected;
};
class AwaitedPort : public testing::TestWithParam<PortCase> {};

TEST_P(AwaitedPort, FollowsTheTable) {
  std::vector<ops::PortMapping> ports;
  for (const int port : GetParam().declared) ports.push_back({.host = "80", .container = port, .place = {}});
  EXPECT_EQ(awaited_port(ports, GetParam().environment), GetParam().expected);
}

INSTANTIATE_TEST_SUITE_P(Ports, AwaitedPort,
                         testing::Values(PortCase{"None", {}, {}, 0}, PortCase{"Declared", {8080}, {}, 8080},
                                         PortCase{"FromTheEnvironment", {}, {"PORT=3000"}, 3000},
                                         PortCase{"DeclaredWins", {8080}, {"PORT=3000"}, 8080},
                                         PortCase{"TheOneOfTheEnvironment", {9229, 3000}, {"PORT=3000"}, 3000},
                                         PortCase{"FirstOfSeveral", {8080, 9229}, {}, 8080},
                                         PortCase{"NoNumber", {}, {"PORT=http"}, 0},
                                         PortCase{"TooLarge", {}, {"PORT=65536"}, 0}),
                         [](const auto& row) { return std::string(row.param.label); });

}  // namespace
}  // namespace lifecycle::run
