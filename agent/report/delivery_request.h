// What goes over the wire for one event: address, headers, masked body; and the same as text for --dry-run.
#pragma once

#include <string>

#include "agent/http/http_client.h"
#include "agent/mask/mask_table.h"
#include "agent/report/insights_event.h"

namespace lifecycle::report {

inline constexpr const char* platform_url = "https://events.cto.ai/";

/// Whether an event that could not be delivered changes the exit code: --strict-insights.
enum class Strictness { lenient, strict };

struct ReportSettings {
  std::string events_url;   // --events-url; empty: the platform's, when there is a token
  std::string token;        // empty: no Authorization header
  std::string token_place;  // where the token was found, for messages: CTOAI_EVENTS_API_TOKEN, --token …
  /// x-ops-mechanism, by which the platform tells its senders apart: github-action, gitlab-job, circleci-orb …
  std::string mechanism = "lifecycle-agent";
  Strictness strictness = Strictness::lenient;  // only for what is said of a failure; the exit code is the caller's
  http::TransportSettings transport;            // proxies, CA, user agent
};

/// Something is sent: there is a token or an address.
[[nodiscard]] bool is_configured(const ReportSettings& settings);

/// The note that nothing is sent, and what would change that (report-not-configured).
[[nodiscard]] Diagnostic not_configured_note();

/// The settings as they are used: address filled in, blanks around the token dropped (a file ends in a newline).
/// Errors: http-url-invalid (names --events-url), report-token-invalid (names the place, never the token).
[[nodiscard]] Result<ReportSettings> checked_settings(ReportSettings settings);

/// The body as JSON text without any secret: every text and number is masked before it is encoded, and the encoded
/// text again. team_id stays as it is: it addresses the event, and many keep it among their CI's secrets. Bytes that
/// are no UTF-8 become U+FFFD; never throws.
[[nodiscard]] std::string encode_masked(const nlohmann::ordered_json& body, const mask::MaskTable& mask);

/// `body`: of encode_masked. The settings are checked ones.
[[nodiscard]] http::HttpRequest delivery_request(const ReportSettings& settings, const std::string& key,
                                                 std::string body);

/// The request as text, the token as `***`, the body indented; ends in a newline.
[[nodiscard]] std::string dry_run_text(const ReportSettings& settings, const InsightsEvent& event,
                                       const mask::MaskTable& mask);

}  // namespace lifecycle::report
