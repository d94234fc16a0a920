#include "tests/cli/program.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <poll.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <csignal>
#include <cstdlib>
#include <fstream>
#include <regex>
#include <sstream>

namespace lifecycle::cli_test {
namespace {

namespace fs = std::filesystem;
using std::chrono::steady_clock;

struct Pipe {
  Pipe() {
    int ends[2];
    if (::pipe2(ends, O_CLOEXEC) == 0) {
      read = ends[0];
      write = ends[1];
    }
  }
  ~Pipe() {
    close_read();
    close_write();
  }
  Pipe(const Pipe&) = delete;
  Pipe& operator=(const Pipe&) = delete;
  void close_read() {
    if (read >= 0) ::close(read);
    read = -1;
  }
  void close_write() {
    if (write >= 0) ::close(write);
    write = -1;
  }
  int read = -1;
  int write = -1;
};

std::vector<char*> pointers(std::vector<std::string>& texts) {
  std::vector<char*> list;
  for (std::string& text : texts) list.push_back(text.data());
  list.push_back(nullptr);
  return list;
}

/// True at the end of the stream.
bool read_some(Pipe& pipe, std::string& text) {
  std::array<char, 65536> buffer;
  const ssize_t count = ::read(pipe.read, buffer.data(), buffer.size());
  if (count > 0) {
    text.append(buffer.data(), static_cast<std::size_t>(count));
    return false;
  }
  pipe.close_read();
  return true;
}

std::string slurp(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

constexpr const char* merged_payload = R"({
  "action": "closed", "number": 7,
  "pull_request": {
    "number": 7, "title": "Greet by name", "merged": true, "state": "closed",
    "user": {"login": "robin"}, "labels": [{"name": "feature"}],
    "html_url": "https://github.com/acme/app/pull/7",
    "created_at": "2026-01-01T10:00:00Z", "merged_at": "2026-01-02T10:00:00Z", "closed_at": "2026-01-02T10:00:00Z",
    "updated_at": "2026-01-02T10:00:00Z",
    "merge_commit_sha": "3f2a9c1b5d7e8f60718293a4b5c6d7e8f9012345",
    "head": {"ref": "greet", "sha": "1111111111111111111111111111111111111111", "repo": {"full_name": "acme/app", "id": 1}},
    "base": {"ref": "main", "sha": "2222222222222222222222222222222222222222", "repo": {"full_name": "acme/app", "id": 1}}
  },
  "repository": {"id": 1, "full_name": "acme/app", "html_url": "https://github.com/acme/app", "name": "app",
                 "owner": {"login": "acme"}},
  "sender": {"login": "kim"}
})";

constexpr const char* push_payload = R"({
  "ref": "refs/heads/main", "before": "2222222222222222222222222222222222222222",
  "after": "3f2a9c1b5d7e8f60718293a4b5c6d7e8f9012345", "created": false, "deleted": false, "forced": false,
  "commits": [], "head_commit": {"id": "3f2a9c1b5d7e8f60718293a4b5c6d7e8f9012345", "message": "Greet",
                                 "timestamp": "2026-01-02T10:00:00Z"},
  "repository": {"id": 1, "full_name": "acme/app", "html_url": "https://github.com/acme/app", "name": "app",
                 "owner": {"login": "acme"}},
  "pusher": {"name": "kim"}, "sender": {"login": "kim"}
})";

void as_github(Program& program, const std::string& event, const char* payload) {
  program.file("event.json", payload);
  for (const auto& [name, value] :
       std::map<std::string, std::string>{{"CI", "true"},
                                          {"GITHUB_ACTIONS", "true"},
                                          {"GITHUB_EVENT_NAME", event},
                                          {"GITHUB_EVENT_PATH", (program.directory() / "event.json").string()},
                                          {"GITHUB_REPOSITORY", "acme/app"},
                                          {"GITHUB_SERVER_URL", "https://github.com"},
                                          {"GITHUB_API_URL", "https://api.github.com"},
                                          {"GITHUB_REF", "refs/heads/main"},
                                          {"GITHUB_SHA", "3f2a9c1b5d7e8f60718293a4b5c6d7e8f9012345"},
                                          {"GITHUB_ACTOR", "kim"},
                                          {"GITHUB_RUN_ID", "42"},
                                          {"GITHUB_RUN_ATTEMPT", "1"},
                                          {"GITHUB_JOB", "lifecycle"},
                                          {"GITHUB_ACTION", "__self"},
                                          {"GITHUB_WORKSPACE", program.directory().string()}}) {
    program.env(name, value);
  }
}

}  // namespace

Program::Program() {
  std::string pattern = (fs::temp_directory_path() / "cli-test-XXXXXX").string();
  if (::mkdtemp(pattern.data()) == nullptr) throw std::runtime_error("no temporary directory");
  directory_ = fs::canonical(pattern);
  env_["PATH"] = "/usr/local/bin:/usr/bin:/bin";
}

Program::~Program() {
  std::error_code ignored;  // the test has spoken already
  fs::remove_all(directory_, ignored);
}

Program& Program::args(std::vector<std::string> words) {
  args_ = std::move(words);
  return *this;
}

Program& Program::env(const std::string& name, const std::string& value) {
  env_[name] = value;
  return *this;
}

Program& Program::file(const std::string& path, std::string_view text) {
  fs::create_directories((directory_ / path).parent_path());
  std::ofstream(directory_ / path, std::ios::binary) << text;
  return *this;
}

Program& Program::input(std::string text) {
  input_ = std::move(text);
  return *this;
}

Program& Program::out_to(std::string path) {
  out_path_ = std::move(path);
  return *this;
}

Program& Program::signal_at(std::string text, int number) {
  signal_text_ = std::move(text);
  signal_ = number;
  return *this;
}

Program& Program::close_reader_at(std::string text) {
  last_text_ = std::move(text);
  return *this;
}

Program& Program::stall_and_signal_at_file(std::string path, int number) {
  signal_file_ = std::move(path);
  signal_ = number;
  return *this;
}

Program& Program::stderr_too() {
  one_pipe_ = true;
  return *this;
}

Program& Program::signal_after(std::chrono::milliseconds delay, int number) {
  signal_delay_ = delay;
  signal_ = number;
  return *this;
}

Outcome Program::run() {
  std::vector<std::string> words = {LA_BUILD_DIR "/lifecycle-agent"};
  words.insert(words.end(), args_.begin(), args_.end());
  std::vector<std::string> variables;
  for (const auto& [name, value] : env_) variables.push_back(name + "=" + value);
  const auto argv = pointers(words);
  const auto envp = pointers(variables);
  Pipe in;
  Pipe out;
  Pipe err;
  const auto begun = steady_clock::now();
  const pid_t pid = ::fork();
  if (pid == 0) {
    const int out_fd = out_path_.empty() ? out.write : ::open(out_path_.c_str(), O_WRONLY);
    ::dup2(in.read, 0);
    ::dup2(out_fd, 1);
    ::dup2(one_pipe_ ? out_fd : err.write, 2);
    if (::chdir(directory_.c_str()) == 0) ::execve(argv[0], argv.data(), envp.data());
    ::_exit(126);
  }
  in.close_read();
  out.close_write();
  err.close_write();
  EXPECT_EQ(::write(in.write, input_.data(), input_.size()), static_cast<ssize_t>(input_.size()));
  in.close_write();
  Outcome outcome;
  bool signalled = signal_ == 0;
  const bool stalled = !signal_file_.empty();
  const auto is_alive = [pid] {
    siginfo_t info{};
    return ::waitid(P_PID, static_cast<id_t>(pid), &info, WEXITED | WNOHANG | WNOWAIT) == 0 && info.si_pid == 0;
  };
  while ((out.read >= 0 && !stalled) || err.read >= 0 || (stalled && is_alive())) {
    pollfd fds[2] = {{stalled ? -1 : out.read, POLLIN, 0}, {err.read, POLLIN, 0}};
    if (::poll(fds, 2, stalled || signal_delay_.count() >= 0 ? 20 : 1000) < 0) break;
    if (fds[0].revents != 0) read_some(out, outcome.out);
    if (!last_text_.empty() && outcome.out.find(last_text_) != std::string::npos) out.close_read();
    if (fds[1].revents != 0) read_some(err, outcome.err);
    const bool due = signal_delay_.count() >= 0 ? steady_clock::now() - begun >= signal_delay_
                     : stalled                  ? read(signal_file_).has_value()
                                                : outcome.out.find(signal_text_) != std::string::npos;
    if (!signalled && due) {
      ::kill(pid, signal_);
      signalled = true;
    }
    if (steady_clock::now() - begun > std::chrono::minutes(1)) {
      ADD_FAILURE() << "the program does not end: " << outcome.out << outcome.err;
      ::kill(pid, SIGKILL);
      break;
    }
  }
  int status = 0;
  ::waitpid(pid, &status, 0);
  outcome.took = std::chrono::duration_cast<std::chrono::milliseconds>(steady_clock::now() - begun);
  if (WIFEXITED(status)) outcome.status = WEXITSTATUS(status);
  if (WIFSIGNALED(status)) outcome.signal = WTERMSIG(status);
  return outcome;
}

std::optional<std::string> Program::read(const std::string& path) const {
  if (!fs::exists(directory_ / path)) return std::nullopt;
  return slurp(directory_ / path);
}

std::vector<std::string> Program::files() const {
  std::vector<std::string> found;
  for (const auto& entry : fs::recursive_directory_iterator(directory_)) {
    if (entry.is_regular_file()) found.push_back(fs::relative(entry.path(), directory_).string());
  }
  std::sort(found.begin(), found.end());
  return found;
}

void as_github_push(Program& program) { as_github(program, "push", push_payload); }
void as_github_merge(Program& program) { as_github(program, "pull_request", merged_payload); }

std::string normalised(std::string text, const Program& program) {
  const std::string directory = program.directory().string();
  for (auto at = text.find(directory); at != std::string::npos; at = text.find(directory, at)) {
    text.replace(at, directory.size(), "<dir>");
  }
  static const std::pair<std::regex, const char*> rules[] = {
      {std::regex(R"(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z)"), "<time>"},
      {std::regex(R"(\b\d\d:\d\d:\d\d(\.\d+)?\b)"), "<time>"},
      {std::regex(R"(\b(\d+h)?(\d+m)?\d+(\.\d+)?m?s\b)"), "<duration>"},
      {std::regex(R"(\b[0-9a-f]{64}\b)"), "<id>"},
      {std::regex(R"(lifecycle-agent-[A-Za-z0-9]{6}\b)"), "lifecycle-agent-<id>"},
      {std::regex(R"(lifecycle-agent/\d+\.\d+\.\d+)"), "lifecycle-agent/<version>"},
  };
  for (const auto& [pattern, replacement] : rules) text = std::regex_replace(text, pattern, replacement);
  return text;
}

void expect_golden(const std::string& name, const std::string& text) {
  const fs::path path = fs::path(LA_SOURCE_DIR) / "tests/golden/cli" / name;
  const std::string expected = fs::exists(path) ? slurp(path) : std::string{};
  if (std::getenv("LA_UPDATE_GOLDEN") != nullptr && expected != text) {
    std::ofstream(path, std::ios::binary) << text;
    ADD_FAILURE() << name << " was written anew: read the difference, then run the test again";
    return;
  }
  EXPECT_EQ(text, expected) << "golden file " << name << "; './dev test --update-golden' writes it anew";
}

}  // namespace lifecycle::cli_test
