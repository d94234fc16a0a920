// An HTTP upstream inside the test's process that answers by a script: errors, slowness, resets, silence.
#pragma once

#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <map>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

namespace lifecycle::test {

using std::chrono::milliseconds;

struct ScriptedReply {
  enum class End { keep, close, reset };
  std::string bytes;          // status line, headers and body as they go out
  milliseconds before{0};     // silence before the first byte
  milliseconds each_byte{0};  // silence after each byte: a slow header or body
  End end = End::keep;
  bool never = false;  // reads the request and says nothing
};

/// A complete reply with Content-Length; `headers` are further lines, each with its CRLF.
[[nodiscard]] ScriptedReply reply(int status, std::string_view body = R"({"message":"event written","data":{}})",
                                  std::string_view headers = "");

struct SeenRequest {
  std::string method;
  std::string target;
  std::map<std::string, std::string> headers;  // names in lower case
  std::string body;
  int connection = 0;  // which connection brought it, from 0
  std::chrono::steady_clock::time_point at;
};

class TestUpstream {
 public:
  /// Listens on a free port of 127.0.0.1; the n-th request gets the n-th reply, later ones the last.
  explicit TestUpstream(std::vector<ScriptedReply> script);
  ~TestUpstream();
  TestUpstream(const TestUpstream&) = delete;
  TestUpstream& operator=(const TestUpstream&) = delete;

  [[nodiscard]] std::string url(std::string_view path = "/") const;
  [[nodiscard]] int port() const { return port_; }
  [[nodiscard]] std::vector<SeenRequest> requests() const;
  [[nodiscard]] int connections() const;

 private:
  void accept_connections();
  void serve(int fd, int connection);
  bool answer(int fd, const ScriptedReply& scripted);
  bool sleep(milliseconds time);

  std::vector<ScriptedReply> script_;
  int listener_ = -1;
  int port_ = 0;
  mutable std::mutex mutex_;
  std::condition_variable stopped_;
  bool stopping_ = false;
  std::vector<int> open_;
  std::vector<std::thread> threads_;
  std::vector<SeenRequest> requests_;
  int connections_ = 0;
  std::thread accepting_;
};

/// A port of 127.0.0.1 on which nothing listens.
[[nodiscard]] int closed_port();

/// A port that completes no handshake: its listen queue is full and nobody accepts.
class BlackHole {
 public:
  BlackHole();
  ~BlackHole();
  BlackHole(const BlackHole&) = delete;
  BlackHole& operator=(const BlackHole&) = delete;
  [[nodiscard]] int port() const { return port_; }

 private:
  int port_ = 0;
  std::vector<int> sockets_;
};

}  // namespace lifecycle::test
