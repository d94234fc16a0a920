// The text of a file with its lines: byte offsets become places that a person can find.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "agent/base/diagnostic.h"

namespace lifecycle::ops {

class SourceText {
 public:
  /// A byte order mark at the start belongs to no line and is left out. The text must outlive this.
  SourceText(std::string_view text, std::string_view path);

  [[nodiscard]] std::string_view text() const { return text_; }
  [[nodiscard]] const std::string& path() const { return path_; }

  /// The place of the bytes [offset, end): line and column of the first, length in characters, at least 1.
  [[nodiscard]] SourcePlace place(std::size_t offset, std::size_t end) const;

  /// 1-based line of an offset; the offset one past the end belongs to the last line.
  [[nodiscard]] int line_of(std::size_t offset) const;
  [[nodiscard]] std::size_t line_start(int line) const { return starts_[static_cast<std::size_t>(line) - 1]; }
  /// A line without its end.
  [[nodiscard]] std::string_view line(int number) const;
  [[nodiscard]] int line_count() const { return static_cast<int>(starts_.size()); }

  /// A line as a message shows it: bytes that are no text become U+FFFD; empty when it is over 4 KiB.
  [[nodiscard]] std::string shown_line(int number) const;

 private:
  [[nodiscard]] std::size_t characters_before(std::size_t offset) const;

  std::string_view text_;
  std::string path_;
  std::vector<std::uint32_t> starts_;   // of every line
  std::vector<std::uint32_t> counted_;  // characters before every 1024th byte, so that a long line stays cheap
};

/// The end of the token that begins at `offset` in YAML text, not beyond its first line: a quoted or plain
/// text (`plain`: its value, empty when unknown), an alias, the header of a block text, a bracket.
[[nodiscard]] std::size_t token_end(std::string_view text, std::size_t offset, std::string_view plain);

/// Where a quoted text that begins at `offset` is closed, on whatever line: behind its quote; npos: nowhere.
[[nodiscard]] std::size_t quoted_close(std::string_view text, std::size_t offset);

/// Where the content of a node begins: behind its `&anchor` and `!tag`.
[[nodiscard]] std::size_t skip_properties(std::string_view text, std::size_t offset);

/// The byte range in `text` of the characters [first, first + count) of the value of the one-line text that
/// begins at `offset`; false where escapes or folding leave no such range.
[[nodiscard]] bool find_within(std::string_view text, std::size_t offset, std::string_view value, int first, int count,
                               std::size_t& begin, std::size_t& end);

}  // namespace lifecycle::ops
