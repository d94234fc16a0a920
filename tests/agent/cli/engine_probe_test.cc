// Engines as they may be found: one that answers, one that is none, one that drips, none at all.
#include "agent/cli/engine_probe.h"

#include <gtest/gtest.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <atomic>
#include <cstring>
#include <filesystem>
#include <string>
#include <thread>

#include "agent/os/file_descriptor.h"

namespace lifecycle::cli {
namespace {

using Kind = doctor::Answer::Kind;
using ProbeVariables = std::map<std::string, std::string, std::less<>>;

/// Listens on a socket of its own and says the bytes to whoever comes, one after the other with the pause between them.
class FakeEngine {
 public:
  FakeEngine(std::string bytes, std::chrono::milliseconds pause) : bytes_(std::move(bytes)), pause_(pause) {
    std::string name = (std::filesystem::temp_directory_path() / "la-engine-XXXXXX").string();
    directory_ = ::mkdtemp(name.data());
    path_ = directory_ + "/engine.sock";
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    std::memcpy(address.sun_path, path_.data(), path_.size());
    listener_.reset(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0));
    const auto* generic = reinterpret_cast<const sockaddr*>(&address);
    EXPECT_EQ(::bind(listener_.get(), generic, sizeof address), 0);
    EXPECT_EQ(::listen(listener_.get(), 1), 0);
    thread_ = std::thread([this] { serve(); });
  }
  ~FakeEngine() {
    stopped_ = true;
    ::shutdown(listener_.get(), SHUT_RDWR);
    thread_.join();
    std::filesystem::remove_all(directory_);
  }
  FakeEngine(const FakeEngine&) = delete;
  FakeEngine& operator=(const FakeEngine&) = delete;

  [[nodiscard]] const std::string& path() const { return path_; }
  [[nodiscard]] doctor::Answer ask() const {
    return ask_engine(Environment(ProbeVariables{{"DOCKER_HOST", "unix://" + path_}}));
  }

 private:
  void serve() {
    const os::FileDescriptor peer(::accept(listener_.get(), nullptr, nullptr));
    for (const char c : bytes_) {
      if (stopped_ || ::send(peer.get(), &c, 1, MSG_NOSIGNAL) != 1) return;
      std::this_thread::sleep_for(pause_);
    }
  }

  std::string bytes_;
  std::chrono::milliseconds pause_;
  std::string directory_;
  std::string path_;
  os::FileDescriptor listener_;
  std::atomic<bool> stopped_ = false;
  std::thread thread_;
};

TEST(EngineProbe, NamesTheEngineThatAnswers) {
  const FakeEngine engine("HTTP/1.0 200 OK\r\nServer: Docker/27.1 (linux)\r\n\r\nOK", std::chrono::milliseconds(0));
  const doctor::Answer answer = engine.ask();
  EXPECT_EQ(answer.kind, Kind::reached) << answer.detail;
  EXPECT_EQ(answer.detail, "Docker/27.1 (linux)");
  EXPECT_EQ(answer.where, engine.path());
}

TEST(EngineProbe, TakesNothingElseForOne) {
  const FakeEngine engine("SSH-2.0-x\r\n\r\n", std::chrono::milliseconds(0));
  EXPECT_EQ(engine.ask().kind, Kind::unreachable);
}

/// It would take this one minutes to come to the end of its head.
TEST(EngineProbe, DoesNotWaitForOneThatDrips) {
  const FakeEngine engine("HTTP/1.0 200 OK\r\nX: " + std::string(4000, 'x'), std::chrono::milliseconds(20));
  EXPECT_EQ(engine.ask().kind, Kind::reached) << "its first line came in time";
}

TEST(EngineProbe, SaysWhatIsThereInstead) {
  const auto ask = [](const std::string& host) {
    return ask_engine(Environment(ProbeVariables{{"DOCKER_HOST", host}, {"NO_PROXY", "*"}}));
  };
  for (const char* host : {"unix:///nowhere/docker.sock", "unix:///etc/hostname", "ssh://u:hunter2@h", "u:hunter2@h",
                           "tcp://", "tcp://u:hunter2@127.0.0.1:1"}) {
    const doctor::Answer answer = ask(host);
    EXPECT_EQ(answer.kind, Kind::unreachable) << host;
    EXPECT_FALSE(answer.detail.empty()) << host;
    EXPECT_EQ((answer.where + answer.detail + answer.hint).find("hunter2"), std::string::npos) << answer.where;
  }
  EXPECT_EQ(ask("unix://" + std::string(300, 'x')).kind, Kind::unreachable) << "longer than a socket's address";
}

}  // namespace
}  // namespace lifecycle::cli
