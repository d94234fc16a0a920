#include "tests/executors/process/job_fixture.h"

#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <utility>

#include "executors/process/proc_files.h"
#include "executors/process/process_tree.h"

namespace lifecycle::process {
namespace {

std::vector<char*> pointers(const std::vector<std::string>& texts) {
  std::vector<char*> result;
  for (const std::string& text : texts) result.push_back(const_cast<char*>(text.c_str()));
  result.push_back(nullptr);
  return result;
}

std::string read_all(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

os::TemporaryDirectory make_directory() {
  auto made = os::TemporaryDirectory::create(std::filesystem::temp_directory_path(), "lc-process-test");
  if (!made) std::abort();
  return *std::move(made);
}

/// Waits until no process holds the pipe's other end, so that output of background processes is in.
void wait_for_end_of(int pipe) {
  std::array<char, 64> bytes{};
  while (::read(pipe, bytes.data(), bytes.size()) > 0) continue;
}

}  // namespace

PlainRun run_plainly(const std::string& script_path, const std::vector<std::string>& env, const std::string& workdir) {
  const auto place = make_directory();
  const std::string out = place.path() / "out";
  const std::string err = place.path() / "err";
  std::array<int, 2> held{};
  if (::pipe2(held.data(), 0) != 0) std::abort();
  const std::vector<std::string> argv = {"bash", script_path};
  const auto arguments = pointers(argv);
  const auto variables = pointers(env);
  const pid_t child = ::fork();
  if (child == 0) {
    ::setpgid(0, 0);
    for (int signal = 1; signal < NSIG; ++signal) ::signal(signal, SIG_DFL);
    ::dup2(::open("/dev/null", O_RDONLY), 0);
    ::dup2(::open(out.c_str(), O_WRONLY | O_CREAT | O_APPEND, 0600), 1);
    ::dup2(::open(err.c_str(), O_WRONLY | O_CREAT | O_APPEND, 0600), 2);
    ::dup2(held[1], 200);
    ::close_range(3, 199, 0);
    ::close_range(201, ~0U, 0);
    if (::chdir(workdir.c_str()) != 0) ::_exit(126);
    ::execve("/bin/bash", arguments.data(), variables.data());
    ::_exit(127);
  }
  ::close(held[1]);
  int status = 0;
  ::waitpid(child, &status, 0);
  wait_for_end_of(held[0]);
  ::close(held[0]);
  PlainRun run;
  run.exit = WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
  run.out = read_all(out);
  run.err = read_all(err);
  return run;
}

int count_marked(const std::string& marker) {
  int count = 0;
  for (const pid_t pid : read_all_pids()) {
    const auto value = read_variable(pid, marker_name);
    if (value && value->starts_with(marker)) ++count;
  }
  return count;
}

int count_zombies() {
  int count = 0;
  for (const pid_t pid : read_all_pids()) {
    const auto process = read_process(pid);
    if (process && process->parent == ::getpid() && process->has_ended()) ++count;
  }
  return count;
}

JobTest::JobTest() : directory(make_directory()) {
  static int number = 0;
  marker = "test-" + std::to_string(::getpid()) + "-" + std::to_string(++number);
  options.run_marker = marker;
  options.private_directory = directory.path() / "private";
  options.ops_path = directory.path() / "ops";
  options.leftover_grace = std::chrono::milliseconds(300);
  std::filesystem::create_directory(options.private_directory);
  std::filesystem::create_directory(directory.path() / "work");
}

JobTest::~JobTest() = default;

std::string JobTest::script_of(const std::vector<std::string>& steps) {
  std::string script = "#!/bin/bash\nset -euo pipefail\nIFS=$'\\n\\t'\n";
  for (const std::string& step : steps) script += step + "\n";
  return script;
}

run::JobTask JobTest::steps_task(std::vector<std::string> steps) const {
  run::JobTask task;
  task.name = "job";
  task.script = script_of(steps);
  task.steps = std::move(steps);
  task.env = {"PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin", "HOME=/tmp", "LC_ALL=C",
              "TERM=dumb"};
  task.workdir = directory.path() / "work";
  task.linger = std::chrono::milliseconds(400);
  task.grace_int = std::chrono::milliseconds(300);
  task.grace_term = std::chrono::milliseconds(300);
  return task;
}

run::JobTask JobTest::argv_task(std::vector<std::string> argv) const {
  run::JobTask task = steps_task({});
  task.script.clear();
  task.argv = std::move(argv);
  return task;
}

ProcessExecutor& JobTest::executor() {
  if (!executor_) executor_ = std::make_unique<ProcessExecutor>(io.get_executor(), options);
  return *executor_;
}

run::JobEnd JobTest::run(run::JobTask task) { return run(std::move(task), sink); }

run::JobEnd JobTest::run(run::JobTask task, run::JobSink& to) {
  run::JobEnd result;
  bool ended = false;
  const auto start = run::Clock::now();
  boost::asio::co_spawn(io, executor().run(std::move(task), to, stop), [&](std::exception_ptr error, run::JobEnd end) {
    EXPECT_FALSE(error) << "run() threw";
    result = std::move(end);
    ended = true;
    took = std::chrono::duration_cast<std::chrono::milliseconds>(run::Clock::now() - start);
    for (auto& timer : timers_) timer->cancel();
  });
  io.restart();
  io.run();
  EXPECT_TRUE(ended);
  return result;
}

void JobTest::after(std::chrono::milliseconds delay, std::function<void()> act) {
  timers_.push_back(std::make_unique<boost::asio::steady_timer>(io, delay));
  timers_.back()->async_wait([act = std::move(act)](const boost::system::error_code& error) {
    if (!error) act();
  });
}

void JobTest::expect_nothing_left() const {
  EXPECT_EQ(count_marked(marker), 0) << "processes of the job live on";
  EXPECT_EQ(count_zombies(), 0) << "zombies are left";
  EXPECT_TRUE(std::filesystem::is_empty(options.private_directory)) << "files of the job are left";
  EXPECT_FALSE(std::filesystem::exists(std::filesystem::symlink_status(options.ops_path))) << "the ops path is left";
}

}  // namespace lifecycle::process
