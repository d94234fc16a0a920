#include "adapters/forge/payload_time.h"

#include <chrono>
#include <cstdint>
#include <optional>

#include "agent/base/ascii.h"
#include "agent/base/time.h"

namespace lifecycle::forge {
namespace {

struct ParsedTime {
  std::chrono::sys_seconds second{};
  std::string text;
};

/// Reads a text from the left; what does not fit leaves `fits` false for good.
class TimeText {
 public:
  explicit TimeText(std::string_view text) : rest_(text) {}

  int number(std::size_t digits, int least, int most) {
    int value = 0;
    if (rest_.size() < digits) return reject();
    for (const char c : rest_.substr(0, digits)) {
      if (!is_digit(c)) return reject();
      value = value * 10 + (c - '0');
    }
    if (value < least || value > most) return reject();
    rest_.remove_prefix(digits);
    return value;
  }
  bool skip(std::string_view any_of) {
    if (rest_.empty() || any_of.find(rest_.front()) == std::string_view::npos) return false;
    rest_.remove_prefix(1);
    return true;
  }
  void expect(std::string_view any_of) {
    if (!skip(any_of)) reject();
  }
  void blanks() {
    while (skip(" ")) {
    }
  }
  /// The digits behind a point, at most nine of them.
  std::string fraction() {
    std::size_t count = 0;
    while (count < rest_.size() && is_digit(rest_[count])) ++count;
    if (count == 0) reject();
    std::string digits(rest_.substr(0, std::min<std::size_t>(count, 9)));
    rest_.remove_prefix(count);
    return digits;
  }
  [[nodiscard]] std::string_view rest() const { return rest_; }
  [[nodiscard]] bool fits() const { return fits_; }
  int reject() {
    fits_ = false;
    return 0;
  }

 private:
  std::string_view rest_;
  bool fits_ = true;
};

/// `Z`, `UTC`, `GMT`, `+01:00`, `+0100`, `+01`; the offset's minutes and its text.
std::optional<std::pair<int, std::string>> read_zone(std::string_view zone) {
  for (const std::string_view utc : {"Z", "UTC", "GMT"}) {
    if (same_without_case(zone, utc)) return std::pair(0, std::string("Z"));
  }
  TimeText text(zone);
  const bool west = zone.starts_with('-');
  text.expect("+-");
  const int hours = text.number(2, 0, 23);
  const bool colon = text.skip(":");
  const int minutes = colon || !text.rest().empty() ? text.number(2, 0, 59) : 0;
  if (!text.fits() || !text.rest().empty()) return std::nullopt;
  const std::string rest(zone.substr(zone.size() > 3 ? zone.size() - 2 : 0));
  std::string shown(zone.substr(0, 3));
  shown += ":" + (zone.size() > 3 ? rest : std::string("00"));
  const int offset = hours * 60 + minutes;
  return std::pair(west ? -offset : offset, shown);
}

std::optional<ParsedTime> parse_time(std::string_view given) {
  using namespace std::chrono;
  TimeText text(given);
  const int y = text.number(4, 1970, 9999);
  text.expect("-");
  const int m = text.number(2, 1, 12);
  text.expect("-");
  const int d = text.number(2, 1, 31);
  const std::string date(given.substr(0, std::min<std::size_t>(given.size(), 10)));
  text.expect("Tt ");
  text.blanks();
  const std::string_view clock_at = text.rest();
  const int hour = text.number(2, 0, 23);
  text.expect(":");
  const int minute = text.number(2, 0, 59);
  text.expect(":");
  const int second = text.number(2, 0, 60);
  const std::string fraction = text.skip(".") ? "." + text.fraction() : std::string{};
  text.blanks();
  const auto zone = read_zone(text.rest());
  const year_month_day day{year(y), month(static_cast<unsigned>(m)), std::chrono::day(static_cast<unsigned>(d))};
  if (!text.fits() || !zone || !day.ok()) return std::nullopt;
  const auto local = sys_days(day) + hours(hour) + minutes(minute) + seconds(second);
  return ParsedTime{.second = local - minutes(zone->first),
                    .text = date + "T" + std::string(clock_at.substr(0, 8)) + fraction + zone->second};
}

}  // namespace

std::string to_rfc3339(std::string_view text) {
  const auto time = parse_time(text);
  return time ? time->text : std::string{};
}

std::string time_at(const PayloadFields& fields, std::string_view path) {
  const auto number = fields.number(path);
  if (!number) return to_rfc3339(fields.text(path));
  constexpr std::int64_t first_milliseconds = 100'000'000'000;  // as seconds it is the year 5138
  constexpr std::int64_t last_milliseconds = 253'402'300'799'999;
  const std::int64_t milliseconds = *number < first_milliseconds ? *number * 1000 : *number;
  if (milliseconds <= 0 || milliseconds > last_milliseconds) return {};
  return print_instant(Instant(std::chrono::milliseconds(milliseconds)));
}

std::string first_time_at(const PayloadFields& fields, std::initializer_list<std::string_view> paths) {
  for (const std::string_view path : paths) {
    if (auto time = time_at(fields, path); !time.empty()) return time;
  }
  return {};
}

std::string key_second(std::string_view time) {
  const auto parsed = parse_time(time);
  return parsed ? print_instant(Instant(parsed->second)) : std::string{};
}

}  // namespace lifecycle::forge
