#include "executors/process/syntax_probe.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <boost/asio/as_tuple.hpp>
#include <boost/asio/posix/stream_descriptor.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <memory>
#include <utility>

#include "agent/os/file_descriptor.h"
#include "executors/process/launch.h"

namespace lifecycle::process {
namespace {

namespace asio = boost::asio;

/// An unnamed file: the text needs no pipe that somebody would have to feed, and no name.
os::FileDescriptor memory_file(std::string_view text) {
  os::FileDescriptor file = above_standard(os::FileDescriptor(::memfd_create("script", MFD_CLOEXEC)));
  while (!text.empty()) {
    const ssize_t count = ::write(file.get(), text.data(), text.size());
    if (count <= 0) return {};
    text.remove_prefix(static_cast<std::size_t>(count));
  }
  ::lseek(file.get(), 0, SEEK_SET);
  return file;
}

std::string contents(const os::FileDescriptor& file) {
  std::string text;
  std::array<char, 4096> piece{};
  off_t at = 0;
  for (;;) {
    const ssize_t count = ::pread(file.get(), piece.data(), piece.size(), at);
    if (count <= 0) return text;
    text.append(piece.data(), static_cast<std::size_t>(count));
    at += count;
  }
}

/// Waits until the pidfd says that the process has ended, or for the limit.
asio::awaitable<void> wait_for_end(asio::any_io_executor executor, os::FileDescriptor pidfd, run::milliseconds limit) {
  auto timer = std::make_shared<asio::steady_timer>(executor, limit);
  asio::posix::stream_descriptor descriptor(executor, pidfd.release());
  descriptor.async_wait(asio::posix::descriptor_base::wait_read,
                        [timer](const boost::system::error_code&) { timer->cancel(); });
  auto wait = timer->async_wait(asio::as_tuple(asio::use_awaitable));
  co_await std::move(wait);
}

}  // namespace

asio::awaitable<ProbeAnswer> probe_syntax(asio::any_io_executor executor, ProcessTree& tree, std::string bash,
                                          std::string text, run::milliseconds limit) {
  ProbeAnswer answer;
  const os::FileDescriptor input = memory_file(text);
  const os::FileDescriptor messages = memory_file("");
  const os::FileDescriptor nowhere = above_standard(os::FileDescriptor(::open("/dev/null", O_WRONLY | O_CLOEXEC)));
  if (!input.is_open() || !messages.is_open() || !nowhere.is_open()) co_return answer;
  LaunchPlan plan;
  plan.program = bash;
  plan.argv = {"bash", "-O", "extglob", "-n"};
  plan.env = {"LC_ALL=C", "PATH=/usr/local/bin:/usr/bin:/bin"};
  plan.stdin_fd = input.get();
  plan.output_fd = nowhere.get();
  plan.error_fd = messages.get();
  auto launched = launch(plan);
  if (!launched) co_return answer;
  tree.own(launched->pid, false);
  co_await wait_for_end(executor, std::move(launched->pidfd), limit);
  int status = 0;
  pid_t ended = ::waitpid(launched->pid, &status, WNOHANG);
  if (ended == 0) {
    ::kill(launched->pid, SIGKILL);
    ::waitpid(launched->pid, &status, 0);
  } else if (ended == launched->pid && WIFEXITED(status)) {
    answer.exit = WEXITSTATUS(status);
    answer.messages = contents(messages);
  }
  tree.disown(launched->pid);
  co_return answer;
}

}  // namespace lifecycle::process
