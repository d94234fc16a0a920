// Deliveries to a real upstream that refuses, stalls and resets. Times are bounded coarsely only.
#include "agent/report/reporter.h"

#include <gtest/gtest.h>

#include <ctime>
#include <set>
#include <thread>

#include "agent/report/report_diagnostics.h"
#include "tests/agent/http/test_upstream.h"

namespace lifecycle::report {
namespace {

using http::Clock;
using std::chrono::milliseconds;
using std::chrono::seconds;
using test::reply;
using test::ScriptedReply;
using test::TestUpstream;

constexpr http::BackoffLimits quick{.base = milliseconds(20), .cap = milliseconds(100)};

InsightsEvent numbered(int n) {
  return {.name = "deployment",
          .action = "success",
          .key = "key-" + std::to_string(n),
          .body = {{"team_id", "t"}, {"event_name", "deployment"}, {"event_action", "success"}, {"n", n}}};
}

class ReporterTest : public testing::Test {
 protected:
  std::unique_ptr<Reporter> reporter_for(const std::string& url, std::string token = "tok-secret-1") {
    auto made = Reporter::create(
        {.events_url = url, .token = std::move(token), .token_place = "CTOAI_EVENTS_API_TOKEN"}, mask_, quick);
    EXPECT_TRUE(made);
    return std::move(*made);
  }

  ReportOutcome send(const std::string& url, int events, milliseconds budget) {
    const auto reporter = reporter_for(url);
    for (int i = 0; i < events; ++i) reporter->enqueue(numbered(i));
    const auto start = Clock::now();
    ReportOutcome outcome = reporter->finish(Clock::now() + budget);
    took_ = std::chrono::duration_cast<milliseconds>(Clock::now() - start);
    EXPECT_EQ(outcome.reported.size(), static_cast<std::size_t>(events));
    EXPECT_LT(took_, budget + seconds(5));
    for (const Diagnostic& said : outcome.diagnostics) {
      EXPECT_EQ(said.severity, Severity::warning);
      EXPECT_EQ((said.message + said.hint).find("tok-secret-1"), std::string::npos);
    }
    return outcome;
  }

  static std::string code_of(const ReportOutcome& outcome) {
    return outcome.diagnostics.size() == 1 ? std::string(outcome.diagnostics[0].code) : "";
  }

  mask::MaskTable mask_;
  milliseconds took_{0};
};

TEST_F(ReporterTest, SaysWhatAStrictRunMakesOfARefusal) {
  TestUpstream upstream({reply(400)});
  const auto reporter =
      Reporter::create({.events_url = upstream.url("/in"), .strictness = Strictness::strict}, mask_, quick).value();
  reporter->enqueue(numbered(0));
  const ReportOutcome outcome = reporter->finish(Clock::now() + seconds(10));
  ASSERT_EQ(code_of(outcome), "delivery-refused");
  EXPECT_EQ(outcome.diagnostics[0].hint, "--strict-insights makes an exit code of 0 a 3 for it");
}

TEST_F(ReporterTest, DeliversInOrderOverOneConnection) {
  TestUpstream upstream({reply(200)});
  const ReportOutcome outcome = send(upstream.url("/in"), 30, seconds(10));
  EXPECT_TRUE(outcome.all_delivered());
  EXPECT_TRUE(outcome.diagnostics.empty());
  const auto requests = upstream.requests();
  ASSERT_EQ(requests.size(), 30U);
  EXPECT_EQ(upstream.connections(), 1);
  for (std::size_t i = 0; i < requests.size(); ++i) {
    EXPECT_EQ(nlohmann::json::parse(requests[i].body)["n"], i);
    EXPECT_EQ(requests[i].headers.at("idempotency-key"), "key-" + std::to_string(i));
    EXPECT_EQ(requests[i].headers.at("authorization"), "Bearer tok-secret-1");
    EXPECT_EQ(requests[i].headers.at("x-ops-mechanism"), "lifecycle-agent");
    EXPECT_EQ(requests[i].headers.at("content-type"), "application/json");
    EXPECT_EQ(outcome.reported[i].key, "key-" + std::to_string(i));
    EXPECT_EQ(outcome.reported[i].status, 200);
    EXPECT_EQ(outcome.reported[i].tries, 1);
  }
}

TEST_F(ReporterTest, SendsWithoutATokenWhereThereIsNone) {
  TestUpstream upstream({reply(200)});
  const auto reporter = reporter_for(upstream.url(), "");
  reporter->enqueue(numbered(0));
  EXPECT_TRUE(reporter->finish(Clock::now() + seconds(5)).all_delivered());
  EXPECT_FALSE(upstream.requests()[0].headers.contains("authorization"));
}

TEST_F(ReporterTest, TriesAgainUnderTheSameKey) {
  const ScriptedReply down = reply(503, "");
  TestUpstream upstream({down, down, down, down, down, reply(200)});
  const ReportOutcome outcome = send(upstream.url(), 1, seconds(10));
  EXPECT_TRUE(outcome.all_delivered());
  EXPECT_TRUE(outcome.diagnostics.empty());
  EXPECT_EQ(outcome.reported[0].tries, 6);
  std::set<std::string> keys, bodies;
  for (const auto& request : upstream.requests()) {
    keys.insert(request.headers.at("idempotency-key"));
    bodies.insert(request.body);
  }
  EXPECT_EQ(upstream.requests().size(), 6U);
  EXPECT_EQ(keys.size(), 1U);
  EXPECT_EQ(bodies.size(), 1U);
}

TEST_F(ReporterTest, GetsOverBrokenConnections) {
  const std::string cut = "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{\"mess";
  TestUpstream upstream({{.end = ScriptedReply::End::reset},
                         {.end = ScriptedReply::End::close},
                         {.bytes = cut, .end = ScriptedReply::End::close},
                         {.bytes = cut, .end = ScriptedReply::End::reset},
                         reply(200)});
  const ReportOutcome outcome = send(upstream.url(), 2, seconds(10));
  EXPECT_TRUE(outcome.all_delivered());
  EXPECT_EQ(outcome.reported[1].tries, 1);
}

TEST_F(ReporterTest, ObeysRetryAfterInSeconds) {
  TestUpstream upstream({reply(429, "", "Retry-After: 1\r\n"), reply(200)});
  EXPECT_TRUE(send(upstream.url(), 1, seconds(10)).all_delivered());
  const auto requests = upstream.requests();
  ASSERT_EQ(requests.size(), 2U);
  EXPECT_GE(requests[1].at - requests[0].at, milliseconds(950));
}

TEST_F(ReporterTest, ObeysRetryAfterAsADate) {
  const std::time_t then = std::time(nullptr) + 2;
  char date[64];
  std::tm parts{};
  std::strftime(date, sizeof date, "%a, %d %b %Y %H:%M:%S GMT", ::gmtime_r(&then, &parts));
  TestUpstream upstream({reply(503, "", std::string("Retry-After: ") + date + "\r\n"), reply(200)});
  EXPECT_TRUE(send(upstream.url(), 1, seconds(10)).all_delivered());
  EXPECT_EQ(upstream.requests().size(), 2U);
  // Not std::time: its coarse clock may be a few milliseconds behind the one that was waited on.
  EXPECT_GE(std::chrono::system_clock::to_time_t(std::chrono::system_clock::now()), then);
}

TEST_F(ReporterTest, ARetryAfterBeyondTheBudgetEndsTheTries) {
  TestUpstream upstream({reply(503, "", "Retry-After: 3600\r\n")});
  const ReportOutcome outcome = send(upstream.url(), 3, seconds(30));
  EXPECT_LT(took_, seconds(10));
  EXPECT_EQ(upstream.requests().size(), 1U);
  EXPECT_EQ(code_of(outcome), "delivery-deferred");
  EXPECT_NE(outcome.diagnostics[0].message.find("none of the 3 insights events was delivered"), std::string::npos);
  EXPECT_NE(outcome.diagnostics[0].message.find("asks to wait"), std::string::npos) << outcome.diagnostics[0].message;
}

TEST_F(ReporterTest, GivesUpWhenTheBudgetIsSpent) {
  TestUpstream upstream({reply(500, "")});
  const ReportOutcome outcome = send(upstream.url(), 2, milliseconds(1000));
  EXPECT_EQ(code_of(outcome), "delivery-deferred");
  EXPECT_GE(upstream.requests().size(), 2U);
  EXPECT_EQ(outcome.reported[0].result, "deferred");
  EXPECT_EQ(outcome.reported[0].status, 500);
  EXPECT_FALSE(outcome.all_delivered());
}

TEST_F(ReporterTest, AnUpstreamThatNeverAnswersCostsTheBudgetAndNoMore) {
  TestUpstream upstream({ScriptedReply{.never = true}});
  const ReportOutcome outcome = send(upstream.url(), 2, milliseconds(1000));
  EXPECT_EQ(code_of(outcome), "delivery-deferred");
  EXPECT_EQ(outcome.reported[0].tries, 1);
}

TEST_F(ReporterTest, ASlowAnswerIsAnAnswer) {
  TestUpstream upstream(
      {ScriptedReply{.bytes = reply(200).bytes, .before = milliseconds(200), .each_byte = milliseconds(1)}});
  EXPECT_TRUE(send(upstream.url(), 1, seconds(10)).all_delivered());
}

TEST_F(ReporterTest, DeadUpstreams) {
  const ReportOutcome refused =
      send("http://127.0.0.1:" + std::to_string(test::closed_port()) + "/", 1, milliseconds(1000));
  EXPECT_EQ(code_of(refused), "delivery-deferred");
  EXPECT_NE(refused.diagnostics[0].message.find("refused"), std::string::npos) << refused.diagnostics[0].message;
  EXPECT_GE(refused.reported[0].tries, 2);
  const test::BlackHole hole;
  const ReportOutcome lost = send("http://127.0.0.1:" + std::to_string(hole.port()) + "/", 1, milliseconds(1000));
  EXPECT_EQ(code_of(lost), "delivery-deferred");
}

TEST_F(ReporterTest, RefusedCredentialsAreSaidOnceWithTheVariableAndNotTriedAgain) {
  for (const int status : {401, 403}) {
    TestUpstream upstream({reply(status, R"({"message":"token tok-secret-1 is bad"})")});
    const ReportOutcome outcome = send(upstream.url(), 5, seconds(5));
    EXPECT_EQ(upstream.requests().size(), 1U);
    EXPECT_EQ(code_of(outcome), "delivery-refused");
    EXPECT_NE(outcome.diagnostics[0].message.find("CTOAI_EVENTS_API_TOKEN"), std::string::npos);
    EXPECT_NE(outcome.diagnostics[0].message.find(std::to_string(status)), std::string::npos);
    for (const auto& record : outcome.reported) EXPECT_EQ(record.result, "refused");
  }
}

TEST_F(ReporterTest, ARefusedEventDoesNotStopTheOthers) {
  TestUpstream upstream(
      {reply(400, R"({"message":"tok-secret-1: unknown\nfield"})"), reply(404, "<html>"), reply(200)});
  const ReportOutcome outcome = send(upstream.url(), 4, seconds(5));
  EXPECT_EQ(upstream.requests().size(), 4U);
  EXPECT_EQ(outcome.reported[0].result, "refused");
  EXPECT_EQ(outcome.reported[0].status, 400);
  EXPECT_EQ(outcome.reported[1].result, "refused");
  EXPECT_EQ(outcome.reported[3].result, "delivered");
  EXPECT_EQ(code_of(outcome), "delivery-refused");
  EXPECT_EQ(outcome.diagnostics[0].message, "127.0.0.1:" + std::to_string(upstream.port()) +
                                                " refused 2 insights events, 'deployment success' with 400: ***: "
                                                "unknown field");
}

TEST_F(ReporterTest, ARedirectIsAnError) {
  TestUpstream elsewhere({reply(200)});
  TestUpstream upstream(
      {reply(301, "", "Location: http://u:pw@127.0.0.1:" + std::to_string(elsewhere.port()) + "/x?k\r\n")});
  const ReportOutcome outcome = send(upstream.url(), 1, seconds(5));
  EXPECT_TRUE(elsewhere.requests().empty());
  EXPECT_EQ(code_of(outcome), "delivery-refused");
  EXPECT_NE(
      outcome.diagnostics[0].message.find("moved to http://127.0.0.1:" + std::to_string(elsewhere.port()) + "/x,"),
      std::string::npos)
      << outcome.diagnostics[0].message;
}

TEST_F(ReporterTest, AnEventThatIsAlwaysAnsweredWithAnErrorLetsTheOthersPass) {
  std::vector<ScriptedReply> script(6, reply(500, ""));
  script.push_back(reply(200));
  TestUpstream upstream(script);
  const ReportOutcome outcome = send(upstream.url(), 3, seconds(10));
  EXPECT_TRUE(outcome.all_delivered());
  const auto requests = upstream.requests();
  ASSERT_EQ(requests.size(), 9U);
  EXPECT_EQ(nlohmann::json::parse(requests[6].body)["n"], 1);
  EXPECT_EQ(nlohmann::json::parse(requests[8].body)["n"], 0);
}

TEST_F(ReporterTest, EventsGoOutBesideTheRun) {
  TestUpstream upstream({reply(200)});
  const auto reporter = reporter_for(upstream.url());
  reporter->enqueue(numbered(0));
  for (int i = 0; i < 500 && upstream.requests().empty(); ++i) std::this_thread::sleep_for(milliseconds(10));
  EXPECT_EQ(upstream.requests().size(), 1U);
  reporter->enqueue(numbered(1));
  EXPECT_TRUE(reporter->finish(Clock::now() + seconds(5)).all_delivered());
}

TEST_F(ReporterTest, EnqueueingDoesNotWaitForTheUpstream) {
  TestUpstream upstream({ScriptedReply{.never = true}});
  const auto reporter = reporter_for(upstream.url());
  const auto start = Clock::now();
  for (int i = 0; i < 1000; ++i) reporter->enqueue(numbered(i));
  EXPECT_LT(Clock::now() - start, seconds(8));
  reporter->set_deadline(Clock::now());
  EXPECT_EQ(reporter->finish(Clock::now() + seconds(30)).reported.size(), 1000U);
  EXPECT_LT(Clock::now() - start, seconds(20));
}

TEST_F(ReporterTest, ACancelledRunMovesTheDeadlineWhileItWaits) {
  TestUpstream upstream({ScriptedReply{.never = true}});
  const auto reporter = reporter_for(upstream.url());
  reporter->enqueue(numbered(0));
  const auto start = Clock::now();
  std::thread canceller([&] {
    std::this_thread::sleep_for(milliseconds(200));
    reporter->set_deadline(Clock::now() + milliseconds(100));
  });
  const ReportOutcome outcome = reporter->finish(Clock::now() + seconds(30));
  canceller.join();
  EXPECT_LT(Clock::now() - start, seconds(15));
  EXPECT_EQ(code_of(outcome), "delivery-deferred");
}

TEST_F(ReporterTest, AWaitOfOursIsCutShortAtTheEnd) {
  TestUpstream upstream({reply(503, ""), reply(200)});
  auto made = Reporter::create({.events_url = upstream.url()}, mask_,
                               {.base = milliseconds(60000), .cap = milliseconds(60000)});
  ASSERT_TRUE(made);
  (*made)->enqueue(numbered(0));
  for (int i = 0; i < 500 && upstream.requests().empty(); ++i) std::this_thread::sleep_for(milliseconds(10));
  std::this_thread::sleep_for(milliseconds(100));
  EXPECT_TRUE((*made)->finish(Clock::now() + seconds(5)).all_delivered());
}

TEST_F(ReporterTest, IsDestroyedWithoutWaiting) {
  TestUpstream upstream({ScriptedReply{.never = true}});
  const auto start = Clock::now();
  {
    const auto reporter = reporter_for(upstream.url());
    reporter->enqueue(numbered(0));
    std::this_thread::sleep_for(milliseconds(100));
  }
  {
    const auto unused = reporter_for(upstream.url());
  }
  EXPECT_LT(Clock::now() - start, seconds(3));
}

TEST_F(ReporterTest, NothingEnqueuedIsNothingSaid) {
  const auto reporter = reporter_for("http://127.0.0.1:1/");
  const ReportOutcome outcome = reporter->finish(Clock::now() + seconds(5));
  EXPECT_TRUE(outcome.reported.empty());
  EXPECT_TRUE(outcome.diagnostics.empty());
  EXPECT_TRUE(outcome.all_delivered());
}

TEST_F(ReporterTest, SendsMaskedBodies) {
  ASSERT_FALSE(mask_.add("DEPLOY_KEY", "k9-s3cret-k9", mask::SecretOrigin::declared));
  TestUpstream upstream({reply(200)});
  const auto reporter = reporter_for(upstream.url());
  InsightsEvent event = numbered(0);
  event.body["branch"] = "topic-k9-s3cret-k9\xff";
  reporter->enqueue(event);
  EXPECT_TRUE(reporter->finish(Clock::now() + seconds(5)).all_delivered());
  EXPECT_EQ(nlohmann::json::parse(upstream.requests()[0].body)["branch"], "topic-***\uFFFD");
}

TEST(ReportDiagnostics, EachCodeStandsOnce) {
  std::set<std::string_view> seen;
  for (const DiagnosticCode& code : report_diagnostic_codes()) EXPECT_TRUE(seen.insert(code.code).second) << code.code;
  for (const DiagnosticCode& code : http::http_diagnostic_codes())
    EXPECT_TRUE(seen.insert(code.code).second) << code.code;
}

}  // namespace
}  // namespace lifecycle::report
