// What a workflow prints never acts as a command of the CI around it (docs/neutralising.md). State is kept
// over writes; nothing is held back but an unfinished escape sequence and a CR whose LF may follow.
#pragma once

#include <memory>
#include <string_view>

#include "adapters/dialect/dialect.h"
#include "agent/base/byte_sink.h"

namespace lifecycle::dialect {

/// What the stream may still do. commands: markers of the dialect pass (--allow-workflow-commands).
/// bytes: control bytes pass, markers are broken all the same (--raw).
/// Without a dialect (plain) there is a terminal around, unless `plain_ci` says that it is a CI without words of
/// its own: it shows logs, so the byte rules of a CI hold.
struct NeutraliserOptions {
  DialectKind kind = DialectKind::plain;
  Colours colours = Colours::keep;
  bool pass_commands = false;
  bool pass_control_bytes = false;
  bool plain_ci = false;
};

class Neutraliser {
 public:
  explicit Neutraliser(NeutraliserOptions options);
  ~Neutraliser();
  Neutraliser(Neutraliser&&) noexcept;
  Neutraliser& operator=(Neutraliser&&) noexcept;

  void feed(std::string_view chunk, ByteSink& next);
  /// 20 ms passed, or the stream ended, or a line of ours follows: an unfinished escape sequence is shown, a CR
  /// becomes the line end that it is.
  void flush(ByteSink& next);
  [[nodiscard]] bool holds() const;
  /// The stream is at the start of a line (for the boundary's LF).
  [[nodiscard]] bool at_line_start() const;
  /// A line of the agent's own was written between: the stream is at a line start again.
  void line_was_ended();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace lifecycle::dialect
