#include "agent/http/http_client.h"

#include <gtest/gtest.h>

#include <thread>

#include "tests/agent/http/test_upstream.h"

namespace lifecycle::http {
namespace {

using test::BlackHole;
using test::reply;
using test::ScriptedReply;
using test::TestUpstream;

HttpRequest request_to(std::string url) {
  return {.url = std::move(url), .headers = {{"Content-Type", "application/json"}}, .body = R"({"a":1})"};
}

TransportSettings quick(milliseconds total = milliseconds(20000)) {
  TransportSettings settings;
  settings.connect_limit = milliseconds(1000);
  settings.total_limit = total;
  settings.user_agent = "lifecycle-agent/test";
  return settings;
}

milliseconds since(Clock::time_point start) { return std::chrono::duration_cast<milliseconds>(Clock::now() - start); }

TEST(HttpClient, SendsTheRequestAndReadsTheAnswer) {
  TestUpstream upstream({reply(200)});
  HttpClient client(quick());
  const auto response = client.send(request_to(upstream.url("/v1?x=1")));
  ASSERT_TRUE(response) << response.error().message;
  EXPECT_EQ(response->status, 200);
  EXPECT_EQ(response->body, R"({"message":"event written","data":{}})");
  const auto requests = upstream.requests();
  ASSERT_EQ(requests.size(), 1U);
  EXPECT_EQ(requests[0].method, "POST");
  EXPECT_EQ(requests[0].target, "/v1?x=1");
  EXPECT_EQ(requests[0].body, R"({"a":1})");
  EXPECT_EQ(requests[0].headers.at("content-type"), "application/json");
  EXPECT_EQ(requests[0].headers.at("user-agent"), "lifecycle-agent/test");
  EXPECT_FALSE(requests[0].headers.contains("expect"));
}

TEST(HttpClient, WaitsForNoBodyAfterHead) {
  TestUpstream upstream({{.bytes = "HTTP/1.1 404 Not Found\r\nContent-Length: 40\r\n\r\n"}});
  HttpClient client(quick(milliseconds(3000)));
  const auto response = client.send({.method = "HEAD", .url = upstream.url()});
  ASSERT_TRUE(response) << response.error().message;
  EXPECT_EQ(response->status, 404);
  EXPECT_EQ(upstream.requests().at(0).method, "HEAD");
}

TEST(HttpClient, KeepsOneConnectionForManyRequests) {
  TestUpstream upstream({reply(200), reply(503), reply(404, ""), reply(200)});
  HttpClient client(quick());
  for (int i = 0; i < 20; ++i) ASSERT_TRUE(client.send(request_to(upstream.url())));
  EXPECT_EQ(upstream.requests().size(), 20U);
  EXPECT_EQ(upstream.connections(), 1);
}

TEST(HttpClient, AnyStatusIsAnAnswerAndRedirectsAreNotFollowed) {
  TestUpstream elsewhere({reply(200)});
  TestUpstream upstream({reply(301, "", "Location: " + elsewhere.url("/moved") + "\r\n"), reply(401), reply(500)});
  HttpClient client(quick());
  const auto moved = client.send(request_to(upstream.url()));
  ASSERT_TRUE(moved);
  EXPECT_EQ(moved->status, 301);
  EXPECT_EQ(moved->location, elsewhere.url("/moved"));
  EXPECT_EQ(client.send(request_to(upstream.url()))->status, 401);
  EXPECT_EQ(client.send(request_to(upstream.url()))->status, 500);
  EXPECT_TRUE(elsewhere.requests().empty());
}

TEST(HttpClient, ReadsRetryAfterOfTheFinalAnswerOnly) {
  ScriptedReply early = reply(429, "", "retry-AFTER:  7 \r\n");
  early.bytes = "HTTP/1.1 103 Early Hints\r\nRetry-After: 99\r\n\r\n" + early.bytes;
  TestUpstream upstream({early, reply(503, "")});
  HttpClient client(quick());
  EXPECT_EQ(client.send(request_to(upstream.url()))->retry_after, "7");
  EXPECT_EQ(client.send(request_to(upstream.url()))->retry_after, "");
}

TEST(HttpClient, ReadsChunkedAndBodilessAnswers) {
  ScriptedReply chunked{.bytes =
                            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n"};
  TestUpstream upstream({chunked, {.bytes = "HTTP/1.1 204 No Content\r\n\r\n"}, reply(200)});
  HttpClient client(quick());
  EXPECT_EQ(client.send(request_to(upstream.url()))->body, "abcde");
  EXPECT_EQ(client.send(request_to(upstream.url()))->status, 204);
  EXPECT_EQ(client.send(request_to(upstream.url()))->status, 200);
  EXPECT_EQ(upstream.connections(), 1);
}

TEST(HttpClient, StopsReadingAHugeAnswer) {
  ScriptedReply huge{.bytes = "HTTP/1.1 200 OK\r\nContent-Length: 1000000000\r\n\r\n" + std::string(4 << 20, 'x')};
  TestUpstream upstream({huge, reply(200)});
  HttpClient client(quick());
  const auto response = client.send(request_to(upstream.url()));
  ASSERT_TRUE(response) << response.error().message;
  EXPECT_EQ(response->status, 200);
  EXPECT_EQ(response->body.size(), std::size_t{64} * 1024);
  EXPECT_TRUE(client.send(request_to(upstream.url())));  // on a new connection
}

struct FailureCase {
  std::string label;
  ScriptedReply scripted;
  std::string_view code;
};

class HttpFailure : public testing::TestWithParam<FailureCase> {};

TEST_P(HttpFailure, SaysWhatWentWrong) {
  TestUpstream upstream({GetParam().scripted});
  // Only what shall time out may: a loaded machine is slow.
  HttpClient client(quick(milliseconds(GetParam().code == "http-timeout" ? 600 : 20000)));
  const auto response = client.send(request_to(upstream.url()));
  ASSERT_FALSE(response);
  EXPECT_EQ(response.error().code, GetParam().code) << response.error().message;
  EXPECT_TRUE(is_worth_retrying(response.error()));
  EXPECT_NE(response.error().message.find("127.0.0.1:" + std::to_string(upstream.port())), std::string::npos)
      << response.error().message;
}

const std::string cut_reply = "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{\"mess";

INSTANTIATE_TEST_SUITE_P(
    Kinds, HttpFailure,
    testing::Values(
        FailureCase{"NeverAnswers", {.never = true}, "http-timeout"},
        FailureCase{"SlowHeader", {.bytes = reply(200).bytes, .each_byte = milliseconds(50)}, "http-timeout"},
        FailureCase{
            "SlowBody", {.bytes = cut_reply + std::string(94, ' '), .each_byte = milliseconds(20)}, "http-timeout"},
        FailureCase{"LateAnswer", {.bytes = reply(200).bytes, .before = milliseconds(3000)}, "http-timeout"},
        FailureCase{"ClosedAtOnce", {.end = ScriptedReply::End::close}, "http-connection-lost"},
        FailureCase{"ResetAtOnce", {.end = ScriptedReply::End::reset}, "http-connection-lost"},
        FailureCase{"EndsHalfway", {.bytes = cut_reply, .end = ScriptedReply::End::close}, "http-connection-lost"},
        FailureCase{"ResetHalfway",
                    {.bytes = cut_reply, .before = milliseconds(1), .end = ScriptedReply::End::reset},
                    "http-connection-lost"},
        FailureCase{"NoHttp", {.bytes = "SSH-2.0-OpenSSH_9.2\r\n", .end = ScriptedReply::End::close}, "http-protocol"}),
    [](const auto& row) { return row.param.label; });

TEST(HttpClient, RefusedConnection) {
  HttpClient client(quick());
  const auto response = client.send(request_to("http://127.0.0.1:" + std::to_string(test::closed_port()) + "/"));
  ASSERT_FALSE(response);
  EXPECT_EQ(response.error().code, "http-connection-refused");
}

TEST(HttpClient, GivesUpOnAMachineThatDoesNotAcceptAfterTheConnectLimit) {
  const BlackHole hole;
  HttpClient client(quick());
  const auto start = Clock::now();
  const auto response = client.send(request_to("http://127.0.0.1:" + std::to_string(hole.port()) + "/"));
  ASSERT_FALSE(response);
  EXPECT_EQ(response.error().code, "http-timeout") << response.error().message;
  EXPECT_LT(since(start), milliseconds(8000));
}

TEST(HttpClient, UnknownHost) {
  HttpClient client(quick(milliseconds(8000)));
  const auto response = client.send(request_to("http://no-such-host.invalid/"));
  ASSERT_FALSE(response);
  EXPECT_TRUE(response.error().code == "http-host-not-found" || response.error().code == "http-timeout")
      << response.error().message;  // a machine without DNS may only time out
}

TEST(HttpClient, NeverShowsUserPasswordOrHeaders) {
  HttpClient client(quick());
  HttpRequest request =
      request_to("http://bob:hunter2@127.0.0.1:" + std::to_string(test::closed_port()) + "/?k=s3cret");
  request.headers.emplace_back("Authorization", "Bearer t0ken");
  const auto response = client.send(request);
  ASSERT_FALSE(response);
  for (const char* secret : {"bob", "hunter2", "s3cret", "t0ken"}) {
    EXPECT_EQ((response.error().message + response.error().hint).find(secret), std::string::npos);
  }
}

TEST(HttpClient, AHeaderValueCannotBeginAnotherHeader) {
  TestUpstream upstream({reply(200)});
  HttpClient client(quick());
  HttpRequest request = request_to(upstream.url());
  request.headers.emplace_back("x-ops-mechanism", "a\r\nX-Forged: 1");
  ASSERT_TRUE(client.send(request));
  EXPECT_FALSE(upstream.requests()[0].headers.contains("x-forged"));
}

TEST(HttpClient, ADeadlineThatMovesCloserWakesASendUnderWay) {
  TestUpstream upstream({ScriptedReply{.never = true}});
  HttpClient client(quick(milliseconds(30000)));
  const auto start = Clock::now();
  std::thread other([&] {
    std::this_thread::sleep_for(milliseconds(150));
    client.set_deadline(Clock::now());
  });
  const auto response = client.send(request_to(upstream.url()));
  other.join();
  ASSERT_FALSE(response);
  EXPECT_EQ(response.error().code, "http-deadline");
  EXPECT_FALSE(is_worth_retrying(response.error()));
  EXPECT_LT(since(start), milliseconds(10000));
  EXPECT_EQ(client.send(request_to(upstream.url())).error().code, "http-deadline");
}

TEST(HttpClient, GoesThroughAProxyUnlessTheHostIsExcepted) {
  TestUpstream proxy({reply(200)});
  TransportSettings settings = quick();
  settings.http_proxy = "http://user:pw@127.0.0.1:" + std::to_string(proxy.port());
  HttpClient through(settings);
  ASSERT_TRUE(through.send(request_to("http://events.invalid/v1")));
  ASSERT_EQ(proxy.requests().size(), 1U);
  EXPECT_EQ(proxy.requests()[0].target, "http://events.invalid/v1");
  EXPECT_TRUE(proxy.requests()[0].headers.contains("proxy-authorization"));

  TestUpstream upstream({reply(200)});
  settings.no_proxy = "localhost,127.0.0.1";
  HttpClient past(settings);
  ASSERT_TRUE(past.send(request_to(upstream.url())));
  EXPECT_EQ(proxy.requests().size(), 1U);
}

TEST(HttpClient, SaysThatAProxyRefusesATunnel) {
  TestUpstream proxy({reply(407, "")});
  TransportSettings settings = quick();
  settings.https_proxy = "http://127.0.0.1:" + std::to_string(proxy.port());
  HttpClient client(settings);
  const auto response = client.send(request_to("https://events.invalid/"));
  ASSERT_FALSE(response);
  EXPECT_EQ(response.error().code, "http-unreachable");
  EXPECT_EQ(response.error().message, "the proxy answered 407 when asked for events.invalid");
  ASSERT_EQ(proxy.requests().size(), 1U);
  EXPECT_EQ(proxy.requests()[0].method, "CONNECT");
}

}  // namespace
}  // namespace lifecycle::http
