#include "agent/ops/core_schema.h"

#include <charconv>
#include <cmath>

namespace lifecycle::ops {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }

std::string_view without_sign(std::string_view text) {
  if (!text.empty() && (text.front() == '-' || text.front() == '+')) text.remove_prefix(1);
  return text;
}

std::size_t count_digits(std::string_view text) {
  std::size_t count = 0;
  while (count < text.size() && is_digit(text[count])) ++count;
  return count;
}

template <class Accept>
bool all_of(std::string_view text, Accept accept) {
  if (text.empty()) return false;
  for (const char c : text) {
    if (!accept(c)) return false;
  }
  return true;
}

bool is_octal(std::string_view text) {
  return text.starts_with("0o") && all_of(text.substr(2), [](char c) { return c >= '0' && c <= '7'; });
}

bool is_hexadecimal(std::string_view text) {
  return text.starts_with("0x") &&
         all_of(text.substr(2), [](char c) { return is_digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F'); });
}

/// `[-+]? ( \. [0-9]+ | [0-9]+ ( \. [0-9]* )? ) ( [eE] [-+]? [0-9]+ )?`, or infinity and not-a-number.
bool is_real(std::string_view text) {
  if (text == ".nan" || text == ".NaN" || text == ".NAN") return true;
  text = without_sign(text);
  if (text == ".inf" || text == ".Inf" || text == ".INF") return true;
  const std::size_t whole = count_digits(text);
  text.remove_prefix(whole);
  if (text.starts_with('.')) {
    text.remove_prefix(1);
    const std::size_t fraction = count_digits(text);
    if (whole + fraction == 0) return false;
    text.remove_prefix(fraction);
  } else if (whole == 0) {
    return false;
  }
  if (text.empty()) return true;
  if (text.front() != 'e' && text.front() != 'E') return false;
  return all_of(without_sign(text.substr(1)), is_digit);
}

}  // namespace

ScalarKind scalar_kind(std::string_view plain) {
  if (plain.empty() || plain == "~" || plain == "null" || plain == "Null" || plain == "NULL") return ScalarKind::null;
  if (plain == "true" || plain == "True" || plain == "TRUE") return ScalarKind::boolean;
  if (plain == "false" || plain == "False" || plain == "FALSE") return ScalarKind::boolean;
  const char first = plain.front();
  if (!is_digit(first) && first != '-' && first != '+' && first != '.') return ScalarKind::text;
  if (all_of(without_sign(plain), is_digit) || is_octal(plain) || is_hexadecimal(plain)) return ScalarKind::integer;
  return is_real(plain) ? ScalarKind::real : ScalarKind::text;
}

std::optional<std::int64_t> integer_value(std::string_view plain) {
  int base = 10;
  bool negative = false;
  if (is_octal(plain) || is_hexadecimal(plain)) {
    base = plain[1] == 'o' ? 8 : 16;
    plain.remove_prefix(2);
  } else {
    negative = plain.starts_with('-');
    plain = without_sign(plain);
  }
  std::int64_t value = 0;
  const auto [end, error] = std::from_chars(plain.data(), plain.data() + plain.size(), value, base);
  if (error != std::errc() || end != plain.data() + plain.size()) return std::nullopt;
  return negative ? -value : value;
}

std::optional<std::int64_t> whole_value(std::string_view plain) {
  if (const auto integer = integer_value(plain)) return integer;
  constexpr double exact = 9007199254740992.0;  // 2^53: up to there a double holds every integer
  if (plain.starts_with('+')) plain.remove_prefix(1);
  double value = 0;
  const auto [end, error] = std::from_chars(plain.data(), plain.data() + plain.size(), value);
  if (error != std::errc() || end != plain.data() + plain.size()) return std::nullopt;
  if (std::fabs(value) > exact || std::floor(value) != value) return std::nullopt;
  return static_cast<std::int64_t>(value);
}

}  // namespace lifecycle::ops
