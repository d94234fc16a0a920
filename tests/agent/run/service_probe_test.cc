#include "agent/run/service_probe.h"

#include <gtest/gtest.h>

#include <array>
#include <atomic>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ip/v6_only.hpp>
#include <optional>
#include <string>
#include <thread>

#include "agent/run/executor.h"
#include "tests/agent/run/run_harness.h"

namespace lifecycle::run {
namespace {

using asio::ip::tcp;

ProbeAnswer probe(int port, std::string health, milliseconds limit) {
  asio::io_context io{1};
  std::optional<ProbeAnswer> answer;
  asio::co_spawn(io, probe_service(port, std::move(health), limit),
                 [&answer](const std::exception_ptr& error, ProbeAnswer probed) {
                   if (error) std::rethrow_exception(error);
                   answer = std::move(probed);
                 });
  io.run();
  return std::move(answer).value();
}

/// Answers one connection after another with a fixed text; an empty one: never.
class FixedServer {
 public:
  FixedServer(asio::ip::address address, std::string reply)
      : acceptor_(io_, tcp::endpoint(address, 0)), thread_([this, text = std::move(reply)] { serve(text); }) {}
  FixedServer(const FixedServer&) = delete;
  FixedServer& operator=(const FixedServer&) = delete;
  ~FixedServer() { stop(); }
  [[nodiscard]] int port() const { return acceptor_.local_endpoint().port(); }
  /// Ends the server; the last request that came.
  std::string stop() {
    if (!thread_.joinable()) return request_;
    stopping_ = true;
    asio::io_context io;
    boost::system::error_code ignored;
    tcp::socket wake(io);
    wake.connect(acceptor_.local_endpoint(), ignored);
    thread_.join();
    return request_;
  }

 private:
  void serve(const std::string& reply) {
    std::vector<tcp::socket> open;
    while (true) {
      boost::system::error_code error;
      tcp::socket socket(io_);
      acceptor_.accept(socket, error);
      if (error || stopping_) return;
      if (!reply.empty()) {
        std::array<char, 1024> buffer{};
        const std::size_t count = socket.read_some(asio::buffer(buffer), error);
        request_.assign(buffer.data(), count);
        asio::write(socket, asio::buffer(reply), error);
      }
      open.push_back(std::move(socket));
    }
  }

  asio::io_context io_;
  tcp::acceptor acceptor_;
  std::string request_;
  std::atomic<bool> stopping_ = false;
  std::thread thread_;
};

constexpr milliseconds patience{2000};

TEST(ServiceProbe, APortThatAcceptsIsReady) {
  const FixedServer server(asio::ip::address_v4::loopback(), "");
  const ProbeAnswer answer = probe(server.port(), "", patience);
  EXPECT_TRUE(answer.ready) << answer.error;
  EXPECT_EQ(answer.address, "http://127.0.0.1:" + std::to_string(server.port()));
}

TEST(ServiceProbe, AlsoOverIpv6Alone) {
  std::optional<FixedServer> server;
  try {
    server.emplace(asio::ip::address_v6::loopback(), "");
  } catch (const boost::system::system_error& error) {
    GTEST_SKIP() << "no IPv6 loopback here: " << error.what();
  }
  const ProbeAnswer answer = probe(server->port(), "", patience);
  EXPECT_TRUE(answer.ready) << answer.error;
  EXPECT_EQ(answer.address, "http://[::1]:" + std::to_string(server->port()));
}

TEST(ServiceProbe, ARefusalSaysWhere) {
  const int port = free_port();
  const ProbeAnswer answer = probe(port, "", patience);
  EXPECT_FALSE(answer.ready);
  EXPECT_EQ(answer.error, "connection refused at 127.0.0.1:" + std::to_string(port));
  EXPECT_EQ(answer.address, "");
}

struct HealthCase {
  std::string_view label;
  std::string reply;
  bool ready;
  std::string error;  // its end
};
class Health : public testing::TestWithParam<HealthCase> {};

TEST_P(Health, IsToldByTheStatus) {
  FixedServer server(asio::ip::address_v4::loopback(), GetParam().reply);
  const ProbeAnswer answer = probe(server.port(), "/health?x=1", patience);
  EXPECT_EQ(answer.ready, GetParam().ready) << answer.error;
  EXPECT_TRUE(answer.error.ends_with(GetParam().error)) << answer.error;
  const std::string request = server.stop();
  EXPECT_TRUE(request.starts_with("GET /health?x=1 HTTP/1.1\r\nHost: 127.0.0.1:")) << request;
}

INSTANTIATE_TEST_SUITE_P(Answers, Health,
                         testing::Values(HealthCase{"Ok", "HTTP/1.1 200 OK\r\n\r\n", true, ""},
                                         HealthCase{"NoContent", "HTTP/1.0 204 No Content\r\n\r\n", true, ""},
                                         HealthCase{"Redirect", "HTTP/1.1 302\r\n\r\n", true, ""},
                                         HealthCase{"Unavailable", "HTTP/1.1 503 Service Unavailable\r\n\r\n", false,
                                                    "/health?x=1: answered 503"},
                                         HealthCase{"Continue", "HTTP/1.1 100 Continue\r\n\r\n", false, "answered 100"},
                                         HealthCase{"NoHttp", "SSH-2.0-OpenSSH\r\n", false, "the answer is no HTTP"}),
                         [](const auto& row) { return std::string(row.param.label); });

TEST(ServiceProbe, ASilentServiceEndsAtTheLimit) {
  const FixedServer server(asio::ip::address_v4::loopback(), "");
  const auto before = Clock::now();
  const ProbeAnswer answer = probe(server.port(), "/", milliseconds{100});
  EXPECT_FALSE(answer.ready);
  EXPECT_TRUE(answer.error.ends_with("no answer within 100 ms")) << answer.error;
  EXPECT_LT(Clock::now() - before, milliseconds{1500});
}

TEST(StatusLine, IsReadStrictly) {
  EXPECT_EQ(parse_status_line("HTTP/1.1 200 OK\r"), 200);
  EXPECT_EQ(parse_status_line("HTTP/1.1 404\r"), 404);
  EXPECT_EQ(parse_status_line("HTTP/1.1 20"), std::nullopt);
  EXPECT_EQ(parse_status_line("HTTP/1.1 2000"), std::nullopt);
  EXPECT_EQ(parse_status_line("HTTP/1.1"), std::nullopt);
  EXPECT_EQ(parse_status_line("220 smtp"), std::nullopt);
}

}  // namespace
}  // namespace lifecycle::run
