#include "adapters/dialect/escaping.h"

#include <algorithm>

#include "agent/base/ascii.h"
#include "agent/base/utf8.h"
#include "agent/base/visible_text.h"

namespace lifecycle::dialect {
namespace {

/// Whatever begins Markdown or HTML within a line or a table's cell (GitHub Flavored Markdown Spec 0.29), and the
/// references that GitHub itself makes of `#1`, `@name` and `$x$`.
constexpr std::string_view always_special = "&<>|`*[]#~\\@$";

bool is_word(char byte) { return is_letter_or_digit(byte) || static_cast<unsigned char>(byte) >= 0x80; }

/// An underscore within a word is no emphasis, a colon without a slash behind it no address: names stay readable.
/// GitHub makes links of `www.` and `http://`.
bool is_special(std::string_view text, std::size_t at) {
  const char byte = text[at];
  if (byte == ':') return at + 1 < text.size() && text[at + 1] == '/';
  if (byte == '_') return at == 0 || at + 1 == text.size() || !is_word(text[at - 1]) || !is_word(text[at + 1]);
  if (byte == '.') return at >= 3 && text.substr(at - 3, 3) == "www";
  return always_special.find(byte) != std::string_view::npos;
}

}  // namespace

std::string escape(std::string_view text, const EscapeTable& table) {
  std::string result;
  result.reserve(text.size());
  for (const char c : text) {
    const auto row = std::find_if(table.begin(), table.end(), [c](const auto& each) { return each.first == c; });
    if (row == table.end()) {
      result += c;
    } else {
      result += row->second;
    }
  }
  return result;
}

std::string plain_name(std::string_view text) {
  std::string name(text);
  for (char& c : name) {
    if (!is_letter_or_digit(c) && c != '.' && c != '-') c = '_';
  }
  return name.empty() ? "_" : name;
}

std::string whole_message(const Diagnostic& diagnostic, DialectKind kind) {
  std::string text = printable_for(kind, diagnostic.message);
  for (const std::string_view line : lines_of_text(diagnostic.hint)) text += "\n" + printable_for(kind, line);
  return text;
}

std::string cut_text(std::string_view text, std::size_t limit) {
  std::size_t at = 0;
  std::size_t before_last = 0;
  for (std::size_t characters = 0; at < text.size(); ++characters) {
    if (characters == limit) return std::string(text.substr(0, before_last)) + "…";
    before_last = at;
    at += std::max<std::size_t>(1, character_length(text.substr(at)));
  }
  return std::string(text);
}

std::string escape_markdown(std::string_view text) {
  std::string escaped;
  escaped.reserve(text.size());
  for (std::size_t at = 0; at < text.size(); ++at) {
    const auto byte = static_cast<unsigned char>(text[at]);
    if (byte < 0x20) {
      escaped += ' ';
    } else if (is_special(text, at)) {
      escaped += "&#" + std::to_string(byte) + ";";
    } else {
      escaped += text[at];
    }
  }
  return escaped;
}

std::vector<std::string_view> lines_of_text(std::string_view text) {
  std::vector<std::string_view> lines;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find_first_of("\r\n"), text.size());
    if (end > 0) lines.push_back(text.substr(0, end));
    text.remove_prefix(std::min(text.size(), end + 1));
  }
  return lines;
}

}  // namespace lifecycle::dialect
