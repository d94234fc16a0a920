#include "agent/http/retry_after.h"

#include <time.h>

#include <algorithm>
#include <array>
#include <ctime>
#include <string>

namespace lifecycle::http {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

constexpr milliseconds longest = std::chrono::hours(24);

/// IMF-fixdate, and the two that HTTP/1.1 still makes a recipient read: RFC 850 and asctime.
constexpr std::array date_formats = {"%a, %d %b %Y %H:%M:%S GMT", "%A, %d-%b-%y %H:%M:%S GMT", "%a %b %e %H:%M:%S %Y"};

std::optional<Instant> parse_http_date(const std::string& text) {
  for (const char* format : date_formats) {
    std::tm parts{};
    const char* end = ::strptime(text.c_str(), format, &parts);
    if (end == nullptr || *end != '\0') continue;
    return Instant(seconds(::timegm(&parts)));
  }
  return std::nullopt;
}

}  // namespace

std::optional<milliseconds> parse_retry_after(std::string_view text, Instant now) {
  if (text.empty()) return std::nullopt;
  if (std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; })) {
    if (text.size() > 6) return longest;
    return std::min<milliseconds>(seconds(std::stol(std::string(text))), longest);
  }
  const auto date = parse_http_date(std::string(text));
  if (!date) return std::nullopt;
  return std::clamp<milliseconds>(*date - now, milliseconds(0), longest);
}

}  // namespace lifecycle::http
