// The program's own words: results to stdout, everything else to stderr. No iostream: a static initialiser less.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "adapters/dialect/dialect.h"
#include "agent/base/byte_sink.h"
#include "agent/base/diagnostic.h"
#include "agent/base/environment.h"
#include "agent/cli/render_diagnostic.h"

namespace lifecycle::cli {

enum class ColourChoice { automatic, always, never };

/// auto, always or never.
[[nodiscard]] ColourChoice colour_choice(std::string_view word);

/// What the user says of colours: the flag, else NO_COLOR (no-color.org: any value that is not empty), else FORCE_COLOR
/// (force-color.org; Node's 0 and false mean none); nothing: whoever asks decides by where they would be shown.
[[nodiscard]] std::optional<bool> colours_asked_for(ColourChoice choice, const Environment& environment);

class ProgramOutput {
 public:
  ProgramOutput(int out, int err, ColourChoice choice, const Environment& environment);

  /// To stdout. A failure is remembered (error()), so that a command need not look after each line.
  void print(std::string_view text);
  /// Words for a person, to stdout: nothing in them acts as a command of the CI that is spoken to.
  void print_words(std::string_view text);
  /// To stderr, likewise harmless.
  void note(std::string_view text) const;
  void say(const Diagnostic& diagnostic) const;
  /// From now on what goes to stderr goes there instead (nullptr: to stderr again).
  void divert_notes(ByteSink* sink) { notes_ = sink; }

  /// The CI whose log this is, as soon as it is known.
  void speak(dialect::DialectKind kind) { kind_ = kind; }

  [[nodiscard]] dialect::DialectKind dialect() const { return kind_; }

  /// Whether stdout shows colours.
  [[nodiscard]] Paint paint() const { return out_paint_; }
  /// Of the first write to stdout that failed; 0: none did.
  [[nodiscard]] int error() const { return error_; }
  [[nodiscard]] int out() const { return out_; }

 private:
  int out_;
  int err_;
  Paint out_paint_;
  Paint err_paint_;
  int error_ = 0;
  ByteSink* notes_ = nullptr;
  dialect::DialectKind kind_ = dialect::DialectKind::plain;
};

}  // namespace lifecycle::cli
