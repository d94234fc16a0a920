#include "agent/base/duration.h"

#include <charconv>
#include <cstdio>

namespace lifecycle {
namespace {

struct Unit {
  std::string_view name;
  double milliseconds;
};
constexpr Unit units[] = {{"d", 86'400'000}, {"h", 3'600'000}, {"m", 60'000}, {"s", 1000}, {"ms", 1}};
constexpr double longest = 3650.0 * 86'400'000;

std::optional<double> take_number(std::string_view& text) {
  std::size_t length = 0;
  while (length < text.size() && ((text[length] >= '0' && text[length] <= '9') || text[length] == '.')) ++length;
  if (length == 0 || text[0] == '.' || text[length - 1] == '.') return std::nullopt;
  double number = 0;
  const auto [end, error] = std::from_chars(text.begin(), text.begin() + length, number, std::chars_format::fixed);
  if (error != std::errc{} || end != text.begin() + length) return std::nullopt;
  text.remove_prefix(length);
  return number;
}

std::string_view take_unit(std::string_view& text) {
  std::size_t length = 0;
  while (length < text.size() && text[length] >= 'a' && text[length] <= 'z') ++length;
  const std::string_view unit = text.substr(0, length);
  text.remove_prefix(length);
  return unit;
}

}  // namespace

std::optional<std::chrono::milliseconds> parse_duration(std::string_view text) {
  double total = 0;
  std::size_t next_unit = 0;
  bool first = true;
  do {
    const auto number = take_number(text);
    if (!number) return std::nullopt;
    const std::string_view name = take_unit(text);
    if (name.empty()) {  // bare seconds stand alone
      if (!first || !text.empty()) return std::nullopt;
      total = *number * 1000;
      break;
    }
    const bool whole = *number == static_cast<double>(static_cast<long long>(*number));
    if (!whole && !text.empty()) return std::nullopt;
    while (next_unit < std::size(units) && units[next_unit].name != name) ++next_unit;
    if (next_unit == std::size(units)) return std::nullopt;
    total += *number * units[next_unit].milliseconds;
    ++next_unit;
    first = false;
  } while (!text.empty());
  if (total > longest) return std::nullopt;
  return std::chrono::milliseconds(static_cast<long long>(total + 0.5));
}

std::string print_duration(std::chrono::milliseconds duration) {
  long long rest = duration.count();
  if (rest < 1000) return rest == 0 ? "0s" : std::to_string(rest) + "ms";
  std::string text;
  if (const long long hours = rest / 3'600'000; hours > 0) text += std::to_string(hours) + "h";
  rest %= 3'600'000;
  if (const long long minutes = rest / 60'000; minutes > 0) text += std::to_string(minutes) + "m";
  rest %= 60'000;
  if (rest == 0) return text;
  char seconds[16];
  std::snprintf(seconds, sizeof seconds, "%lld.%03lld", rest / 1000, rest % 1000);
  std::string_view trimmed = seconds;
  while (trimmed.back() == '0') trimmed.remove_suffix(1);
  if (trimmed.back() == '.') trimmed.remove_suffix(1);
  return text + std::string(trimmed) + "s";
}

}  // namespace lifecycle
