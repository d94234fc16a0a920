// The one command that the agent takes out of a workflow's output: `::add-mask::VALUE`, also `##[add-mask]VALUE` and
// `##vso[task.setsecret]VALUE`, at the start of a line. The line is swallowed, the value registered before the
// bytes behind it are searched.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

#include "agent/base/byte_sink.h"

namespace lifecycle::output {

class CommandParser {
 public:
  /// `on_mask` gets each value, decoded.
  explicit CommandParser(std::function<void(std::string_view value)> on_mask) : on_mask_(std::move(on_mask)) {}

  /// Hands on what belongs to no such line. A line start is held while it may become one.
  void feed(std::string_view chunk, ByteSink& next);
  /// Nothing arrived for 20 ms: at most 3 bytes of a command, and blanks, are shown, and stay recognised.
  void pause(ByteSink& next);
  /// A line of the agent's own follows: all that is no value is shown, and stays recognised.
  void boundary(ByteSink& next);
  /// The stream ended; an unfinished value counts.
  void finish(ByteSink& next);
  [[nodiscard]] bool holds() const { return shown_ < begun_.size(); }

 private:
  enum class Place { inside_line, line_start, value };
  enum class Fit { none, partly, whole };

  std::size_t pass(std::string_view chunk, std::size_t from, ByteSink& next);
  std::size_t go_on(std::string_view chunk, std::size_t at, ByteSink& next);
  std::size_t swallow(std::string_view chunk, std::size_t at, ByteSink& next);
  [[nodiscard]] Fit fit(std::string_view text) const;
  void release(ByteSink& next);
  void end_value();

  std::function<void(std::string_view)> on_mask_;
  Place place_ = Place::line_start;
  std::string begun_;       // a line start that may become a command: blanks, then a part of it
  std::size_t shown_ = 0;   // of begun_
  bool left_open_ = false;  // a beginning of the swallowed line was shown: its line end must be, too
  std::string value_;
  bool line_feed_is_spent_ = false;  // the line ended in CR; an LF right behind it belongs to it
};

/// `%0A`, `%0D` and `%25`, in this order and each once.
[[nodiscard]] std::string decode_value(std::string_view text);

}  // namespace lifecycle::output
