#include "executors/process/script_fifo.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <utility>

namespace lifecycle::process {

tl::expected<std::unique_ptr<ScriptFifo>, int> ScriptFifo::make(const boost::asio::any_io_executor& executor,
                                                                const std::string& path) {
  if (::mkfifo(path.c_str(), 0600) != 0) return tl::unexpected(errno);
  os::FileDescriptor reader(::open(path.c_str(), O_RDONLY | O_NONBLOCK | O_CLOEXEC));
  if (!reader.is_open()) return tl::unexpected(errno);
  os::FileDescriptor writer(::open(path.c_str(), O_WRONLY | O_NONBLOCK | O_CLOEXEC));
  if (!writer.is_open()) return tl::unexpected(errno);
  const auto page = static_cast<std::size_t>(::sysconf(_SC_PAGESIZE));
  const int size = ::fcntl(writer.get(), F_SETPIPE_SZ, static_cast<int>(page));
  boost::asio::posix::stream_descriptor descriptor(executor, writer.release());
  std::unique_ptr<ScriptFifo> fifo(new ScriptFifo(std::move(reader), std::move(descriptor)));
  fifo->fd_ = fifo->writer_.native_handle();
  fifo->piece_size_ = std::min<std::size_t>(page, 65536);
  fifo->tells_when_taken_ = size > 0 && static_cast<std::size_t>(size) == page;
  return fifo;
}

std::size_t ScriptFifo::unread() const {
  int count = 0;
  if (fd_ < 0 || ::ioctl(fd_, FIONREAD, &count) != 0) return 0;
  return static_cast<std::size_t>(count);
}

std::size_t ScriptFifo::write(std::string_view bytes) {
  for (;;) {
    const ssize_t count = ::write(fd_, bytes.data(), bytes.size());
    if (count >= 0) return static_cast<std::size_t>(count);
    if (errno != EINTR) return 0;
  }
}

bool ScriptFifo::is_abandoned() const {
  pollfd ask{.fd = fd_, .events = POLLOUT, .revents = 0};
  return ::poll(&ask, 1, 0) == 1 && (ask.revents & POLLERR) != 0;
}

void ScriptFifo::close() {
  boost::system::error_code ignored;
  writer_.close(ignored);
  fd_ = -1;
}

}  // namespace lifecycle::process
