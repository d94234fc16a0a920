// The child's way from vfork to exec. A fork would copy the agent's page tables and then fault on each page that either
// side touches, which took longer than all the rest of a short job. Of Boost.Process 1.81 only the launcher's outline
// is used; the rest of it is passed by, for these reasons (boostorg/process 1.81):
//  - on failure its child calls exit(): the parent's unflushed output is printed twice, destructors run twice. So the
//    one initialiser calls execve itself and leaves by _exit(127).
//  - it resets neither the signal mask nor dispositions; both survive exec, and bash cannot undo an ignored SIGPIPE.
//  - its process object sends SIGKILL and blocks in its destructor, its wait reaps at once. A reaped leader's id may be
//    another's, so kill(-id) would be unsafe: the object is detached and the caller waits on a pidfd of its own.
//  - descriptors between those that it keeps stay open; close_range marks them all.
//  - in the child it lets Asio make its reactor anew; after a vfork that would be the parent's. So the launcher gets a
//    context of its own, which has no reactor then.
// Until its exec the child runs in the parent's memory while the parent's thread waits: only async-signal-safe calls,
// no lock, nothing written but the child's own stack.
#include "executors/process/launch.h"

#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <boost/asio/io_context.hpp>
#include <boost/process/v2/posix/vfork_launcher.hpp>
#include <boost/process/v2/process.hpp>
#include <cerrno>
#include <utility>

namespace lifecycle::process {
namespace {

namespace bp = boost::process::v2;

std::vector<char*> pointers(const std::vector<std::string>& texts) {
  std::vector<char*> result;
  result.reserve(texts.size() + 1);
  for (const std::string& text : texts) result.push_back(const_cast<char*>(text.c_str()));
  result.push_back(nullptr);
  return result;
}

/// Why there will be no exec, through a pipe that exec closes; nothing can be done if even that write fails.
void tell(int pipe, LaunchStage stage, int error) {
  const LaunchFailure report{stage, error};
  [[maybe_unused]] const auto written = ::write(pipe, &report, sizeof report);
}

/// In a namespace whose mounts no other sees, while it goes on to see those of the agent's.
bool bind_directory(const char* from, const char* to) {
  return ::unshare(CLONE_NEWNS) == 0 && ::mount("none", "/", nullptr, MS_REC | MS_SLAVE, nullptr) == 0 &&
         ::mount(from, to, nullptr, MS_BIND | MS_REC, nullptr) == 0;
}

/// A limit of 1 stops core files and, unlike 0, also the pipes of core_pattern (kernel, fs/coredump.c).
void forbid_core_dumps() {
  rlimit limit{};
  if (::getrlimit(RLIMIT_CORE, &limit) != 0) return;
  limit.rlim_cur = limit.rlim_max = std::min<rlim_t>(1, limit.rlim_max);
  ::setrlimit(RLIMIT_CORE, &limit);
}

void reset_signals(bool foreground) {
  struct sigaction action{};
  action.sa_handler = SIG_DFL;
  for (int signal = 1; signal < NSIG; ++signal) ::sigaction(signal, &action, nullptr);
  if (foreground) {
    // Nobody could continue a stopped command: the agent that waits for it is no shell.
    action.sa_handler = SIG_IGN;
    ::sigaction(SIGTSTP, &action, nullptr);
  }
  sigset_t none;
  sigemptyset(&none);
  ::sigprocmask(SIG_SETMASK, &none, nullptr);
}

/// The one initialiser of the launcher; its on_exec_setup does not return.
class ChildSetup {
 public:
  ChildSetup(const LaunchPlan& plan, int report_pipe)
      : plan_(plan), argv_(pointers(plan.argv)), env_(pointers(plan.env)), report_pipe_(report_pipe) {}

  template <class Launcher>
  bp::error_code on_exec_setup(Launcher& /*launcher*/, const bp::filesystem::path& /*program*/,
                               const char* const* const& /*argv*/) {
    become_child();
    ::_exit(127);
  }

 private:
  /// Returns only when it failed, and has told so.
  void become_child() {
    if (plan_.own_session) {
      ::setsid();
    } else {
      ::setpgid(0, 0);
    }
    ::prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (::getppid() != parent_) return;
    if (plan_.foreground) ::tcsetpgrp(plan_.stdin_fd, ::getpid());
    if (plan_.cgroup_procs >= 0) {
      [[maybe_unused]] const auto written = ::write(plan_.cgroup_procs, "0", 1);
    }
    forbid_core_dumps();
    if (plan_.stdin_fd != 0) ::dup2(plan_.stdin_fd, 0);
    if (plan_.output_fd != 1) ::dup2(plan_.output_fd, 1);
    ::dup2(plan_.error_fd >= 0 ? plan_.error_fd : 1, 2);
    if (!plan_.bind_from.empty() && !bind_directory(plan_.bind_from.c_str(), plan_.bind_to.c_str())) {
      tell(report_pipe_, LaunchStage::mount, errno);
      return;
    }
    if (!plan_.workdir.empty() && ::chdir(plan_.workdir.c_str()) != 0) {
      tell(report_pipe_, LaunchStage::workdir, errno);
      return;
    }
    ::syscall(SYS_close_range, 3U, ~0U, 4U /* CLOSE_RANGE_CLOEXEC */);
    reset_signals(plan_.foreground);
    ::execve(plan_.program.c_str(), argv_.data(), env_.data());
    tell(report_pipe_, LaunchStage::exec, errno);
  }

  const LaunchPlan& plan_;
  std::vector<char*> argv_;
  std::vector<char*> env_;
  int report_pipe_;
  pid_t parent_ = ::getpid();
};

/// A signal handler of the agent must not run in the child before its dispositions are reset.
class AllSignalsBlocked {
 public:
  AllSignalsBlocked() {
    sigset_t all;
    sigfillset(&all);
    ::pthread_sigmask(SIG_SETMASK, &all, &before_);
  }
  AllSignalsBlocked(const AllSignalsBlocked&) = delete;
  AllSignalsBlocked& operator=(const AllSignalsBlocked&) = delete;
  ~AllSignalsBlocked() { ::pthread_sigmask(SIG_SETMASK, &before_, nullptr); }

 private:
  sigset_t before_{};
};

LaunchFailure read_report(int pipe, int launch_error) {
  LaunchFailure report;
  if (::read(pipe, &report, sizeof report) == static_cast<ssize_t>(sizeof report)) return report;
  return {LaunchStage::fork, launch_error};
}

}  // namespace

tl::expected<Launched, LaunchFailure> launch(const LaunchPlan& plan) {
  std::array<int, 2> ends{};
  if (::pipe2(ends.data(), O_CLOEXEC) != 0) return tl::unexpected(LaunchFailure{LaunchStage::fork, errno});
  const os::FileDescriptor report_reader = above_standard(os::FileDescriptor(ends[0]));
  os::FileDescriptor report_writer = above_standard(os::FileDescriptor(ends[1]));

  bp::error_code error;
  bp::posix::vfork_launcher launcher;
  try {
    const AllSignalsBlocked blocked;
    ChildSetup setup(plan, report_writer.get());
    const std::vector<std::string> unused_arguments;
    boost::asio::io_context without_reactor;
    auto process =
        launcher(without_reactor.get_executor(), error, bp::filesystem::path(plan.program), unused_arguments, setup);
    process.detach();
  } catch (const boost::system::system_error& thrown) {
    error = thrown.code();  // no pidfd for a child that runs
    if (launcher.pid > 0) ::kill(launcher.pid, SIGKILL);
  }
  report_writer.reset();
  Launched launched{.pid = launcher.pid, .pidfd = {}};
  const LaunchFailure failure = read_report(report_reader.get(), error.value());
  if (!error && failure.error == 0) {
    ::setpgid(launched.pid, launched.pid);  // refused after its exec: then the child has done it
    launched.pidfd.reset(static_cast<int>(::syscall(SYS_pidfd_open, launched.pid, 0)));
    if (launched.pidfd.is_open()) return launched;
    error.assign(errno, boost::system::system_category());
    ::kill(launched.pid, SIGKILL);
  }
  if (launched.pid > 0) ::waitpid(launched.pid, nullptr, 0);
  return tl::unexpected(failure.error != 0 ? failure : LaunchFailure{LaunchStage::fork, error.value()});
}

std::optional<std::string> find_program(const std::string& name, std::string_view path) {
  if (name.find('/') != std::string::npos) return name;
  while (!name.empty()) {
    const auto colon = path.find(':');
    const auto directory = path.substr(0, colon);
    std::string candidate = directory.empty() ? "./" + name : std::string(directory) + "/" + name;
    struct stat status{};
    if (::stat(candidate.c_str(), &status) == 0 && S_ISREG(status.st_mode) && ::access(candidate.c_str(), X_OK) == 0) {
      return candidate;
    }
    if (colon == std::string_view::npos) break;
    path.remove_prefix(colon + 1);
  }
  return std::nullopt;
}

os::FileDescriptor above_standard(os::FileDescriptor file) {
  if (file.get() > 2 || !file.is_open()) return file;
  return os::FileDescriptor(::fcntl(file.get(), F_DUPFD_CLOEXEC, 3));
}

}  // namespace lifecycle::process
