#include "agent/ops/kept_lines.h"

#include <algorithm>
#include <limits>

namespace lifecycle::ops {
namespace {

/// Blanks that begin the line; all of it when nothing else is in it.
struct Line {
  std::size_t blanks = 0;
  bool is_blank = false;
  bool is_ended = false;  // the file's last line may not be
};

Line take_line(std::string_view& text) {
  const std::size_t end = text.find('\n');
  std::string_view line = text.substr(0, end);
  text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
  if (line.ends_with('\r')) line.remove_suffix(1);
  const std::size_t blanks = std::min(line.find_first_not_of(' '), line.size());
  return {blanks, blanks == line.size(), end != std::string_view::npos};
}

}  // namespace

std::optional<std::size_t> kept_line_ends(std::string_view text, std::size_t header, std::size_t parent) {
  constexpr std::size_t unknown = std::numeric_limits<std::size_t>::max();
  text.remove_prefix(std::min(header, text.size()));
  if (!text.starts_with('>')) return std::nullopt;
  std::size_t indent = unknown;
  bool keeps = false;
  for (const char c : text.substr(1, 2)) {
    if (c == '+') keeps = true;
    if (c >= '1' && c <= '9') indent = parent + static_cast<std::size_t>(c - '0');
    if (c != '+' && (c < '1' || c > '9')) break;
  }
  if (!keeps) return std::nullopt;
  take_line(text);
  std::size_t line_ends = 0;
  while (!text.empty()) {
    const Line line = take_line(text);
    // Without an indicator the first line that holds something says how far the block stands in.
    if (indent == unknown && !line.is_blank && line.blanks > parent) indent = line.blanks;
    if (!line.is_blank && (indent == unknown || line.blanks < indent)) break;
    const bool holds_text = !line.is_blank || (indent != unknown && line.blanks > indent);
    line_ends = (holds_text ? 0 : line_ends) + (line.is_ended ? 1 : 0);
  }
  return line_ends;
}

}  // namespace lifecycle::ops
