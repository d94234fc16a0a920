// Where in a text, as the CI reads it, the next byte would complete one of the CI's markers. Only looks: the
// neutraliser decides what is written.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "adapters/dialect/dialect.h"

namespace lifecycle::dialect {

/// Fed with the bytes that are text to the CI, colours left out. Lines begin after LF and CR; before a marker at
/// the start of a line stands only Unicode white space (.NET's TrimStart() in the runners of GitHub and Azure).
class MarkerWatch {
 public:
  explicit MarkerWatch(DialectKind kind) : kind_(kind) { start_anew(); }

  /// `next` would complete a marker that the dialect reads.
  [[nodiscard]] bool completes(char next) const;
  void see(char c);
  /// Many bytes of which none is a control byte other than TAB and LF, none completes a marker, and none that
  /// can begin a marker or white space stands first in a line.
  void see_harmless(std::string_view text);

  /// Nothing of a marker is begun, so that see_harmless() may follow.
  [[nodiscard]] bool is_settled() const { return line_ == Line::inside || (line_ == Line::start && white_ == 0); }
  /// The line holds white space at most.
  [[nodiscard]] bool is_before_line() const { return line_ == Line::start && white_ == 0; }
  /// The last byte, in lower case; LF at the beginning.
  [[nodiscard]] char last() const { return recent_.back(); }
  /// A line was ended by someone else.
  void start_anew();

 private:
  /// What the line holds so far: white space only, one or two equal bytes of a marker, other text.
  enum class Line { start, one, two, inside };

  [[nodiscard]] bool ends_with(std::string_view stem) const;
  void start_line();
  void see_in_line(char c);
  [[nodiscard]] bool goes_on_white(char c);

  DialectKind kind_;
  Line line_ = Line::start;
  char marker_byte_ = 0;
  /// The bytes of a white space character that is not complete, big end first; 0: none.
  std::uint32_t white_ = 0;
  /// The last bytes, in lower case. As long as the longest stem, `section_start`.
  std::array<char, 16> recent_;
};

}  // namespace lifecycle::dialect
