// Our stdout behind a bounded ring and a thread for the writes that block: a slow reader slows the workflow, a dead one
// drops the console and nothing else. The descriptor is never made non-blocking: it is shared.
#pragma once

#include <chrono>
#include <cstddef>
#include <functional>
#include <memory>
#include <string_view>
#include <thread>

#include "agent/base/byte_sink.h"

namespace lifecycle::output {

class ConsoleWriter final : public ByteSink {
 public:
  /// Writes to `fd` (not owned); SIGPIPE is to be ignored, an end of the reader is EPIPE here. The thread starts with
  /// the first byte that cannot be written at once.
  explicit ConsoleWriter(int fd, std::size_t ring_bytes = std::size_t{1} << 20);
  ~ConsoleWriter() override;  // flushes, unless abandoned
  ConsoleWriter(const ConsoleWriter&) = delete;
  ConsoleWriter& operator=(const ConsoleWriter&) = delete;

  /// Copies into the ring; blocks only when it is full (call sites that may not block ask has_room first).
  void take(std::string_view bytes) override;
  /// At least half of the ring is free, or the reader is gone.
  [[nodiscard]] bool has_room() const;
  /// Calls `ready` once from the writer's thread when has_room() holds (at once if it does).
  void when_room(std::function<void()> ready);
  /// Waits until everything is written or the reader is gone; false when bytes were lost to a dead reader.
  bool flush();
  /// The same for at most `limit`; false also when the reader has not taken everything by then.
  bool flush_within(std::chrono::milliseconds limit);
  /// The reader is stuck and the agent must end: the destructor waits for nothing, what is left is lost.
  void abandon();
  /// The reader is gone (EPIPE) or the disk is full; the errno, 0: all well.
  [[nodiscard]] int error() const;

 private:
  struct State;
  class Hurry;
  std::shared_ptr<State> state_;
  std::thread thread_;
  bool abandoned_ = false;
};

}  // namespace lifecycle::output
