#include "adapters/ci/java_properties.h"

#include <cstdint>
#include <optional>

namespace lifecycle::ci {
namespace {

constexpr std::uint32_t replacement = 0xFFFD;

bool is_properties_blank(char c) { return c == ' ' || c == '\t' || c == '\f'; }
bool is_line_end(char c) { return c == '\n' || c == '\r'; }

std::string_view after_blanks(std::string_view text) {
  while (!text.empty() && is_properties_blank(text.front())) text.remove_prefix(1);
  return text;
}

/// Takes the natural line off `rest`: up to a line feed, a carriage return or both.
std::string_view take_natural_line(std::string_view& rest) {
  std::size_t end = 0;
  while (end < rest.size() && !is_line_end(rest[end])) ++end;
  const std::string_view line = rest.substr(0, end);
  const bool pair = rest.substr(end).starts_with("\r\n");
  rest.remove_prefix(end == rest.size() ? end : end + (pair ? 2 : 1));
  return line;
}

/// An odd number of backslashes at the end: the last one escapes the line's end.
bool is_continued(std::string_view line) {
  std::size_t backslashes = 0;
  while (backslashes < line.size() && line[line.size() - 1 - backslashes] == '\\') ++backslashes;
  return backslashes % 2 == 1;
}

/// The next line with what is continued on the lines below it, without the blanks before each; empty for a blank line
/// and for a comment, which cannot be continued.
std::string take_logical_line(std::string_view& rest) {
  std::string_view part = after_blanks(take_natural_line(rest));
  if (part.starts_with('#') || part.starts_with('!')) return {};
  std::string line;
  while (is_continued(part)) {
    line += part.substr(0, part.size() - 1);
    part = after_blanks(take_natural_line(rest));  // empty at the end of the text
  }
  return line.append(part);
}

/// Four hex digits; nothing where they are none.
std::optional<std::uint32_t> utf16_unit(std::string_view digits) {
  if (digits.size() < 4) return std::nullopt;
  std::uint32_t unit = 0;
  for (const char c : digits.substr(0, 4)) {
    const char small = static_cast<char>(c | 0x20);
    const bool digit = c >= '0' && c <= '9';
    if (!digit && (small < 'a' || small > 'f')) return std::nullopt;
    unit = unit * 16 + static_cast<std::uint32_t>(digit ? c - '0' : small - 'a' + 10);
  }
  return unit;
}

void append_utf8(std::string& out, std::uint32_t point) {
  const auto put = [&](std::uint32_t byte) { out += static_cast<char>(static_cast<unsigned char>(byte)); };
  if (point < 0x80) return put(point);
  if (point < 0x800) {
    put(0xC0 | (point >> 6));
  } else if (point < 0x10000) {
    put(0xE0 | (point >> 12));
    put(0x80 | ((point >> 6) & 0x3F));
  } else {
    put(0xF0 | (point >> 18));
    put(0x80 | ((point >> 12) & 0x3F));
    put(0x80 | ((point >> 6) & 0x3F));
  }
  put(0x80 | (point & 0x3F));
}

/// `text` begins behind `\u`; gives how much of it was taken: 4 digits, or 10 characters of a surrogate pair.
std::size_t append_unicode(std::string& out, std::string_view text, std::uint32_t unit) {
  const bool high = unit >= 0xD800 && unit < 0xDC00;
  const bool low = unit >= 0xDC00 && unit < 0xE000;
  if (high && text.substr(4).starts_with("\\u")) {
    const auto second = utf16_unit(text.substr(6));
    if (second && *second >= 0xDC00 && *second < 0xE000) {
      append_utf8(out, 0x10000 + ((unit - 0xD800) << 10) + (*second - 0xDC00));
      return 10;
    }
  }
  append_utf8(out, high || low || unit == 0 ? replacement : unit);
  return 4;
}

void append_character(std::string& out, char c) {
  if (c == '\0') return append_utf8(out, replacement);
  out += c;
}

/// `escape` begins behind the backslash and is not empty; gives how much of it was taken.
std::size_t append_escaped(std::string& out, std::string_view escape) {
  constexpr std::string_view letters = "tnrf";
  constexpr std::string_view meanings = "\t\n\r\f";
  const auto unit = escape.front() == 'u' ? utf16_unit(escape.substr(1)) : std::nullopt;
  if (unit) return 1 + append_unicode(out, escape.substr(1), *unit);
  const auto letter = letters.find(escape.front());
  append_character(out, letter == std::string_view::npos ? escape.front() : meanings[letter]);
  return 1;
}

std::string properties_unescaped(std::string_view text) {
  std::string out;
  while (!text.empty()) {
    const char c = text.front();
    text.remove_prefix(1);
    if (c != '\\') {
      append_character(out, c);
    } else if (!text.empty()) {
      text.remove_prefix(append_escaped(out, text));
    }
  }
  return out;
}

/// Where the key ends: at the first `=`, `:` or blank that no backslash is before.
std::size_t key_end(std::string_view line) {
  for (std::size_t i = 0; i < line.size(); ++i) {
    if (line[i] == '\\') {
      ++i;
    } else if (line[i] == '=' || line[i] == ':' || is_properties_blank(line[i])) {
      return i;
    }
  }
  return line.size();
}

std::string_view value_behind(std::string_view rest) {
  rest = after_blanks(rest);
  if (rest.starts_with('=') || rest.starts_with(':')) rest.remove_prefix(1);
  return after_blanks(rest);
}

}  // namespace

JavaProperties parse_java_properties(std::string_view text) {
  JavaProperties properties;
  while (!text.empty()) {
    const std::string line = take_logical_line(text);
    if (line.empty()) continue;
    const std::size_t end = key_end(line);
    properties.insert_or_assign(properties_unescaped(std::string_view(line).substr(0, end)),
                                properties_unescaped(value_behind(std::string_view(line).substr(end))));
  }
  return properties;
}

}  // namespace lifecycle::ci
