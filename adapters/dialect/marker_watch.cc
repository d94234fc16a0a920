#include "adapters/dialect/marker_watch.h"

#include <algorithm>
#include <initializer_list>

#include "agent/base/ascii.h"

namespace lifecycle::dialect {
namespace {

/// White space beyond ASCII, as UTF-8: U+0085, U+00A0, U+1680, U+2000 to U+200A, U+2028, U+2029, U+202F, U+205F,
/// U+3000; and U+FEFF, which a reader of text skips at the beginning.
bool is_wide_white(std::uint32_t bytes) {
  if (bytes >= 0xe28080 && bytes <= 0xe2808a) return true;
  for (const std::uint32_t white :
       {0xc285U, 0xc2a0U, 0xe19a80U, 0xe280a8U, 0xe280a9U, 0xe280afU, 0xe2819fU, 0xe38080U, 0xefbbbfU}) {
    if (bytes == white) return true;
  }
  return false;
}

bool begins_wide_white(std::uint32_t bytes) {
  for (const std::uint32_t begin : {0xc2U, 0xe1U, 0xe2U, 0xe3U, 0xefU, 0xe19aU, 0xe280U, 0xe281U, 0xe380U, 0xefbbU}) {
    if (bytes == begin) return true;
  }
  return false;
}

bool is_white(char c) { return c == ' ' || c == '\t' || c == '\v' || c == '\f'; }

bool can_begin_line_marker(DialectKind kind, char c) {
  if (kind == DialectKind::actions) return c == ':';
  return kind == DialectKind::buildkite && (c == '-' || c == '+' || c == '~' || c == '^');
}

}  // namespace

bool MarkerWatch::completes(char next) const {
  const auto any = [this](std::initializer_list<std::string_view> stems) {
    return std::any_of(stems.begin(), stems.end(), [this](std::string_view stem) { return ends_with(stem); });
  };
  switch (kind_) {
    case DialectKind::actions:
      return (next == ':' && line_ == Line::one) || (next == '[' && any({"##"}));
    case DialectKind::azure:
      return next == '[' && any({"##", "##vso"});
    case DialectKind::teamcity:
      return next == '[' && any({"##teamcity"});
    case DialectKind::travis:
      return next == ':' && any({"fold:start", "fold:end", "time:start", "time:end"});
    case DialectKind::gitlab:
      return next == ':' && any({"section_start", "section_end"});
    case DialectKind::buildkite:
      return line_ == Line::two && next == marker_byte_;
    case DialectKind::plain:
      return false;
  }
  return false;
}

void MarkerWatch::see(char c) {
  see_in_line(c);
  std::copy(recent_.begin() + 1, recent_.end(), recent_.begin());
  recent_.back() = to_lower(c);
}

void MarkerWatch::see_in_line(char c) {
  if (c == '\n' || c == '\r') {
    start_line();
    return;
  }
  switch (line_) {
    case Line::start:
      if (white_ != 0 || static_cast<unsigned char>(c) >= 0x80) {
        if (!goes_on_white(c)) line_ = Line::inside;
      } else if (!is_white(c)) {
        line_ = can_begin_line_marker(kind_, c) ? Line::one : Line::inside;
        marker_byte_ = c;
      }
      break;
    case Line::one:
      line_ = c == marker_byte_ && kind_ == DialectKind::buildkite ? Line::two : Line::inside;
      break;
    case Line::two:
    case Line::inside:
      line_ = Line::inside;
      break;
  }
}

/// Whether the byte completes white space beyond ASCII or may still become some.
bool MarkerWatch::goes_on_white(char c) {
  const std::uint32_t bytes = (white_ << 8) | static_cast<unsigned char>(c);
  white_ = 0;
  if (is_wide_white(bytes)) return true;
  if (!begins_wide_white(bytes)) return false;
  white_ = bytes;
  return true;
}

void MarkerWatch::see_harmless(std::string_view text) {
  if (text.empty()) return;
  const std::string_view end = text.substr(text.size() - std::min(text.size(), recent_.size()));
  const auto kept = static_cast<std::ptrdiff_t>(end.size());
  std::copy(recent_.begin() + kept, recent_.end(), recent_.begin());
  std::transform(end.begin(), end.end(), recent_.end() - kept, to_lower);
  line_ = text.back() == '\n' ? Line::start : Line::inside;
  white_ = 0;
}

void MarkerWatch::start_line() {
  line_ = Line::start;
  white_ = 0;
}

void MarkerWatch::start_anew() {
  start_line();
  recent_.fill('\n');
}

bool MarkerWatch::ends_with(std::string_view stem) const {
  return std::equal(stem.rbegin(), stem.rend(), recent_.rbegin());
}

}  // namespace lifecycle::dialect
