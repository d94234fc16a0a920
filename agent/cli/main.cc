// The program: harden the process, read the world once, hand over to run_program.
#include <fcntl.h>
#include <malloc.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <cstdio>
#include <cstring>
#include <exception>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "agent/cli/program.h"
#include "agent/os/files.h"
#include "agent/plan/reserved_variables.h"

namespace {

/// Secrets live in this process: no debugger of the same user reads them, no core dump holds them.
void protect_memory() {
  ::prctl(PR_SET_DUMPABLE, 0);
  // A limit of 0 does not stop a core_pattern that pipes (core(5)); 1 stops files and pipes.
  const rlimit no_core{.rlim_cur = 1, .rlim_max = 1};
  ::setrlimit(RLIMIT_CORE, &no_core);
}

/// A standard descriptor that the caller closed is kept taken: else the next file that is opened would become stdout.
/// What is written to such a one fails, and is reported, as it should be.
void keep_standard_descriptors() {
  for (const int fd : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO}) {
    if (::fcntl(fd, F_GETFD) < 0 && errno == EBADF) static_cast<void>(::open("/dev/null", O_RDONLY));
  }
}

/// The value of --token is taken out of the process's argument list, where `ps` shows it.
void hide_token(int argc, char** argv) {
  constexpr std::string_view flag = "--token";
  for (int i = 1; i < argc; ++i) {
    const std::string_view word = argv[i];
    if (word == "--") return;
    char* value = nullptr;
    if (word == flag && i + 1 < argc) value = argv[i + 1];
    if (word.starts_with("--token=")) value = argv[i] + flag.size() + 1;
    if (value != nullptr) std::memset(value, '*', std::strlen(value));
  }
}

/// The agent's own tokens, once read, are taken out of the block that /proc/PID/environ shows: a step that runs as the
/// machine's root may read it.
void hide_tokens_of_environment() {
  for (char** entry = environ; entry != nullptr && *entry != nullptr; ++entry) {
    char* equals = std::strchr(*entry, '=');
    if (equals == nullptr || !lifecycle::plan::is_own_token({*entry, static_cast<std::size_t>(equals - *entry)}))
      continue;
    std::memset(equals + 1, '*', std::strlen(equals + 1));
  }
}

int internal_error(const char* what) {
  std::fprintf(stderr,
               "error: internal error: %s [internal]\n"
               "      = this is a bug of lifecycle-agent: please report it with the command that was run\n",
               what);
  return static_cast<int>(lifecycle::cli::ExitCode::environment);
}

}  // namespace

int main(int argc, char** argv) {
  keep_standard_descriptors();
  protect_memory();
  ::mallopt(M_ARENA_MAX, 1);  // threads here only write; an arena for each cost half a millisecond
  // A reader that goes away is an error of a write, not the end of the process. Children get the default back.
  std::signal(SIGPIPE, SIG_IGN);
  std::signal(SIGXFSZ, SIG_IGN);  // so is a file that may grow no more
  try {
    const std::vector<std::string> kept(argv + (argc > 0 ? 1 : 0), argv + argc);
    hide_token(argc, argv);
    const std::vector<std::string_view> words(kept.begin(), kept.end());
    lifecycle::Environment environment = lifecycle::os::own_environment();
    hide_tokens_of_environment();
    return static_cast<int>(lifecycle::cli::run_program(words, std::move(environment)));
  } catch (const std::exception& error) {
    return internal_error(error.what());
  }
}
