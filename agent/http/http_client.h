// One libcurl client: blocking, for a worker thread of its user; connections are kept alive between requests.
#pragma once

#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "agent/base/result.h"
#include "agent/http/transport_settings.h"

namespace lifecycle::http {

using Clock = std::chrono::steady_clock;

struct HttpRequest {
  std::string method = "POST";
  std::string url;
  /// Name and value; a value may be a credential and never enters a message. No line breaks.
  std::vector<std::pair<std::string, std::string>> headers;
  std::string body;
};

struct HttpResponse {
  int status = 0;
  std::string body;         // at most TransportSettings::response_limit bytes, the rest is not read
  std::string retry_after;  // the header as it came; empty: none
  std::string location;
};

class HttpClient {
 public:
  /// Cheap: libcurl is opened by the first send().
  explicit HttpClient(TransportSettings settings);
  ~HttpClient();
  HttpClient(const HttpClient&) = delete;
  HttpClient& operator=(const HttpClient&) = delete;

  /// Sends and waits for the whole answer; any status is an answer, redirects are not followed. One thread at a
  /// time. TLS is verified, only http and https are spoken. Errors, all of http_diagnostic_codes():
  /// http-library-missing, http-url-invalid, http-host-not-found, http-connection-refused, http-unreachable,
  /// http-timeout, http-deadline, http-connection-lost, http-certificate, http-tls, http-protocol.
  [[nodiscard]] Result<HttpResponse> send(const HttpRequest& request);

  /// The moment at which a send under way, and every later one, ends with http-deadline. Any thread; wakes send().
  void set_deadline(Clock::time_point deadline);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

/// Whether trying again may help: false for an untrusted certificate, a bad URL, a missing library.
[[nodiscard]] bool is_worth_retrying(const Diagnostic& error);

[[nodiscard]] std::vector<DiagnosticCode> http_diagnostic_codes();

}  // namespace lifecycle::http
