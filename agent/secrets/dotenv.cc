#include "agent/secrets/dotenv.h"

#include <algorithm>

#include "agent/base/ascii.h"
#include "agent/base/utf8.h"

namespace lifecycle::secrets {
namespace {

using Pair = std::pair<std::string, std::string>;

bool begins_name(char c) { return is_letter(c) || c == '_'; }
bool continues_name(char c) { return begins_name(c) || is_digit(c) || c == '.' || c == '-'; }
bool is_blank(char c) { return c == ' ' || c == '\t'; }

class Parser {
 public:
  Parser(std::string_view text, std::string_view path) : text_(text), path_(path) {
    constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";
    if (text_.starts_with(byte_order_mark)) at_ = line_begin_ = byte_order_mark.size();
  }

  Result<std::vector<Pair>> parse() {
    std::vector<Pair> pairs;
    while (true) {
      skip_empty_lines();
      if (at_end()) return pairs;
      auto pair = read_pair();
      if (!pair) return tl::unexpected(std::move(pair).error());
      pairs.push_back(*std::move(pair));
    }
  }

 private:
  [[nodiscard]] bool at_end() const { return at_ >= text_.size(); }
  [[nodiscard]] char peek() const { return at_end() ? '\0' : text_[at_]; }

  char take() {
    const char c = text_[at_++];
    if (c == '\n') {
      ++line_;
      line_begin_ = at_;
    }
    return c;
  }

  void skip_blanks() {
    while (!at_end() && is_blank(peek())) take();
  }

  [[nodiscard]] bool at_line_end() const {
    return at_end() || text_[at_] == '\n' || text_.substr(at_).starts_with("\r\n") || text_.substr(at_) == "\r";
  }

  void skip_line() {
    while (!at_end() && take() != '\n') {
    }
  }

  void skip_empty_lines() {
    while (!at_end()) {
      skip_blanks();
      if (!at_line_end() && peek() != '#') return;
      skip_line();
    }
  }

  /// Neither message nor hint quotes the line: what is broken may be the secret itself.
  [[nodiscard]] Diagnostic error(std::string message, std::string hint) const {
    Diagnostic diagnostic{.code = "env-file-syntax", .message = std::move(message), .hint = std::move(hint)};
    diagnostic.place = {std::string(path_), line_, count_characters(text_.substr(line_begin_, at_ - line_begin_)) + 1,
                        1};
    return diagnostic;
  }

  void skip_export() {
    constexpr std::string_view word = "export";
    const auto rest = text_.substr(at_);
    if (!rest.starts_with(word) || rest.size() == word.size() || !is_blank(rest[word.size()])) return;
    at_ += word.size();
    skip_blanks();
  }

  Result<Pair> read_pair() {
    skip_export();
    const auto begin = at_;
    if (!begins_name(peek())) {
      return fail(error("expected the name of a variable", "a line is NAME=VALUE; a comment begins with #"));
    }
    while (!at_end() && continues_name(peek())) take();
    std::string name(text_.substr(begin, at_ - begin));
    skip_blanks();
    if (peek() != '=') {
      return fail(error("expected '=' after the name of a variable",
                        "a line is NAME=VALUE; names hold letters, digits and _ . - only"));
    }
    take();
    skip_blanks();
    auto value = read_value();
    if (!value) return tl::unexpected(std::move(value).error());
    return Pair{std::move(name), *std::move(value)};
  }

  Result<std::string> read_value() {
    if (peek() == '\'' || peek() == '"') return read_quoted();
    std::string value;
    while (!at_line_end()) {
      if (peek() == '#' && (value.empty() || is_blank(value.back()))) break;
      if (peek() == '\0') return fail(error("a value holds a NUL byte", "no environment variable can hold one"));
      value += take();
    }
    skip_line();
    while (!value.empty() && is_blank(value.back())) value.pop_back();
    return value;
  }

  Result<std::string> read_quoted() {
    const Diagnostic unclosed = error("a quoted value is not closed", "close it with the quote that it began with");
    const char quote = take();
    std::string value;
    while (!at_end() && peek() != quote) {
      if (peek() == '\0') return fail(error("a value holds a NUL byte", "no environment variable can hold one"));
      const char c = take();
      if (c == '\\' && quote == '"' && !at_end()) {
        add_escaped(value, take());
      } else {
        value += c;
      }
    }
    if (at_end()) return fail(unclosed);
    take();
    skip_blanks();
    if (!at_line_end() && peek() != '#') {
      return fail(error("text follows a quoted value", "put the whole value into the quotes"));
    }
    skip_line();
    return value;
  }

  static void add_escaped(std::string& value, char c) {
    switch (c) {
      case 'n':
        value += '\n';
        break;
      case 'r':
        value += '\r';
        break;
      case 't':
        value += '\t';
        break;
      case '"':
      case '\\':
      case '$':
      case '`':
        value += c;
        break;
      default:
        value += '\\';
        value += c;
    }
  }

  std::string_view text_;
  std::string_view path_;
  std::size_t at_ = 0;
  std::size_t line_begin_ = 0;
  int line_ = 1;
};

}  // namespace

Result<std::vector<std::pair<std::string, std::string>>> parse_dotenv(std::string_view text, std::string_view path) {
  return Parser(text, path).parse();
}

}  // namespace lifecycle::secrets
