// The named pipe that the shell reads as its script, seen from the writing end.
#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/posix/stream_descriptor.hpp>
#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <tl/expected.hpp>

#include "agent/os/file_descriptor.h"

namespace lifecycle::process {

class ScriptFifo {
 public:
  /// Makes it at `path`, mode 0600; the errno of what failed. The reading end is open as well until let_go(), so that
  /// neither the shell's open nor the first write has to wait for the other.
  [[nodiscard]] static tl::expected<std::unique_ptr<ScriptFifo>, int> make(const boost::asio::any_io_executor& executor,
                                                                           const std::string& path);

  /// How many bytes one write may have: they become one piece, and the pipe is "writable" again when all is taken.
  [[nodiscard]] std::size_t piece_size() const { return piece_size_; }
  /// False: the pipe holds more than one piece, so being writable does not mean that all was taken; ask unread().
  [[nodiscard]] bool tells_when_taken() const { return tells_when_taken_; }

  /// Bytes written and not yet read.
  [[nodiscard]] std::size_t unread() const;
  /// How many bytes went in: 0 when there is no room or no reader.
  std::size_t write(std::string_view bytes);
  /// No process has it open for reading any more (only after let_go).
  [[nodiscard]] bool is_abandoned() const;
  /// The shell has opened it: closes our own reading end.
  void let_go() { reader_.reset(); }
  [[nodiscard]] bool has_let_go() const { return !reader_.is_open(); }
  [[nodiscard]] bool is_open() const { return fd_ >= 0; }
  /// End of the script.
  void close();

  /// For waiting until it is writable.
  [[nodiscard]] boost::asio::posix::stream_descriptor& writer() { return writer_; }

 private:
  ScriptFifo(os::FileDescriptor reader, boost::asio::posix::stream_descriptor writer)
      : reader_(std::move(reader)), writer_(std::move(writer)) {}

  os::FileDescriptor reader_;
  boost::asio::posix::stream_descriptor writer_;
  int fd_ = -1;  // writer_'s number; -1: closed
  std::size_t piece_size_ = 4096;
  bool tells_when_taken_ = false;
};

}  // namespace lifecycle::process
