#include "agent/ops/source_text.h"

#include <algorithm>

#include "agent/base/utf8.h"

namespace lifecycle::ops {
namespace {

constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";
constexpr std::size_t block = 1024;
constexpr std::size_t longest_shown = 4096;

bool begins_character(char byte) { return (static_cast<unsigned char>(byte) & 0xC0U) != 0x80U; }
bool is_blank(char c) { return c == ' ' || c == '\t'; }
bool is_break(char c) { return c == '\n' || c == '\r'; }

std::size_t count_beginnings(std::string_view text) {
  return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), begins_character));
}

std::size_t end_of_line(std::string_view text, std::size_t offset) {
  const std::size_t end = std::min(text.find('\n', offset), text.size());
  return end > offset && text[end - 1] == '\r' ? end - 1 : end;
}

std::size_t plain_end(std::string_view text, std::size_t offset, std::string_view plain) {
  if (!plain.empty() && text.substr(offset, plain.size()) == plain) return offset + plain.size();
  const std::size_t line_end = end_of_line(text, offset);
  std::size_t end = offset;
  for (std::size_t i = offset; i < line_end; ++i) {
    if (text[i] == ':' && (i + 1 == line_end || is_blank(text[i + 1]))) break;
    if (text[i] == '#' && i > offset && is_blank(text[i - 1])) break;
    if (!is_blank(text[i])) end = i + 1;
  }
  return end;
}

}  // namespace

SourceText::SourceText(std::string_view text, std::string_view path)
    : text_(text.starts_with(byte_order_mark) ? text.substr(byte_order_mark.size()) : text), path_(path), starts_{0} {
  starts_.reserve(static_cast<std::size_t>(std::count(text_.begin(), text_.end(), '\n')) + 1);
  for (std::size_t i = text_.find('\n'); i < text_.size() && i + 1 < text_.size(); i = text_.find('\n', i + 1)) {
    starts_.push_back(static_cast<std::uint32_t>(i + 1));
  }
  counted_.reserve(text_.size() / block + 1);
  std::uint32_t characters = 0;
  for (std::size_t i = 0; i <= text_.size(); i += block) {
    counted_.push_back(characters);
    characters += static_cast<std::uint32_t>(count_beginnings(text_.substr(i, block)));
  }
}

std::size_t SourceText::characters_before(std::size_t offset) const {
  const std::size_t known = offset / block;
  return counted_[known] + count_beginnings(text().substr(known * block, offset - known * block));
}

SourcePlace SourceText::place(std::size_t offset, std::size_t end) const {
  offset = std::min(offset, text_.size());
  const int number = line_of(offset);
  const std::size_t start = line_start(number);
  const std::size_t line_end = start + line(number).size();
  offset = std::min(offset, line_end);
  end = std::clamp(end, offset, line_end);
  const auto distance = [&](std::size_t from, std::size_t to) {
    const std::size_t characters = to - from < block ? count_beginnings(text().substr(from, to - from))
                                                     : characters_before(to) - characters_before(from);
    return static_cast<int>(characters);
  };
  return {path_, number, distance(start, offset) + 1, std::max(1, distance(offset, end))};
}

int SourceText::line_of(std::size_t offset) const {
  const auto after = std::upper_bound(starts_.begin(), starts_.end(), offset);
  return static_cast<int>(after - starts_.begin());
}

std::string_view SourceText::line(int number) const {
  const std::size_t start = line_start(number);
  return text().substr(start, end_of_line(text_, start) - start);
}

std::string SourceText::shown_line(int number) const {
  const std::string_view whole = line(number);
  if (whole.size() > longest_shown) return {};
  std::string shown;
  for (const char c : repair_utf8(whole)) {
    const auto byte = static_cast<unsigned char>(c);
    if ((byte < 0x20 && c != '\t') || byte == 0x7F) {
      shown += "\xEF\xBF\xBD";
    } else {
      shown += c;
    }
  }
  return shown;
}

std::size_t quoted_close(std::string_view text, std::size_t offset) {
  const char quote = text[offset];
  for (std::size_t i = offset + 1; i < text.size(); ++i) {
    if (quote == '"' && text[i] == '\\') {
      ++i;
    } else if (text[i] == quote) {
      if (quote == '"' || i + 1 >= text.size() || text[i + 1] != '\'') return i + 1;
      ++i;
    }
  }
  return std::string_view::npos;
}

std::size_t skip_properties(std::string_view text, std::size_t offset) {
  while (offset < text.size() && (text[offset] == '&' || text[offset] == '!')) {
    while (offset < text.size() && !is_blank(text[offset]) && !is_break(text[offset])) ++offset;
    while (offset < text.size() && (is_blank(text[offset]) || is_break(text[offset]))) ++offset;
  }
  return std::min(offset, text.size());
}

std::size_t token_end(std::string_view text, std::size_t offset, std::string_view plain) {
  if (offset >= text.size()) return text.size();
  const std::size_t line_end = end_of_line(text, offset);
  switch (text[offset]) {
    case '"':
    case '\'':
      return std::min(quoted_close(text, offset), line_end);
    case '[':
    case ']':
    case '{':
    case '}':
    case ',':
      return offset + 1;
    case '|':
    case '>':
    case '*': {
      std::size_t end = offset + 1;
      while (end < line_end && !is_blank(text[end]) && text[end] != ',' && text[end] != ']' && text[end] != '}') ++end;
      return end;
    }
    default:
      return std::max(plain_end(text, offset, plain), std::min(offset + 1, line_end));
  }
}

bool find_within(std::string_view text, std::size_t offset, std::string_view value, int first, int count,
                 std::size_t& begin, std::size_t& end) {
  if (offset >= text.size()) return false;
  const bool quoted = text[offset] == '"' || text[offset] == '\'';
  const std::size_t start = quoted ? offset + 1 : offset;
  // Without escapes and folding the value stands in the text as it is.
  if (value.empty() || text.substr(start, value.size()) != value) return false;
  std::size_t at = 0;
  const auto skip = [&](int characters) {
    while (characters > 0 && at < value.size()) {
      do ++at;
      while (at < value.size() && !begins_character(value[at]));
      --characters;
    }
  };
  skip(first);
  begin = start + at;
  skip(count);
  end = start + at;
  return begin < end;
}

}  // namespace lifecycle::ops
