// Whose turn it is to write: several streams share the console and their lines never mix. A stream whose
// unfinished line is shown holds the floor; the others wait, and their jobs with them.
#pragma once

#include <cstdint>
#include <deque>
#include <functional>
#include <string>
#include <string_view>

#include "agent/base/byte_sink.h"

namespace lifecycle::run {

class Voice;

/// Whether an unfinished line that must give way gets an LF of ours (not in --raw, which adds no byte).
enum class LineBreaks { ours, none };

class ConsoleFloor {
 public:
  ConsoleFloor(ByteSink& console, LineBreaks breaks) : console_(console), breaks_(breaks) {}
  ConsoleFloor(const ConsoleFloor&) = delete;
  ConsoleFloor& operator=(const ConsoleFloor&) = delete;

  /// Called when a voice begins to wait: 100 ms without a byte of the holder later, interrupt().
  std::function<void()> on_contention;

  [[nodiscard]] bool is_contended() const { return holder_ != nullptr && !waiting_.empty(); }
  /// Bytes that were written; unchanged for 100 ms means that the holder is silent.
  [[nodiscard]] std::uint64_t written() const { return written_; }
  /// Ends the holder's unfinished line and lets those who wait speak.
  void interrupt();

 private:
  friend class Voice;
  void write(std::string_view bytes);
  void wait_for_turn(Voice& voice);
  void serve_waiting();
  void forget(Voice& voice);

  ByteSink& console_;
  LineBreaks breaks_;
  Voice* holder_ = nullptr;     // its line on the console is unfinished
  std::deque<Voice*> waiting_;  // in the order of their turns
  std::uint64_t written_ = 0;
};

/// One stream of lines. The floor outlives its voices.
class Voice final : public ByteSink {
 public:
  /// `prefix` begins each line; empty for a job that has the console to itself.
  Voice(ConsoleFloor& floor, std::string prefix) : floor_(floor), prefix_(std::move(prefix)) {}
  ~Voice() override { close(); }
  Voice(const Voice&) = delete;
  Voice& operator=(const Voice&) = delete;

  void take(std::string_view bytes) override;
  /// Bytes that wait for the floor.
  [[nodiscard]] std::size_t waiting() const { return pending_.size(); }
  /// The next byte begins a line.
  [[nodiscard]] bool at_line_start() const { return at_line_start_; }
  /// Writes what waits, now, and gives up the floor.
  void close();
  /// Called when what waited was written.
  std::function<void()> on_drained;

 private:
  friend class ConsoleFloor;
  void speak(std::string_view bytes);  // it has the floor
  void emit(std::string_view bytes);
  void speak_pending();

  ConsoleFloor& floor_;
  std::string prefix_;
  std::string pending_;
  bool at_line_start_ = true;  // as this stream sees it
  bool prefix_due_ = true;     // as the console has it
  bool line_broken_ = false;   // its line got an LF of ours; its own LF, if it comes next, is that one
};

}  // namespace lifecycle::run
