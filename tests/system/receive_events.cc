// A receiver of insights events for demonstrations and tests where there is no Node.js: POSIX sockets, one thread.
//
//   receive_events [--port N]
//
// Listens on 127.0.0.1 (default: a free port) and prints `listening on http://127.0.0.1:PORT/` as its first line.
// Then one line per event: its sender (x-ops-mechanism), its Idempotency-Key and its body, as they came. Every request
// is answered 200 {"message":"event written","data":{}}. Runs until it is killed.
#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cctype>
#include <cstdio>
#include <cstdlib>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace {

constexpr std::size_t largest_request = std::size_t{8} << 20;

struct Connection {
  int fd = -1;
  std::string received;
};

struct Request {
  std::string head;  // with the line end of its last header
  std::string body;
};

/// The value of a header of the request; empty: it has none.
std::string header(const std::string& head, std::string_view name) {
  for (std::size_t at = head.find("\r\n"); at != std::string::npos; at = head.find("\r\n", at + 2)) {
    const std::size_t begin = at + 2;
    bool same = head.size() > begin + name.size() && head[begin + name.size()] == ':';
    for (std::size_t i = 0; same && i < name.size(); ++i) {
      same = std::tolower(static_cast<unsigned char>(head[begin + i])) == name[i];
    }
    if (!same) continue;
    const std::size_t value = head.find_first_not_of(' ', begin + name.size() + 1);
    return head.substr(value, head.find("\r\n", value) - value);
  }
  return {};
}

/// Takes the first complete request off what was received.
std::optional<Request> take_request(std::string& received) {
  const std::size_t end = received.find("\r\n\r\n");
  if (end == std::string::npos) return std::nullopt;
  Request request{.head = received.substr(0, end + 2), .body = {}};
  const std::size_t length = std::strtoul(header(request.head, "content-length").c_str(), nullptr, 10);
  if (length > largest_request || received.size() < end + 4 + length) return std::nullopt;
  request.body = received.substr(end + 4, length);
  received.erase(0, end + 4 + length);
  return request;
}

/// One line whatever the sender wrote.
std::string printable(std::string text) {
  for (char& c : text) {
    if (static_cast<unsigned char>(c) < 0x20 || c == 0x7F) c = ' ';
  }
  return text;
}

void answer(int fd) {
  constexpr std::string_view reply =
      "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 37\r\n\r\n"
      R"({"message":"event written","data":{}})";
  for (std::string_view rest = reply; !rest.empty();) {
    const ssize_t sent = ::send(fd, rest.data(), rest.size(), MSG_NOSIGNAL);
    if (sent <= 0) return;
    rest.remove_prefix(static_cast<std::size_t>(sent));
  }
}

/// Reads what is there and answers complete requests; false when the connection is over.
bool serve(Connection& connection) {
  char buffer[16384];
  const ssize_t got = ::recv(connection.fd, buffer, sizeof buffer, 0);
  if (got <= 0 || connection.received.size() > largest_request) return false;
  connection.received.append(buffer, static_cast<std::size_t>(got));
  while (const auto request = take_request(connection.received)) {
    // A line is out before the answer is: whoever got the answer can read the line.
    std::printf("%s %s %s\n", printable(header(request->head, "x-ops-mechanism")).c_str(),
                printable(header(request->head, "idempotency-key")).c_str(), printable(request->body).c_str());
    std::fflush(stdout);
    answer(connection.fd);
  }
  return true;
}

int listen_on(int port) {
  const int fd = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  const int yes = 1;
  ::setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  address.sin_port = htons(static_cast<std::uint16_t>(port));
  socklen_t size = sizeof address;
  if (fd < 0 || ::bind(fd, reinterpret_cast<sockaddr*>(&address), size) != 0 || ::listen(fd, 64) != 0) {
    std::perror("receive_events: cannot listen");
    std::exit(1);
  }
  ::getsockname(fd, reinterpret_cast<sockaddr*>(&address), &size);
  std::printf("listening on http://127.0.0.1:%d/\n", ntohs(address.sin_port));
  std::fflush(stdout);
  return fd;
}

}  // namespace

int main(int argc, char** argv) {
  const bool has_port = argc == 3 && std::string_view(argv[1]) == "--port";
  if (argc != 1 && !has_port) {
    std::fputs("usage: receive_events [--port N]\n", stderr);
    return 2;
  }
  const int listener = listen_on(has_port ? std::atoi(argv[2]) : 0);
  std::vector<Connection> connections;
  for (;;) {
    std::vector<pollfd> waiting{{.fd = listener, .events = POLLIN, .revents = 0}};
    for (const Connection& connection : connections) {
      waiting.push_back({.fd = connection.fd, .events = POLLIN, .revents = 0});
    }
    if (::poll(waiting.data(), waiting.size(), -1) < 0) continue;
    for (std::size_t i = connections.size(); i-- > 0;) {
      if (waiting[i + 1].revents == 0 || serve(connections[i])) continue;
      ::close(connections[i].fd);
      connections.erase(connections.begin() + static_cast<std::ptrdiff_t>(i));
    }
    if (waiting[0].revents != 0) {
      if (const int fd = ::accept4(listener, nullptr, nullptr, SOCK_CLOEXEC); fd >= 0) connections.push_back({fd, {}});
    }
  }
}
