#include "adapters/forge/json_scan.h"

#include <array>
#include <vector>

#include "agent/base/utf8.h"

namespace lifecycle::forge {
namespace {

constexpr std::size_t buffer_size = std::size_t{64} * 1024;

/// Bytes that end a run of plain ASCII inside a string: quote, backslash, controls, and all beyond ASCII.
constexpr std::array<bool, 256> ends_run = [] {
  std::array<bool, 256> table{};
  for (std::size_t i = 0; i < 256; ++i) table[i] = i < 0x20 || i >= 0x80 || i == '"' || i == '\\';
  return table;
}();

bool is_digit(int c) { return c >= '0' && c <= '9'; }

void append_utf8(std::string& out, std::uint32_t code) {
  const auto byte = [](std::uint32_t value) { return static_cast<char>(value); };
  if (code < 0x80) {
    out += byte(code);
  } else if (code < 0x800) {
    out += byte(0xC0 | (code >> 6));
    out += byte(0x80 | (code & 0x3F));
  } else if (code < 0x10000) {
    out += byte(0xE0 | (code >> 12));
    out += byte(0x80 | ((code >> 6) & 0x3F));
    out += byte(0x80 | (code & 0x3F));
  } else {
    out += byte(0xF0 | (code >> 18));
    out += byte(0x80 | ((code >> 12) & 0x3F));
    out += byte(0x80 | ((code >> 6) & 0x3F));
    out += byte(0x80 | (code & 0x3F));
  }
}

/// A recursive descent; every function gives false once a fault is noted, and nothing is reported after it.
class Scanner {
 public:
  Scanner(const ReadBytes& read, JsonSink& sink) : read_(read), sink_(sink), buffer_(buffer_size) {}

  std::optional<JsonFault> run() {
    skip_mark();
    if (!fault_ && value(0)) {
      skip_space();
      if (peek() >= 0) note("is not JSON: something follows the first value");
    }
    return fault_;
  }

 private:
  int peek() {
    if (next_ == end_ && !fill()) return -1;
    return static_cast<unsigned char>(buffer_[next_]);
  }
  int take() {
    const int byte = peek();
    if (byte >= 0) ++next_;
    return byte;
  }
  bool fill() {
    consumed_ += end_;
    next_ = end_ = 0;
    if (at_end_) return false;
    end_ = read_(buffer_);
    at_end_ = end_ == 0;
    return !at_end_;
  }

  bool note(std::string what) {
    if (!fault_) fault_ = JsonFault{consumed_ + next_, std::move(what)};
    return false;
  }
  bool note_expected(const char* expected) {
    return note(peek() < 0 ? std::string("is cut off") : std::string("is not JSON: expected ") + expected);
  }

  void skip_mark() {
    if (peek() != 0xEF) return;
    if (take() != 0xEF || take() != 0xBB || take() != 0xBF) note("is not JSON: expected a value");
  }

  void skip_space() {
    for (int c = peek(); c == ' ' || c == '\n' || c == '\r' || c == '\t'; c = peek()) ++next_;
  }

  bool value(int depth) {
    skip_space();
    switch (peek()) {
      case '{':
        return depth < depth_limit ? object(depth) : note("is nested too deep");
      case '[':
        return depth < depth_limit ? array(depth) : note("is nested too deep");
      case '"':
        if (!string()) return false;
        sink_.text(token_);
        return true;
      case 't':
        if (!word("true")) return false;
        sink_.flag(true);
        return true;
      case 'f':
        if (!word("false")) return false;
        sink_.flag(false);
        return true;
      case 'n':
        if (!word("null")) return false;
        sink_.null();
        return true;
      default:
        return number();
    }
  }

  bool object(int depth) {
    ++next_;
    sink_.begin_object();
    skip_space();
    for (bool first = true; peek() != '}'; first = false) {
      if (!first && !separator("`,` or `}`")) return false;
      if (peek() != '"') return note_expected("a key in quotes");
      if (!string()) return false;
      sink_.key(token_);
      skip_space();
      if (peek() != ':') return note_expected("`:`");
      ++next_;
      if (!value(depth + 1)) return false;
      skip_space();
    }
    ++next_;
    sink_.end_object();
    return true;
  }

  bool array(int depth) {
    ++next_;
    sink_.begin_array();
    skip_space();
    for (bool first = true; peek() != ']'; first = false) {
      if (!first && !separator("`,` or `]`")) return false;
      if (!value(depth + 1)) return false;
      skip_space();
    }
    ++next_;
    sink_.end_array();
    return true;
  }

  bool separator(const char* expected) {
    if (peek() != ',') return note_expected(expected);
    ++next_;
    skip_space();
    return true;
  }

  bool word(std::string_view word) {
    for (const char c : word) {
      if (peek() != c) return note_expected("a value");
      ++next_;
    }
    return true;
  }

  /// Digits go to token_, of a hostile number of a million digits the first ones only.
  bool digits() {
    if (!is_digit(peek())) return note_expected("a digit");
    while (next_ < end_ || fill()) {
      const std::size_t start = next_;
      while (next_ < end_ && is_digit(buffer_[next_])) ++next_;
      keep(std::string_view(buffer_.data() + start, next_ - start));
      if (next_ < end_) break;
    }
    return true;
  }

  bool number() {
    clear();
    if (peek() == '-') keep(static_cast<char>(take()));
    if (!is_digit(peek())) return note_expected("a value");
    if (peek() == '0') {
      keep(static_cast<char>(take()));
    } else if (!digits()) {
      return false;
    }
    if (peek() == '.') {
      keep(static_cast<char>(take()));
      if (!digits()) return false;
    }
    if (peek() == 'e' || peek() == 'E') {
      keep(static_cast<char>(take()));
      if (peek() == '+' || peek() == '-') keep(static_cast<char>(take()));
      if (!digits()) return false;
    }
    sink_.number(token_);
    return true;
  }

  bool string() {
    ++next_;
    clear();
    while (true) {
      run_of_ascii();
      const int c = peek();
      if (c < 0) return note("is cut off");
      if (c == '"') {
        ++next_;
        return true;
      }
      if (c == '\\') {
        if (!escape()) return false;
      } else if (c < 0x20) {
        return note("is not JSON: a control character stands in a text");
      } else if (!character()) {
        return false;
      }
    }
  }

  void run_of_ascii() {
    while (next_ < end_ || fill()) {
      const std::size_t start = next_;
      while (next_ < end_ && !ends_run[static_cast<unsigned char>(buffer_[next_])]) ++next_;
      keep(std::string_view(buffer_.data() + start, next_ - start));
      if (next_ < end_) return;
    }
  }

  /// One character beyond ASCII, whose bytes may lie on both sides of the buffer's end.
  bool character() {
    std::array<char, 4> bytes{};
    const int first = peek();
    const std::size_t length = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2;
    const JsonFault here{consumed_ + next_, "is not UTF-8"};
    for (std::size_t i = 0; i < length; ++i) {
      const int byte = peek();
      if (byte < 0) return note("is cut off");
      if (i > 0 && (byte & 0xC0) != 0x80) return fail_at(here);
      bytes[i] = static_cast<char>(byte);
      ++next_;
    }
    const std::string_view text(bytes.data(), length);
    if (first_invalid_utf8(text) != std::string_view::npos) return fail_at(here);
    keep_whole(text);
    return true;
  }

  bool fail_at(JsonFault fault) {
    if (!fault_) fault_ = std::move(fault);
    return false;
  }

  bool escape() {
    ++next_;
    return after_backslash();
  }

  bool after_backslash() {
    const int c = take();
    if (c < 0) return note("is cut off");
    constexpr std::string_view letters = "\"\\/bfnrt";
    constexpr std::string_view meanings = "\"\\/\b\f\n\r\t";
    if (const auto at = letters.find(static_cast<char>(c)); at != std::string_view::npos) {
      keep(meanings[at]);
      return true;
    }
    return c == 'u' ? code_point() : note("is not JSON: a text holds an unknown escape");
  }

  bool four_hex(std::uint32_t& code) {
    code = 0;
    for (int i = 0; i < 4; ++i) {
      const int c = peek();
      if (c < 0) return note("is cut off");
      const int lower = c | 0x20;
      if (!is_digit(c) && (lower < 'a' || lower > 'f')) return note("is not JSON: `\\u` needs four hex digits");
      code = code * 16 + static_cast<std::uint32_t>(is_digit(c) ? c - '0' : lower - 'a' + 10);
      ++next_;
    }
    return true;
  }

  /// `\uXXXX`, or two of them for a character beyond the first plane; a lone half becomes U+FFFD.
  bool code_point() {
    std::uint32_t code = 0;
    if (!four_hex(code)) return false;
    while (code >= 0xD800 && code < 0xDC00 && peek() == '\\') {
      ++next_;
      if (peek() != 'u') {
        keep_code(0xFFFD);
        return after_backslash();
      }
      ++next_;
      std::uint32_t low = 0;
      if (!four_hex(low)) return false;
      if (low >= 0xDC00 && low < 0xE000) {
        keep_code(0x10000 + ((code - 0xD800) << 10) + (low - 0xDC00));
        return true;
      }
      keep_code(0xFFFD);
      code = low;
    }
    keep_code(code >= 0xD800 && code < 0xE000 ? 0xFFFD : code);
    return true;
  }

  void keep(char c) { keep_whole(std::string_view(&c, 1)); }

  void keep(std::string_view ascii) {
    if (!full_) token_ += ascii.substr(0, text_limit - token_.size());
    full_ = full_ || token_.size() == text_limit;
  }

  /// All of a character or nothing of it, and nothing after it then.
  void keep_whole(std::string_view character) {
    full_ = full_ || token_.size() + character.size() > text_limit;
    if (!full_) token_ += character;
  }

  void clear() {
    token_.clear();
    full_ = false;
  }

  void keep_code(std::uint32_t code) {
    std::string text;
    append_utf8(text, code);
    keep_whole(text);
  }

  const ReadBytes& read_;
  JsonSink& sink_;
  std::vector<char> buffer_;
  std::size_t next_ = 0;
  std::size_t end_ = 0;
  std::uint64_t consumed_ = 0;
  bool at_end_ = false;
  std::string token_;
  bool full_ = false;  // what follows of the token is checked and let go
  std::optional<JsonFault> fault_;
};

}  // namespace

std::optional<JsonFault> scan_json(const ReadBytes& read, JsonSink& sink) { return Scanner(read, sink).run(); }

}  // namespace lifecycle::forge
