// Random scripts out of fragments, fed step by step and run by plain bash: exit status and output must be equal, and
// the header of each group must stand before its output. The fragments hold what shells are broken with: quotes and
// blocks that open and never close, here-documents, traps, exec, closed descriptors, errors.
#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <boost/asio.hpp>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "agent/os/files.h"
#include "executors/process/process_executor.h"

namespace {

using namespace lifecycle;

constexpr std::array<std::string_view, 72> fragments = {"echo one",
                                                        "",
                                                        "   ",
                                                        "# it's a comment",
                                                        "echo \"a b\"",
                                                        "echo 'x",
                                                        "y'",
                                                        "echo \"open",
                                                        "close\"",
                                                        "false",
                                                        "true",
                                                        "set +e",
                                                        "set -e",
                                                        "set +u",
                                                        "set -v",
                                                        "set +v",
                                                        "exit 3",
                                                        "exit 0",
                                                        "exec echo replaced",
                                                        "if true; then",
                                                        "else",
                                                        "fi",
                                                        "for i in a b; do",
                                                        "echo $i",
                                                        "done",
                                                        "while read -r l; do echo \"$l\"; done",
                                                        "{",
                                                        "}",
                                                        "(",
                                                        ")",
                                                        "f() {",
                                                        "f() { echo in; false; echo not; }",
                                                        "f",
                                                        "cat <<E",
                                                        "E",
                                                        "text $((1 + 1))",
                                                        "cat <<-'Q'",
                                                        "\tQ",
                                                        "echo a \\",
                                                        "b \\",
                                                        "true &&",
                                                        "false ||",
                                                        "printf 'b\\na\\n' |",
                                                        "sort",
                                                        "case x in",
                                                        "x) echo X;;",
                                                        "*)",
                                                        ";;",
                                                        "esac",
                                                        "x=$(",
                                                        "echo $x",
                                                        "x=5",
                                                        "echo \"${x:-none}\"",
                                                        "echo $?",
                                                        "echo $LINENO",
                                                        "trap 'echo bye' EXIT",
                                                        "trap 'echo err' ERR",
                                                        "trap - EXIT ERR",
                                                        "arr=(1",
                                                        "2)",
                                                        "echo ${#arr[@]}",
                                                        "[[ a == a &&",
                                                        "b == b ]] && echo yes",
                                                        "exec 3>&1 4>&-",
                                                        "echo three >&3",
                                                        "((i++))",
                                                        "echo {a,b};",
                                                        "return 1 2>/dev/null || echo top",
                                                        "fi )",
                                                        "`echo",
                                                        "echo back`",
                                                        "kill -TERM 0"};

struct Outcome {
  int exit = 0;
  std::string output;
};

class Recorder final : public run::JobSink {
 public:
  void started(const std::vector<run::StepGroup>& groups, bool times_known) override {
    groups_ = static_cast<int>(groups.size());
    fed_ = times_known;
  }
  void bytes(std::string_view chunk) override { output += chunk; }
  [[nodiscard]] bool has_room() const override { return true; }
  boost::asio::awaitable<void> room() override { co_return; }
  void pause() override {}
  [[nodiscard]] bool holds() const override { return false; }
  void step_started(int group) override {
    if (group != last_ + 1 || group >= groups_ || !fed_) std::abort();
    last_ = group;
  }
  void note(const Diagnostic& /*diagnostic*/) override {}
  std::string output;

 private:
  int groups_ = 0;
  int last_ = -1;
  bool fed_ = false;
};

/// Directories and executor live for all inputs: a start of bash is what an execution may cost.
struct World {
  World()
      : directory(std::filesystem::temp_directory_path() / ("step-feed-fuzz-" + std::to_string(::getpid()))),
        executor(io.get_executor(), options()) {}
  World(const World&) = delete;
  World& operator=(const World&) = delete;
  ~World() { std::filesystem::remove_all(directory); }

  process::ProcessExecutorOptions options() const {
    std::filesystem::create_directories(directory / "private");
    process::ProcessExecutorOptions chosen;
    chosen.run_marker = "fuzz";
    chosen.private_directory = directory / "private";
    chosen.leftover_grace = run::milliseconds(100);
    chosen.grouping_limit = run::milliseconds(0);  // quicker, and a boundary between any two steps is the harder test
    return chosen;
  }

  boost::asio::io_context io{1};
  std::filesystem::path directory;
  process::ProcessExecutor executor;
};

const std::vector<std::string> environment = {"PATH=/usr/bin:/bin", "LC_ALL=C", "HOME=/tmp"};

std::string without_path(std::string text, const std::string& path) {
  for (auto at = text.find(path); at != std::string::npos; at = text.find(path))
    text.replace(at, path.size(), "SCRIPT");
  return text;
}

/// bash on the script as a file, both streams on one pipe.
Outcome run_plainly(const World& world, const std::string& script) {
  const std::string path = world.directory / "main.sh";
  const std::string out = world.directory / "out";
  std::ofstream(path) << script;
  const pid_t child = ::fork();
  if (child == 0) {
    ::setpgid(0, 0);
    ::signal(SIGPIPE, SIG_DFL);
    ::dup2(::open("/dev/null", O_RDONLY), 0);
    ::dup2(::open(out.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_APPEND, 0600), 1);
    ::dup2(1, 2);
    ::close_range(3, ~0U, 0);
    const char* const argv[] = {"bash", path.c_str(), nullptr};
    const char* const env[] = {environment[0].c_str(), environment[1].c_str(), environment[2].c_str(), nullptr};
    if (::chdir("/tmp") == 0) ::execve("/bin/bash", const_cast<char**>(argv), const_cast<char**>(env));
    ::_exit(127);
  }
  int status = 0;
  ::waitpid(child, &status, 0);
  std::ifstream file(out, std::ios::binary);
  Outcome outcome;
  outcome.exit = WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
  outcome.output = without_path({std::istreambuf_iterator<char>(file), {}}, path);
  return outcome;
}

Outcome run_fed(World& world, const std::string& script, const std::vector<std::string>& steps, int number) {
  run::JobTask task;
  task.name = "fuzz";
  task.script = script;
  task.steps = steps;
  task.env = environment;
  task.workdir = "/tmp";
  task.linger = run::milliseconds(500);
  Recorder recorder;
  run::StopSignal stop(world.io.get_executor());
  run::JobEnd end;
  boost::asio::co_spawn(world.io, world.executor.run(task, recorder, stop),
                        [&](std::exception_ptr error, run::JobEnd result) {
                          if (error) std::abort();
                          end = std::move(result);
                        });
  world.io.restart();
  world.io.run();
  if (end.reason != run::EndReason::exited) std::abort();
  const std::string path = (world.directory / "private" / std::to_string(number) / "main.sh").string();
  return {end.exit, without_path(recorder.output, path)};
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static World world;
  static int number = 0;
  if (size == 0 || size > 14) return 0;
  std::vector<std::string> steps;
  std::string script = "#!/bin/bash\nset -euo pipefail\nIFS=$'\\n\\t'\n";
  for (std::size_t i = 0; i < size; ++i) {
    steps.emplace_back(fragments[data[i] % fragments.size()]);
    script += steps.back() + "\n";
  }
  if (data[0] >= 128) script.pop_back();  // a script may end without a newline
  // Parts of a pipeline and a signal to all of them race in plain bash too: a finding is what plain bash never shows.
  constexpr int tries = 30;
  std::set<std::pair<int, std::string>> seen_plain;
  std::set<std::pair<int, std::string>> seen_fed;
  Outcome plain;
  Outcome fed;
  for (int i = 0; i < tries; ++i) {
    plain = run_plainly(world, script);
    fed = run_fed(world, script, steps, ++number);
    seen_plain.emplace(plain.exit, plain.output);
    seen_fed.emplace(fed.exit, fed.output);
    if (std::ranges::any_of(seen_fed, [&](const auto& outcome) { return seen_plain.contains(outcome); })) return 0;
  }
  std::fprintf(stderr, "--- script\n%s\n--- plain: exit %d\n%s\n--- fed: exit %d\n%s\n", script.c_str(), plain.exit,
               plain.output.c_str(), fed.exit, fed.output.c_str());
  std::abort();
}
