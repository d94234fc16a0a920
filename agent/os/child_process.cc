#include "agent/os/child_process.h"

#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <utility>

#include "agent/os/file_descriptor.h"

namespace lifecycle::os {
namespace {

constexpr std::size_t output_limit = 65'536;
constexpr std::int64_t longest_wait_ms = 50;  // until the deadline is asked for again

struct Pipe {
  FileDescriptor read;
  FileDescriptor write;
};

bool open_pipe(Pipe& pipe) {
  std::array<int, 2> ends{};
  if (::pipe2(ends.data(), O_CLOEXEC) != 0) return false;
  pipe.read.reset(ends[0]);
  pipe.write.reset(ends[1]);
  return true;
}

std::vector<char*> pointers(std::vector<std::string>& texts) {
  std::vector<char*> list;
  list.reserve(texts.size() + 1);
  for (std::string& text : texts) list.push_back(text.data());
  list.push_back(nullptr);
  return list;
}

/// The attributes of the child: a process group of its own, so that all of it can be killed, and no signal blocked or
/// ignored.
class SpawnSettings {
 public:
  SpawnSettings(int in, int out, int err) {
    ::posix_spawn_file_actions_init(&actions_);
    ::posix_spawn_file_actions_adddup2(&actions_, in, STDIN_FILENO);
    ::posix_spawn_file_actions_adddup2(&actions_, out, STDOUT_FILENO);
    ::posix_spawn_file_actions_adddup2(&actions_, err, STDERR_FILENO);
    ::posix_spawnattr_init(&attributes_);
    sigset_t none;
    ::sigemptyset(&none);
    sigset_t all;
    ::sigfillset(&all);
    ::posix_spawnattr_setsigmask(&attributes_, &none);
    ::posix_spawnattr_setsigdefault(&attributes_, &all);
    ::posix_spawnattr_setpgroup(&attributes_, 0);
    ::posix_spawnattr_setflags(&attributes_, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETPGROUP);
  }
  SpawnSettings(const SpawnSettings&) = delete;
  SpawnSettings& operator=(const SpawnSettings&) = delete;
  ~SpawnSettings() {
    ::posix_spawn_file_actions_destroy(&actions_);
    ::posix_spawnattr_destroy(&attributes_);
  }
  const posix_spawn_file_actions_t* actions() const { return &actions_; }
  const posix_spawnattr_t* attributes() const { return &attributes_; }

 private:
  posix_spawn_file_actions_t actions_{};
  posix_spawnattr_t attributes_{};
};

bool is_over(Deadline deadline) { return std::chrono::steady_clock::now() >= deadline; }

int slice_until(Deadline deadline) {
  const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(deadline - std::chrono::steady_clock::now());
  return static_cast<int>(std::clamp<std::int64_t>(left.count(), 0, longest_wait_ms));
}

/// Reads what is there; false at the end of the stream.
bool read_some(int fd, std::string& text) {
  std::array<char, 4096> bytes{};
  const ssize_t count = ::read(fd, bytes.data(), bytes.size());
  if (count < 0) return errno == EINTR || errno == EAGAIN;
  if (text.size() < output_limit) text.append(bytes.data(), static_cast<std::size_t>(count));
  return count > 0;
}

/// Writes what the pipe takes; false when all is written or nobody reads any more.
bool write_some(int fd, std::string_view& text) {
  const ssize_t count = ::write(fd, text.data(), text.size());
  if (count < 0) return errno == EINTR || errno == EAGAIN;
  text.remove_prefix(static_cast<std::size_t>(count));
  return !text.empty();
}

/// All streams to their ends; false when the deadline came first.
bool move_bytes(Pipe& in, const Pipe& out, const Pipe& err, std::string_view input, ChildAnswer& answer,
                const std::function<Deadline()>& deadline) {
  if (input.empty()) in.write.reset();
  std::array<pollfd, 3> polled{
      {{out.read.get(), POLLIN, 0}, {err.read.get(), POLLIN, 0}, {input.empty() ? -1 : in.write.get(), POLLOUT, 0}}};
  while (polled[0].fd >= 0 || polled[1].fd >= 0) {
    const int ready = ::poll(polled.data(), polled.size(), slice_until(deadline()));
    if (ready < 0 && errno != EINTR) return false;
    if (ready <= 0) {
      if (is_over(deadline())) return false;
      continue;
    }
    if (polled[0].revents != 0 && !read_some(polled[0].fd, answer.output)) polled[0].fd = -1;
    if (polled[1].revents != 0 && !read_some(polled[1].fd, answer.error)) polled[1].fd = -1;
    if (polled[2].revents != 0 && !write_some(polled[2].fd, input)) {
      polled[2].fd = -1;
      in.write.reset();
    }
  }
  return true;
}

/// The status of the child, or -1; the streams are at their end, so it is about to exit.
int wait_for(pid_t child, const std::function<Deadline()>& deadline, bool& in_time) {
  int status = 0;
  while (true) {
    const pid_t got = ::waitpid(child, &status, in_time ? WNOHANG : 0);
    if (got == child) return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
    if (got < 0 && errno != EINTR) return -1;
    if (got == 0 && is_over(deadline())) {
      in_time = false;
      ::kill(-child, SIGKILL);
    } else if (got == 0) {
      ::usleep(200);
    }
  }
}

}  // namespace

std::string find_program(std::string_view name, const Environment& environment) {
  if (name.find('/') != std::string_view::npos) return std::string(name);
  std::string_view path = environment.get("PATH");
  if (path.empty()) path = "/usr/local/bin:/usr/bin:/bin";
  while (!path.empty()) {
    const std::string_view folder = path.substr(0, path.find(':'));
    path.remove_prefix(std::min(path.size(), folder.size() + 1));
    std::string program = std::string(folder.empty() ? "." : folder).append("/").append(name);
    if (::access(program.c_str(), X_OK) == 0) return program;
  }
  return {};
}

ChildAnswer run_child(const ChildRun& run, const std::function<Deadline()>& deadline) {
  ChildAnswer answer;
  Pipe in;
  Pipe out;
  Pipe err;
  if (!open_pipe(in) || !open_pipe(out) || !open_pipe(err)) {
    answer.error = std::strerror(errno);
    return answer;
  }
  ::fcntl(in.write.get(), F_SETFL, O_NONBLOCK);
  std::vector<std::string> argv = run.words;
  std::vector<std::string> envp = run.environment;
  const SpawnSettings settings(in.read.get(), out.write.get(), err.write.get());
  pid_t child = -1;
  const int failed = ::posix_spawn(&child, run.program.c_str(), settings.actions(), settings.attributes(),
                                   pointers(argv).data(), pointers(envp).data());
  in.read.reset();
  out.write.reset();
  err.write.reset();
  if (failed != 0) {
    answer.error = std::strerror(failed);
    return answer;
  }
  bool in_time = move_bytes(in, out, err, run.input, answer, deadline);
  in.write.reset();
  if (!in_time) ::kill(-child, SIGKILL);
  answer.status = wait_for(child, deadline, in_time);
  answer.end = in_time ? ChildAnswer::End::exited : ChildAnswer::End::timed_out;
  return answer;
}

}  // namespace lifecycle::os
