#include "agent/cli/engine_probe.h"

#include <poll.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <sys/un.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <chrono>
#include <cstring>
#include <filesystem>
#include <system_error>
#include <vector>

#include "agent/base/ascii.h"
#include "agent/base/visible_text.h"
#include "agent/http/http_client.h"
#include "agent/http/url.h"
#include "agent/os/file_descriptor.h"

namespace lifecycle::cli {
namespace {

using doctor::Answer;

using http::Clock;

constexpr std::chrono::seconds ask_limit{2};
constexpr std::string_view unix_scheme = "unix://";

/// Docker docs, "Docker daemon socket"; Podman docs, podman-system-service(1).
std::vector<std::string> usual_sockets(const Environment& environment) {
  std::vector<std::string> paths{"/var/run/docker.sock"};
  if (const auto runtime = environment.get("XDG_RUNTIME_DIR"); !runtime.empty()) {
    paths.push_back(std::string(runtime) + "/docker.sock");
    paths.push_back(std::string(runtime) + "/podman/podman.sock");
  }
  paths.emplace_back("/run/podman/podman.sock");
  return paths;
}

Answer failed(std::string where, int error) {
  Answer answer{
      .kind = Answer::Kind::unreachable, .where = std::move(where), .detail = std::generic_category().message(error)};
  if (error == EACCES) answer.hint = "let this user use the socket (its group is docker, most often)";
  return answer;
}

/// `Server: Docker/20.10.24 (linux)` of the answer's head.
std::string server_in(std::string_view head) {
  constexpr std::string_view key = "\nserver:";
  const std::string lower = lower_case(head);
  const auto at = lower.find(key);
  if (at == std::string::npos) return "an engine";
  std::string_view value = head.substr(at + key.size());
  value = value.substr(0, value.find_first_of("\r\n"));
  while (value.starts_with(' ')) value.remove_prefix(1);
  return visible(value);
}

/// What comes within the limit: an engine that sends a byte now and then is not waited for.
std::string exchange(int socket, Clock::time_point until) {
  constexpr std::string_view request = "GET /_ping HTTP/1.0\r\nHost: engine\r\n\r\n";
  if (::send(socket, request.data(), request.size(), MSG_NOSIGNAL) != static_cast<ssize_t>(request.size())) return {};
  std::array<char, 4096> buffer{};
  std::string answer;
  while (answer.size() < buffer.size() && answer.find("\r\n\r\n") == std::string::npos) {
    const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(until - Clock::now()).count();
    pollfd polled{.fd = socket, .events = POLLIN, .revents = 0};
    if (left <= 0 || ::poll(&polled, 1, static_cast<int>(left)) <= 0) break;
    const ssize_t count = ::recv(socket, buffer.data(), buffer.size(), MSG_DONTWAIT);
    if (count <= 0) break;
    answer.append(buffer.data(), static_cast<std::size_t>(count));
  }
  return answer;
}

Answer ask_socket(const std::string& path) {
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  if (path.size() >= sizeof(address.sun_path)) return failed(path, ENAMETOOLONG);
  std::memcpy(address.sun_path, path.data(), path.size());
  const os::FileDescriptor socket(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0));
  if (socket.get() < 0) return failed(path, errno);
  const timeval limit{.tv_sec = ask_limit.count(), .tv_usec = 0};  // of connecting and of sending
  ::setsockopt(socket.get(), SOL_SOCKET, SO_SNDTIMEO, &limit, sizeof limit);
  const auto* generic = reinterpret_cast<const sockaddr*>(&address);  // NOLINT: the socket API's own form
  if (::connect(socket.get(), generic, sizeof address) != 0) return failed(path, errno);
  const std::string answer = exchange(socket.get(), Clock::now() + ask_limit);
  if (answer.starts_with("HTTP/1.") && answer.find(" 200 ") < 12) {
    return {.kind = Answer::Kind::reached, .where = path, .detail = server_in(answer)};
  }
  return {.kind = Answer::Kind::unreachable,
          .where = path,
          .detail = answer.empty() ? "it does not answer" : "what answers is no engine"};
}

/// Over TLS the engine wants a certificate of ours; that it asks for one is answer enough.
Answer ask_host(const std::string& host, const Environment& environment) {
  const bool tls = !environment.get("DOCKER_TLS_VERIFY").empty();
  const std::string address = (tls ? "https://" : "http://") + host;
  const auto url = http::parse_http_url(address);
  if (!url) {
    return {.kind = Answer::Kind::unreachable, .where = "DOCKER_HOST", .detail = "it names no host and port"};
  }
  http::TransportSettings transport = http::read_transport_settings(environment);
  transport.connect_limit = transport.total_limit = ask_limit;
  http::HttpClient client(std::move(transport));
  const auto answer = client.send({.method = "GET", .url = address + "/_ping"});
  if (answer && answer->status == 200) {
    return {.kind = Answer::Kind::reached, .where = url->authority, .detail = "an engine"};
  }
  const bool spoke_tls = !answer && (answer.error().code == "http-certificate" || answer.error().code == "http-tls");
  if (tls && spoke_tls)
    return {.kind = Answer::Kind::reached, .where = url->authority, .detail = "an engine behind TLS"};
  return {.kind = Answer::Kind::unreachable,
          .where = url->authority,
          .detail = answer ? "status " + std::to_string(answer->status) : answer.error().message};
}

}  // namespace

doctor::Answer ask_engine(const Environment& environment) {
  const std::string host(environment.get("DOCKER_HOST"));
  if (host.starts_with(unix_scheme)) return ask_socket(host.substr(unix_scheme.size()));
  if (const auto scheme = host.find("://"); scheme != std::string::npos && host.starts_with("tcp")) {
    return ask_host(host.substr(scheme + 3), environment);
  }
  if (!host.empty()) {
    return {.kind = Answer::Kind::unreachable,
            .where = "DOCKER_HOST",
            .detail = "its address is neither of unix:// nor of tcp://"};
  }
  const auto sockets = usual_sockets(environment);
  std::error_code ignored;
  for (const std::string& path : sockets) {
    if (std::filesystem::exists(path, ignored)) return ask_socket(path);
  }
  return {.kind = Answer::Kind::unreachable, .where = sockets.front(), .detail = "no such socket"};
}

}  // namespace lifecycle::cli
