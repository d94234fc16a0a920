// The rules of the neutraliser, one class for each surrounding: a CI, a terminal, --raw.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "adapters/dialect/marker_watch.h"
#include "adapters/dialect/neutraliser.h"
#include "agent/base/byte_sink.h"
#include "agent/base/escape_sequence.h"

namespace lifecycle::dialect {

class ByteRules {
 public:
  virtual ~ByteRules() = default;
  virtual void feed(std::string_view chunk, ByteSink& next) = 0;
  virtual void flush(ByteSink& next) = 0;
  [[nodiscard]] virtual bool holds() const = 0;
  [[nodiscard]] virtual bool at_line_start() const = 0;
  virtual void line_was_ended() = 0;
};

/// The page of a CI shows it: no control bytes but TAB, LF, CRLF and colours; no marker of `kind`.
[[nodiscard]] std::unique_ptr<ByteRules> make_ci_rules(const NeutraliserOptions& options);
/// A terminal shows it: bytes pass, except what writes its clipboard (OSC 52) and what it takes as a program of
/// its own (DCS, APC).
[[nodiscard]] std::unique_ptr<ByteRules> make_terminal_rules();
/// Control bytes pass; markers of `kind` are broken. plain: everything passes.
[[nodiscard]] std::unique_ptr<ByteRules> make_raw_rules(DialectKind kind);

/// `\x1b`
[[nodiscard]] std::string shown_byte(char byte);

}  // namespace lifecycle::dialect
