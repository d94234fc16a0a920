#include "adapters/forge/json_scan.h"

#include <array>
#include <vector>

#include "agent/base/utf8.h"

namespace lifecycle::forge {
namespace {

constexpr std::size_t buffer_size = std::size_t{64} * 1024;
static_assert(buffer_size <= text_limit, "a token that lies in the buffer is never longer than the limit");

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

/// A recursive descent; every function gives false once a fault is noted, and nothing is reported after it. A number or
/// plain text that lies in the buffer is reported out of it; only others are put together in kept_.
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
        if (reports_) sink_.text(token_);
        return true;
      case 't':
        if (!word("true")) return false;
        if (reports_) sink_.flag(true);
        return true;
      case 'f':
        if (!word("false")) return false;
        if (reports_) sink_.flag(false);
        return true;
      case 'n':
        if (!word("null")) return false;
        if (reports_) sink_.null();
        return true;
      default:
        if (!plain_number() && !number()) return false;
        if (reports_) sink_.number(token_);
        return true;
    }
  }

  bool object(int depth) {
    ++next_;
    const bool reported = reports_;
    if (reported) {
      sink_.begin_object();
      reports_ = sink_.wants_content();
    }
    skip_space();
    for (bool more = peek() != '}'; more; more = separated()) {
      skip_space();
      if (peek() != '"') return note_expected("a key in quotes");
      if (!string()) return false;
      if (reports_) sink_.key(token_);
      skip_space();
      if (peek() != ':') return note_expected("`:`");
      ++next_;
      if (!value(depth + 1)) return false;
    }
    if (peek() != '}') return note_expected("`,` or `}`");
    ++next_;
    reports_ = reported;
    if (reported) sink_.end_object();
    return true;
  }

  bool array(int depth) {
    ++next_;
    const bool reported = reports_;
    if (reported) {
      sink_.begin_array();
      reports_ = sink_.wants_content();
    }
    skip_space();
    std::size_t elements = 0;
    for (bool more = peek() != ']'; more; more = separated()) {
      if (reports_ && ++elements > element_limit) {
        sink_.more_elements();
        reports_ = false;
      }
      if (!reports_) pass_numbers();
      if (!value(depth + 1)) return false;
    }
    if (peek() != ']') return note_expected("`,` or `]`");
    ++next_;
    reports_ = reported;
    if (reported) sink_.end_array();
    return true;
  }

  /// Past whole numbers and their commas, as far as they lie in the buffer: 100 MB may hold 50 million of them. What
  /// comes after the last comma is for value() to judge.
  void pass_numbers() {
    const char* const end = buffer_.data() + end_;
    const char* at = buffer_.data() + next_;
    while (true) {
      const char* const first = at;
      while (at != end && is_digit(*at)) ++at;
      if (at == first || at == end || *at != ',' || (*first == '0' && at - first > 1)) return;
      ++at;
      next_ = static_cast<std::size_t>(at - buffer_.data());
    }
  }

  /// After a value: whether a comma says that another one follows.
  bool separated() {
    skip_space();
    if (peek() != ',') return false;
    ++next_;
    return true;
  }

  bool word(std::string_view word) {
    for (const char c : word) {
      if (peek() != c) return note_expected("a value");
      ++next_;
    }
    return true;
  }

  /// False: it ends beyond the buffer, or is none; nothing is taken then.
  bool plain_number() {
    const char* const begin = buffer_.data() + next_;
    const char* const end = buffer_.data() + end_;
    const char* at = begin;
    const auto is_at = [&](char c) { return at != end && *at == c; };
    const auto digits = [&] {
      const char* const first = at;
      while (at != end && is_digit(*at)) ++at;
      return at != first;
    };
    if (is_at('-')) ++at;
    if (is_at('0')) {
      ++at;
    } else if (!digits()) {
      return false;
    }
    if (is_at('.') && (++at, !digits())) return false;
    if (is_at('e') || is_at('E')) {
      ++at;
      if (is_at('+') || is_at('-')) ++at;
      if (!digits()) return false;
    }
    if (at == end) return false;
    take_plain(begin, at);
    next_ = static_cast<std::size_t>(at - buffer_.data());
    return true;
  }

  /// False: its end or something that needs a look lies further on; nothing is taken then.
  bool plain_string() {
    const char* const begin = buffer_.data() + next_ + 1;
    const char* const end = buffer_.data() + end_;
    const char* at = begin;
    while (at != end && !ends_run[static_cast<unsigned char>(*at)]) ++at;
    if (at == end || *at != '"') return false;
    take_plain(begin, at);
    next_ = static_cast<std::size_t>(at - buffer_.data()) + 1;
    return true;
  }

  void take_plain(const char* begin, const char* end) {
    token_ = std::string_view(begin, static_cast<std::size_t>(end - begin));
  }

  /// Digits go to kept_, of a hostile number of a million digits the first ones only.
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
    token_ = kept_;
    return true;
  }

  bool string() {
    if (plain_string()) return true;
    ++next_;
    clear();
    while (true) {
      run_of_ascii();
      const int c = peek();
      if (c < 0) return note("is cut off");
      if (c == '"') {
        ++next_;
        token_ = kept_;
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
    if (!full_) kept_ += ascii.substr(0, text_limit - kept_.size());
    full_ = full_ || kept_.size() == text_limit;
  }

  /// All of a character or nothing of it, and nothing after it then.
  void keep_whole(std::string_view character) {
    full_ = full_ || kept_.size() + character.size() > text_limit;
    if (!full_) kept_ += character;
  }

  void clear() {
    kept_.clear();
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
  bool reports_ = true;     // what lies here was asked for
  std::string_view token_;  // the last text or number, until more is read
  std::string kept_;
  bool full_ = false;  // what follows of it is checked and let go
  std::optional<JsonFault> fault_;
};

}  // namespace

std::optional<JsonFault> scan_json(const ReadBytes& read, JsonSink& sink) { return Scanner(read, sink).run(); }

}  // namespace lifecycle::forge
