#include "agent/cli/render_diagnostic.h"

#include <algorithm>
#include <vector>

#include "adapters/dialect/dialect.h"
#include "agent/base/visible_text.h"
#include "agent/cli/display_width.h"

namespace lifecycle::cli {
namespace {

constexpr int gutter_width = 5;
constexpr int shown_columns = 140;  // of a longer line only the neighbourhood of the token is shown
constexpr int shown_before = 60;

std::string in_colour(std::string_view text, std::string_view sgr, Paint paint) {
  if (paint == Paint::plain) return std::string(text);
  return "\x1b[" + std::string(sgr) + "m" + std::string(text) + "\x1b[0m";
}

std::string_view severity_colour(Severity severity) {
  switch (severity) {
    case Severity::note:
      return "1;36";
    case Severity::warning:
      return "1;33";
    case Severity::error:
      return "1;31";
  }
  return "0";
}

std::string place_text(const SourcePlace& place) {
  if (place.file.empty()) return {};
  std::string text = visible(place.file);
  if (place.line > 0) text += ":" + std::to_string(place.line);
  if (place.line > 0 && place.column > 0) text += ":" + std::to_string(place.column);
  return text + ": ";
}

/// The part of a line that is shown, and where the carets go in it.
struct Excerpt {
  std::string text;
  int caret = 0;  // columns before the first
  int carets = 1;
};

int columns(std::span<const Cell> cells) {
  int sum = 0;
  for (const Cell& cell : cells) sum += cell.width;
  return sum;
}

Excerpt excerpt_of(std::string_view line, int column, int length) {
  const std::vector<Cell> cells = cells_of(line);
  const std::size_t start = std::min(cells.size(), static_cast<std::size_t>(std::max(column - 1, 0)));
  const std::size_t end = std::min(cells.size(), start + static_cast<std::size_t>(std::max(length, 1)));
  std::size_t first = 0;
  Excerpt excerpt;
  int before = columns(std::span(cells).first(start));
  if (columns(cells) > shown_columns) {
    for (; first < start && before > shown_before; ++first) before -= cells[first].width;
    if (first > 0) excerpt.text = "…";
  }
  int used = first > 0 ? 1 : 0;
  excerpt.caret = used + before;
  std::size_t last = first;
  for (; last < cells.size() && used + cells[last].width <= shown_columns; ++last) {
    used += cells[last].width;
    excerpt.text += cells[last].text;
  }
  const bool cut = last < cells.size();
  if (cut) excerpt.text += "…";
  const std::size_t marked = std::min(end, last);
  excerpt.carets = marked > start ? columns(std::span(cells).subspan(start, marked - start)) : 1;
  return excerpt;
}

std::string source_text(const Diagnostic& diagnostic, Paint paint) {
  // Only the neighbourhood of the token is looked at: a line may be megabytes long.
  constexpr std::size_t longest = std::size_t{1} << 16;
  const std::string_view line = std::string_view(diagnostic.source_line);
  if (line.empty() || diagnostic.place.line <= 0) return {};
  if (line.size() > longest && diagnostic.place.column > static_cast<int>(longest / 4)) return {};
  const Excerpt excerpt = excerpt_of(line.substr(0, longest), diagnostic.place.column, diagnostic.place.length);
  std::string number = std::to_string(diagnostic.place.line);
  if (number.size() < gutter_width) number.insert(0, gutter_width - number.size(), ' ');
  std::string text = number + " | " + excerpt.text + "\n";
  if (diagnostic.place.column <= 0) return text;
  std::string carets = "^" + std::string(static_cast<std::size_t>(std::max(excerpt.carets - 1, 0)), '~');
  text += std::string(number.size(), ' ') + " | " + std::string(static_cast<std::size_t>(excerpt.caret), ' ');
  return text + in_colour(carets, severity_colour(diagnostic.severity), paint) + "\n";
}

std::string hint_text(std::string_view hint) {
  std::string text;
  while (!hint.empty()) {
    const auto end = hint.find('\n');
    text += std::string(gutter_width + 1, ' ') + "= " + visible(hint.substr(0, end)) + "\n";
    hint = end == std::string_view::npos ? std::string_view{} : hint.substr(end + 1);
  }
  return text;
}

}  // namespace

std::string_view print_severity(Severity severity) {
  switch (severity) {
    case Severity::note:
      return "note";
    case Severity::warning:
      return "warning";
    case Severity::error:
      return "error";
  }
  return {};
}

std::string render_human(const Diagnostic& diagnostic, Paint paint) {
  std::string text = in_colour(place_text(diagnostic.place), "1", paint);
  text +=
      in_colour(std::string(print_severity(diagnostic.severity)) + ":", severity_colour(diagnostic.severity), paint);
  text += " " + visible(diagnostic.message);
  if (!diagnostic.code.empty()) text += " [" + std::string(diagnostic.code) + "]";
  return text + "\n" + source_text(diagnostic, paint) + hint_text(diagnostic.hint);
}

std::string render_github(std::span<const Diagnostic> diagnostics) {
  std::string text;
  for (const dialect::NativeAction& action : dialect::dialect_of("github-actions").annotate(diagnostics, {})) {
    if (const auto* line = std::get_if<dialect::PrintLine>(&action)) text += line->text;
  }
  return text;
}

}  // namespace lifecycle::cli
