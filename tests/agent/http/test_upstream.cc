#include "tests/agent/http/test_upstream.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <cctype>
#include <optional>
#include <stdexcept>

namespace lifecycle::test {
namespace {

sockaddr_in loopback(int port) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  address.sin_port = htons(static_cast<std::uint16_t>(port));
  return address;
}

int bound_socket(int& port) {
  const int fd = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address = loopback(0);
  socklen_t size = sizeof address;
  if (fd < 0 || ::bind(fd, reinterpret_cast<sockaddr*>(&address), size) != 0) throw std::runtime_error("bind");
  ::getsockname(fd, reinterpret_cast<sockaddr*>(&address), &size);
  port = ntohs(address.sin_port);
  return fd;
}

std::string lower_case(std::string text) {
  std::ranges::transform(text, text.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return text;
}

/// Reads one request; `rest` holds bytes of the next one. Nothing at the end of the connection.
std::optional<SeenRequest> read_request(int fd, std::string& rest) {
  const auto more = [&] {
    char buffer[4096];
    const ssize_t got = ::recv(fd, buffer, sizeof buffer, 0);
    if (got > 0) rest.append(buffer, static_cast<std::size_t>(got));
    return got > 0;
  };
  std::size_t head_end = 0;
  while ((head_end = rest.find("\r\n\r\n")) == std::string::npos) {
    if (!more()) return std::nullopt;
  }
  SeenRequest request;
  std::string head = rest.substr(0, head_end + 2);
  rest.erase(0, head_end + 4);
  const std::string first = head.substr(0, head.find("\r\n"));
  request.method = first.substr(0, first.find(' '));
  request.target = first.substr(request.method.size() + 1, first.rfind(' ') - request.method.size() - 1);
  for (std::size_t at = first.size() + 2; at < head.size();) {
    const std::size_t end = head.find("\r\n", at);
    const std::string line = head.substr(at, end - at);
    const std::size_t colon = line.find(':');
    request.headers[lower_case(line.substr(0, colon))] = line.substr(std::min(colon + 2, line.size()));
    at = end + 2;
  }
  const std::size_t length =
      request.headers.contains("content-length") ? std::stoul(request.headers["content-length"]) : 0;
  while (rest.size() < length) {
    if (!more()) return std::nullopt;
  }
  request.body = rest.substr(0, length);
  rest.erase(0, length);
  return request;
}

}  // namespace

ScriptedReply reply(int status, std::string_view body, std::string_view headers) {
  ScriptedReply scripted;
  scripted.bytes = "HTTP/1.1 " + std::to_string(status) + " Scripted\r\nContent-Type: application/json\r\n" +
                   "Content-Length: " + std::to_string(body.size()) + "\r\n" + std::string(headers) + "\r\n" +
                   std::string(body);
  return scripted;
}

TestUpstream::TestUpstream(std::vector<ScriptedReply> script) : script_(std::move(script)) {
  listener_ = bound_socket(port_);
  if (::listen(listener_, 64) != 0) throw std::runtime_error("listen");
  accepting_ = std::thread([this] { accept_connections(); });
}

TestUpstream::~TestUpstream() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
    for (const int fd : open_) ::shutdown(fd, SHUT_RDWR);
  }
  stopped_.notify_all();
  ::shutdown(listener_, SHUT_RDWR);
  accepting_.join();
  for (std::thread& thread : threads_) thread.join();
  ::close(listener_);
}

std::string TestUpstream::url(std::string_view path) const {
  return "http://127.0.0.1:" + std::to_string(port_) + std::string(path);
}

std::vector<SeenRequest> TestUpstream::requests() const {
  const std::lock_guard lock(mutex_);
  return requests_;
}

int TestUpstream::connections() const {
  const std::lock_guard lock(mutex_);
  return connections_;
}

void TestUpstream::accept_connections() {
  for (;;) {
    const int fd = ::accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
    if (fd < 0) return;
    const std::lock_guard lock(mutex_);
    open_.push_back(fd);
    threads_.emplace_back([this, fd, connection = connections_++] { serve(fd, connection); });
    if (stopping_) ::shutdown(fd, SHUT_RDWR);
  }
}

void TestUpstream::serve(int fd, int connection) {
  std::string rest;
  for (bool open = true; open;) {
    auto request = read_request(fd, rest);
    if (!request) break;
    request->connection = connection;
    request->at = std::chrono::steady_clock::now();
    std::size_t index = 0;
    {
      const std::lock_guard lock(mutex_);
      index = std::min(requests_.size(), script_.size() - 1);
      requests_.push_back(std::move(*request));
    }
    open = answer(fd, script_[index]);
  }
  const std::lock_guard lock(mutex_);
  std::erase(open_, fd);
  ::close(fd);
}

bool TestUpstream::answer(int fd, const ScriptedReply& scripted) {
  if (scripted.never) {
    sleep(milliseconds(60000));
    return false;
  }
  if (!sleep(scripted.before)) return false;
  const std::size_t piece = scripted.each_byte.count() > 0 ? 1 : scripted.bytes.size();
  for (std::size_t at = 0; at < scripted.bytes.size();) {
    const ssize_t sent =
        ::send(fd, scripted.bytes.data() + at, std::min(piece, scripted.bytes.size() - at), MSG_NOSIGNAL);
    if (sent <= 0) return false;
    at += static_cast<std::size_t>(sent);
    if (!sleep(scripted.each_byte)) return false;
  }
  if (scripted.end == ScriptedReply::End::reset) {
    const linger at_once{.l_onoff = 1, .l_linger = 0};  // close() then sends RST
    ::setsockopt(fd, SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
  }
  return scripted.end == ScriptedReply::End::keep;
}

bool TestUpstream::sleep(milliseconds time) {
  if (time.count() == 0) return true;
  std::unique_lock lock(mutex_);
  return !stopped_.wait_for(lock, time, [this] { return stopping_; });
}

int closed_port() {
  int port = 0;
  ::close(bound_socket(port));
  return port;
}

BlackHole::BlackHole() {
  const int listener = bound_socket(port_);
  sockets_.push_back(listener);
  if (::listen(listener, 0) != 0) throw std::runtime_error("listen");
  for (int i = 0; i < 4; ++i) {  // fill the queue
    const int fd = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    const sockaddr_in address = loopback(port_);
    ::connect(fd, reinterpret_cast<const sockaddr*>(&address), sizeof address);
    sockets_.push_back(fd);
  }
}

BlackHole::~BlackHole() {
  for (const int fd : sockets_) ::close(fd);
}

}  // namespace lifecycle::test
