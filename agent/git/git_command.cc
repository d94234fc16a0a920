#include "agent/git/git_command.h"

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

#include "agent/os/file_descriptor.h"

namespace lifecycle::git {
namespace {

constexpr std::size_t output_limit = 65'536;

struct Pipe {
  os::FileDescriptor read;
  os::FileDescriptor write;
};

bool open_pipe(Pipe& pipe) {
  std::array<int, 2> ends{};
  if (::pipe2(ends.data(), O_CLOEXEC) != 0) return false;
  pipe.read.reset(ends[0]);
  pipe.write.reset(ends[1]);
  return true;
}

/// The caller's variables without those that would lead git to another repository, and with no prompt, no locks taken
/// for show, and words in English (they are only compared, never parsed for facts).
std::vector<std::string> git_environment(const Environment& environment) {
  std::vector<std::string> list;
  constexpr std::array<std::string_view, 9> dropped{
      "GIT_DIR",       "GIT_WORK_TREE",       "GIT_INDEX_FILE",     "GIT_COMMON_DIR",
      "GIT_NAMESPACE", "GIT_TERMINAL_PROMPT", "GIT_OPTIONAL_LOCKS", "GIT_TRACE",
      "LC_ALL"};
  for (const auto& [name, value] : environment.all()) {
    if (std::ranges::find(dropped, name) == dropped.end()) list.push_back(std::string(name).append("=").append(value));
  }
  list.insert(list.end(), {"GIT_TERMINAL_PROMPT=0", "GIT_OPTIONAL_LOCKS=0", "LC_ALL=C"});
  return list;
}

std::vector<char*> pointers(std::vector<std::string>& texts) {
  std::vector<char*> list;
  list.reserve(texts.size() + 1);
  for (std::string& text : texts) list.push_back(text.data());
  list.push_back(nullptr);
  return list;
}

/// Where PATH of the given environment has git; posix_spawnp would look in our own PATH.
std::string find_git(const Environment& environment) {
  std::string_view path = environment.get("PATH");
  if (path.empty()) path = "/usr/local/bin:/usr/bin:/bin";
  while (!path.empty()) {
    const std::string_view folder = path.substr(0, path.find(':'));
    path.remove_prefix(std::min(path.size(), folder.size() + 1));
    std::string program = std::string(folder.empty() ? "." : folder) + "/git";
    if (::access(program.c_str(), X_OK) == 0) return program;
  }
  return {};
}

/// The attributes of the child: a process group of its own, so that all of it can be killed, and no signal blocked.
class SpawnSettings {
 public:
  SpawnSettings(int out, int err) {
    ::posix_spawn_file_actions_init(&actions_);
    ::posix_spawn_file_actions_addopen(&actions_, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
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

int milliseconds_until(Deadline deadline) {
  const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(deadline - std::chrono::steady_clock::now());
  return static_cast<int>(std::clamp<std::int64_t>(left.count(), 0, 60'000));
}

/// Reads what is there; false at the end of the stream.
bool read_some(int fd, std::string& text) {
  std::array<char, 4096> bytes{};
  const ssize_t count = ::read(fd, bytes.data(), bytes.size());
  if (count < 0) return errno == EINTR || errno == EAGAIN;
  if (text.size() < output_limit) text.append(bytes.data(), static_cast<std::size_t>(count));
  return count > 0;
}

/// Both streams to their ends; false when the deadline came first.
bool read_streams(const Pipe& out, const Pipe& err, GitAnswer& answer, Deadline deadline) {
  std::array<pollfd, 2> polled{{{out.read.get(), POLLIN, 0}, {err.read.get(), POLLIN, 0}}};
  while (polled[0].fd >= 0 || polled[1].fd >= 0) {
    const int ready = ::poll(polled.data(), polled.size(), milliseconds_until(deadline));
    if (ready < 0 && errno == EINTR) continue;
    if (ready <= 0) return false;
    if (polled[0].revents != 0 && !read_some(polled[0].fd, answer.output)) polled[0].fd = -1;
    if (polled[1].revents != 0 && !read_some(polled[1].fd, answer.error)) polled[1].fd = -1;
  }
  return true;
}

/// The status of the child, or -1; the streams are at their end, so it is about to exit.
int wait_for(pid_t child, Deadline deadline, bool& in_time) {
  int status = 0;
  while (true) {
    const pid_t got = ::waitpid(child, &status, in_time ? WNOHANG : 0);
    if (got == child) return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
    if (got < 0 && errno != EINTR) return -1;
    if (got == 0 && milliseconds_until(deadline) == 0) {
      in_time = false;
      ::kill(-child, SIGKILL);
    } else if (got == 0) {
      ::usleep(200);
    }
  }
}

void keep_first_line(std::string& text) { text.resize(std::min(text.size(), text.find('\n'))); }

}  // namespace

GitAnswer run_git(const std::filesystem::path& root, const std::vector<std::string>& arguments,
                  const Environment& environment, Deadline deadline) {
  GitAnswer answer;
  std::string program = find_git(environment);
  Pipe out;
  Pipe err;
  if (program.empty()) answer.error = "git is not installed";
  if (answer.error.empty() && (!open_pipe(out) || !open_pipe(err))) answer.error = std::strerror(errno);
  if (!answer.error.empty()) return answer;

  std::vector<std::string> argv{program, "-c", "safe.directory=" + root.string(), "-C", root.string()};
  argv.insert(argv.end(), arguments.begin(), arguments.end());
  std::vector<std::string> envp = git_environment(environment);
  const SpawnSettings settings(out.write.get(), err.write.get());
  pid_t child = -1;
  const int failed = ::posix_spawn(&child, program.c_str(), settings.actions(), settings.attributes(),
                                   pointers(argv).data(), pointers(envp).data());
  out.write.reset();
  err.write.reset();
  if (failed != 0) {
    answer.error = std::strerror(failed);
    return answer;
  }
  bool in_time = read_streams(out, err, answer, deadline);
  if (!in_time) ::kill(-child, SIGKILL);
  answer.status = wait_for(child, deadline, in_time);
  answer.end = in_time ? GitAnswer::End::exited : GitAnswer::End::timed_out;
  if (answer.output.ends_with('\n')) answer.output.pop_back();
  keep_first_line(answer.error);
  return answer;
}

}  // namespace lifecycle::git
