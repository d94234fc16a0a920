#include "agent/run/service_probe.h"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/experimental/awaitable_operators.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/read_until.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>

#include "agent/base/ascii.h"

namespace lifecycle::run {

namespace asio = boost::asio;
using asio::ip::tcp;
using std::chrono::milliseconds;

namespace {

constexpr auto as_outcome = asio::as_tuple(asio::use_awaitable);
/// More than any status line; a service that sends more without a line end speaks no HTTP.
constexpr std::size_t status_line_limit = 8192;

std::string print_endpoint(const tcp::endpoint& endpoint) {
  const std::string host = endpoint.address().to_string();
  const std::string port = std::to_string(endpoint.port());
  return endpoint.address().is_v6() ? "[" + host + "]:" + port : host + ":" + port;
}

std::string lower_first(std::string text) {
  if (!text.empty()) text.front() = to_lower(text.front());
  return text;
}

std::string timed_out(milliseconds limit) { return "no answer within " + std::to_string(limit.count()) + " ms"; }

/// Connects; the error in words, empty: connected.
asio::awaitable<std::string> connect(tcp::socket& socket, tcp::endpoint endpoint, milliseconds limit) {
  using namespace asio::experimental::awaitable_operators;
  asio::steady_timer timer(socket.get_executor(), limit);
  auto connected = socket.async_connect(endpoint, as_outcome);
  auto expired = timer.async_wait(as_outcome);
  auto first = co_await (std::move(connected) || std::move(expired));
  if (first.index() != 0) co_return timed_out(limit);
  const boost::system::error_code error = std::get<0>(std::get<0>(first));
  co_return error ? lower_first(error.message()) : std::string();
}

/// Sends the request and reads the status line; the error in words, empty: 2xx or 3xx.
asio::awaitable<std::string> get(tcp::socket& socket, std::string health, std::string host) {
  const std::string request = "GET " + health + " HTTP/1.1\r\nHost: " + host +
                              "\r\nUser-Agent: lifecycle-agent\r\nAccept: */*\r\nConnection: close\r\n\r\n";
  const auto written = co_await asio::async_write(socket, asio::buffer(request), as_outcome);
  if (std::get<0>(written)) co_return lower_first(std::get<0>(written).message());
  std::string answer;
  const auto read =
      co_await asio::async_read_until(socket, asio::dynamic_buffer(answer, status_line_limit), '\n', as_outcome);
  if (std::get<0>(read)) co_return lower_first(std::get<0>(read).message());
  const auto status = parse_status_line(std::string_view(answer).substr(0, answer.find('\n')));
  if (!status) co_return "the answer is no HTTP";
  if (*status < 200 || *status > 399) co_return "answered " + std::to_string(*status);
  co_return std::string();
}

asio::awaitable<std::string> get_within(tcp::socket& socket, std::string health, std::string host, milliseconds limit) {
  using namespace asio::experimental::awaitable_operators;
  asio::steady_timer timer(socket.get_executor(), limit);
  auto answered = get(socket, std::move(health), std::move(host));
  auto expired = timer.async_wait(as_outcome);
  auto first = co_await (std::move(answered) || std::move(expired));
  if (first.index() != 0) co_return timed_out(limit);
  co_return std::get<0>(first);
}

asio::awaitable<ProbeAnswer> probe_endpoint(tcp::endpoint endpoint, std::string health, milliseconds limit) {
  const auto executor = co_await asio::this_coro::executor;
  const std::string place = print_endpoint(endpoint);
  tcp::socket socket(executor);
  std::string error = co_await connect(socket, endpoint, limit);
  ProbeAnswer answer;
  if (!error.empty()) {
    answer.error = error + " at " + place;
    co_return answer;
  }
  answer.address = "http://" + place;
  if (!health.empty()) error = co_await get_within(socket, health, place, limit);
  answer.ready = error.empty();
  if (!answer.ready) answer.error = "GET " + answer.address + health + ": " + error;
  co_return answer;
}

}  // namespace

std::optional<int> parse_status_line(std::string_view line) {
  if (!line.starts_with("HTTP/")) return std::nullopt;
  const auto blank = line.find(' ');
  if (blank == std::string_view::npos || line.size() < blank + 4) return std::nullopt;
  int status = 0;
  for (const char digit : line.substr(blank + 1, 3)) {
    if (digit < '0' || digit > '9') return std::nullopt;
    status = status * 10 + (digit - '0');
  }
  const bool ends = line.size() == blank + 4 || line[blank + 4] == ' ' || line[blank + 4] == '\r';
  return ends ? std::optional<int>(status) : std::nullopt;
}

asio::awaitable<ProbeAnswer> probe_service(int port, std::string health, milliseconds limit) {
  const auto number = static_cast<asio::ip::port_type>(port);
  const tcp::endpoint loopback(asio::ip::address_v4::loopback(), number);
  const tcp::endpoint loopback6(asio::ip::address_v6::loopback(), number);
  ProbeAnswer first = co_await probe_endpoint(loopback, health, limit);
  if (first.ready) co_return first;
  ProbeAnswer second = co_await probe_endpoint(loopback6, health, limit);
  // The more telling of two refusals: where something accepts, else the usual address.
  if (second.ready || (first.address.empty() && !second.address.empty())) co_return second;
  co_return first;
}

}  // namespace lifecycle::run
