#include "agent/report/delivery_request.h"

#include <algorithm>

#include "agent/http/url.h"

namespace lifecycle::report {
namespace {

using nlohmann::ordered_json;

constexpr std::string_view blanks = " \t\r\n";

std::string dumped(const ordered_json& json, int indent = -1) {
  return json.dump(indent, ' ', false, ordered_json::error_handler_t::replace);
}

/// Bodies are a few levels deep; `custom` may be deeper, and what is below is cut off.
constexpr int depth_limit = 32;

ordered_json masked(const ordered_json& json, const mask::MaskTable& mask, int depth = 0) {
  if (depth > depth_limit) return nullptr;
  if (json.is_string()) return mask.mask_text(json.get_ref<const std::string&>());
  if (json.is_array()) {
    ordered_json list = ordered_json::array();
    for (const ordered_json& item : json) list.push_back(masked(item, mask, depth + 1));
    return list;
  }
  if (json.is_object()) {
    ordered_json object = ordered_json::object();
    for (const auto& [key, value] : json.items()) object[mask.mask_text(key)] = masked(value, mask, depth + 1);
    return object;
  }
  const std::string text = dumped(json);
  const std::string shown = mask.mask_text(text);
  return shown == text ? json : ordered_json(shown);
}

/// The same keys and the same number of values at every place; what the values are may differ.
bool same_shape(const ordered_json& one, const ordered_json& other) {
  if (one.is_structured() != other.is_structured()) return false;
  if (!one.is_structured()) return true;
  if (one.is_object() != other.is_object() || one.size() != other.size()) return false;
  auto there = other.begin();
  for (auto here = one.begin(); here != one.end(); ++here, ++there) {
    if (one.is_object() && here.key() != there.key()) return false;
    if (!same_shape(*here, *there)) return false;
  }
  return true;
}

}  // namespace

bool is_configured(const ReportSettings& settings) { return !settings.token.empty() || !settings.events_url.empty(); }

Diagnostic not_configured_note() {
  return {.code = "report-not-configured",
          .severity = Severity::note,
          .message = "no insights events are sent: neither a token nor --events-url is given",
          .hint = "set CTOAI_EVENTS_API_TOKEN and CTOAI_TEAM_ID, or give --events-url"};
}

Result<ReportSettings> checked_settings(ReportSettings settings) {
  if (settings.events_url.empty()) settings.events_url = platform_url;
  if (auto url = http::parse_http_url(settings.events_url); !url) {
    Diagnostic error = std::move(url).error();
    error.message = "--events-url: " + error.message;
    return fail(std::move(error));
  }
  std::string& token = settings.token;
  token.erase(0, std::min(token.find_first_not_of(blanks), token.size()));
  token.erase(token.find_last_not_of(blanks) + 1);
  const bool sendable = std::ranges::all_of(token, [](unsigned char c) { return c > 0x20 && c < 0x7F; });
  if (!sendable) {
    return fail({.code = "report-token-invalid",
                 .message = "the token in " + settings.token_place +
                            " holds a blank, a line break or another "
                            "character that no token has",
                 .hint = "was more than the token copied?"});
  }
  return settings;
}

std::string encode_masked(const ordered_json& body, const mask::MaskTable& mask) {
  ordered_json rest = body;
  ordered_json address = ordered_json::object();
  if (const auto team = rest.find("team_id"); team != rest.end()) {
    address["team_id"] = *team;
    rest.erase(team);
  }
  const ordered_json shown = masked(rest, mask);
  const std::string once = dumped(shown);
  std::string twice = mask.mask_text(once);
  // A secret that holds JSON's own punctuation must not change what the body says: its values are masked already.
  if (twice != once && !same_shape(ordered_json::parse(twice, nullptr, false), shown)) twice = once;
  if (address.empty()) return twice;
  std::string text = dumped(address);
  text.pop_back();
  return rest.empty() ? text + "}" : text + "," + twice.substr(1);
}

http::HttpRequest delivery_request(const ReportSettings& settings, const std::string& key, std::string body) {
  http::HttpRequest request;
  request.url = settings.events_url;
  if (!settings.token.empty()) request.headers.emplace_back("Authorization", "Bearer " + settings.token);
  request.headers.emplace_back("Content-Type", "application/json");
  request.headers.emplace_back("x-ops-mechanism", settings.mechanism);
  request.headers.emplace_back("Idempotency-Key", key);
  request.body = std::move(body);
  return request;
}

std::string dry_run_text(const ReportSettings& settings, const InsightsEvent& event, const mask::MaskTable& mask) {
  const auto url = http::parse_http_url(settings.events_url.empty() ? platform_url : settings.events_url);
  ReportSettings shown = settings;
  if (!shown.token.empty()) shown.token = "***";
  std::string body = encode_masked(event.body, mask);
  const http::HttpRequest request = delivery_request(shown, event.key, std::move(body));
  std::string text = request.method + " " + (url ? http::display_url(*url) : std::string("(no address)")) + "\n";
  for (const auto& [name, value] : request.headers) text.append(name).append(": ").append(value).append("\n");
  text += "\n" + dumped(ordered_json::parse(request.body, nullptr, false), 2) + "\n";
  return mask.mask_text(text);
}

}  // namespace lifecycle::report
