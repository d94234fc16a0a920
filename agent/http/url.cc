#include "agent/http/url.h"

#include <algorithm>
#include <cctype>

namespace lifecycle::http {
namespace {

tl::unexpected<Diagnostic> invalid(std::string message) {
  return fail({.code = "http-url-invalid",
               .message = std::move(message),
               .hint = "an address looks like https://events.example.com/ or http://127.0.0.1:8080/"});
}

std::string lower_case(std::string_view text) {
  std::string lower(text);
  std::ranges::transform(lower, lower.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return lower;
}

bool is_port(std::string_view text) {
  if (text.empty() || text.size() > 5 || !std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; }))
    return false;
  const int port = std::stoi(std::string(text));
  return port >= 1 && port <= 65535;
}

/// `host`, `host:port`, `[v6]`, `[v6]:port`.
bool is_authority(std::string_view text) {
  const std::size_t bracket = text.find(']');
  const std::size_t colon = text.find(':', bracket == std::string_view::npos ? 0 : bracket);
  const std::string_view host = text.substr(0, colon);
  if (host.empty() || (text.front() == '[') != (bracket != std::string_view::npos)) return false;
  return colon == std::string_view::npos || is_port(text.substr(colon + 1));
}

}  // namespace

Result<Url> parse_http_url(std::string_view text) {
  if (text.empty()) return invalid("the URL is empty");
  const bool printable =
      std::ranges::all_of(text, [](unsigned char c) { return c > 0x20 && c != 0x7F && c != '\\' && c != '"'; });
  if (!printable) return invalid("the URL holds a blank, a quote, a backslash or a control character");
  const std::size_t separator = text.find("://");
  if (separator == std::string_view::npos) return invalid("the URL does not begin with http:// or https://");
  Url url;
  url.scheme = lower_case(text.substr(0, separator));
  if (url.scheme != "http" && url.scheme != "https") {
    return invalid("the URL does not begin with http:// or https://");
  }
  const std::string_view rest = text.substr(separator + 3);
  const std::size_t end = std::min(rest.find_first_of("/?#"), rest.size());
  const std::string_view authority = rest.substr(0, end);
  const std::size_t user_end = authority.rfind('@');
  url.authority = lower_case(user_end == std::string_view::npos ? authority : authority.substr(user_end + 1));
  if (url.authority.empty()) return invalid("the URL names no host");
  if (!is_authority(url.authority)) return invalid("the host or port of the URL cannot be read");
  const std::string_view path = rest.substr(end);
  url.path = std::string(path.substr(0, path.find_first_of("?#")));
  if (url.path.empty()) url.path = "/";
  return url;
}

std::string display_url(const Url& url) { return url.scheme + "://" + url.authority + url.path; }

}  // namespace lifecycle::http
