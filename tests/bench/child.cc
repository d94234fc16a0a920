#include "tests/bench/child.h"

#include <fcntl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <cstdlib>

namespace bench {
namespace {

std::vector<char*> pointers(const std::vector<std::string>& texts) {
  std::vector<char*> result;
  for (const auto& text : texts) result.push_back(const_cast<char*>(text.c_str()));
  result.push_back(nullptr);
  return result;
}

[[noreturn]] void give_up(const char* what, const std::string& name) {
  std::fprintf(stderr, "bench: %s %s\n", what, name.c_str());
  std::exit(1);
}

}  // namespace

Figures measure(const Child& child) {
  std::array<int, 2> pipe_ends{-1, -1};
  if (child.reader && ::pipe2(pipe_ends.data(), O_CLOEXEC) != 0) give_up("no pipe for", child.argv[0]);
  const auto argv = pointers(child.argv);
  const auto env = pointers(child.env);
  const auto begin = std::chrono::steady_clock::now();
  const pid_t pid = ::vfork();
  if (pid < 0) give_up("cannot fork for", child.argv[0]);
  if (pid == 0) {
    const int input = ::open("/dev/null", O_RDONLY);
    const int output = child.reader ? pipe_ends[1] : ::open(child.output.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0644);
    ::dup2(input, 0);
    ::dup2(output, 1);
    ::dup2(::open(child.errors.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0644), 2);
    if (!child.directory.empty() && ::chdir(child.directory.c_str()) != 0) ::_exit(126);
    ::execve(argv[0], argv.data(), env.data());
    ::_exit(127);
  }
  Figures figures;
  if (child.reader) {
    ::close(pipe_ends[1]);
    child.reader(pipe_ends[0]);
    std::array<char, 65536> buffer;
    while (::read(pipe_ends[0], buffer.data(), buffer.size()) > 0) {
    }
    ::close(pipe_ends[0]);
  }
  siginfo_t info{};
  ::waitid(P_PID, static_cast<id_t>(pid), &info, WEXITED | WNOWAIT);
  figures.wall_ms = std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - begin).count();
  int status = 0;
  struct rusage usage{};
  ::wait4(pid, &status, 0, &usage);
  figures.peak_kib = usage.ru_maxrss;
  figures.status = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
  if (figures.status == 127) give_up("cannot start", child.argv[0]);
  return figures;
}

double median(std::vector<double> values) {
  if (values.empty()) return 0;
  std::ranges::sort(values);
  return values[values.size() / 2];
}

}  // namespace bench
