#include "agent/http/curl_error.h"

#include <cerrno>
#include <system_error>

#include "agent/base/duration.h"
#include "agent/base/utf8.h"

namespace lifecycle::http {
namespace {

/// A library's or peer's words as one short line.
std::string one_line(std::string_view text) {
  std::string line = repair_utf8(cut_utf8(text, 200));
  for (char& c : line) {
    if (static_cast<unsigned char>(c) < 0x20 || c == 0x7F) c = ' ';
  }
  return line;
}

std::string certificate_hint(const TransportSettings& settings) {
  if (!settings.ca_file.empty()) return "the CA file in use is " + one_line(settings.ca_file);
  return "if a CA of your own signs for this host, name its file with SSL_CERT_FILE; "
         "on a bare system install the package ca-certificates";
}

Diagnostic not_connected(const FailedTransfer& failed, const std::string& host) {
  const std::string proxy_hint = failed.through_proxy ? "the way leads through a proxy: look at HTTPS_PROXY, "
                                                        "HTTP_PROXY and NO_PROXY"
                                                      : "";
  if (failed.proxy_status >= 300) {
    return {.code = "http-unreachable",
            .message = "the proxy answered " + std::to_string(failed.proxy_status) + " when asked for " + host,
            .hint = proxy_hint};
  }
  if (failed.system_error == ECONNREFUSED) {
    return {.code = "http-connection-refused",
            .message = "the connection to " + host + " was refused",
            .hint = failed.through_proxy ? proxy_hint : "nothing listens there: is the address right?"};
  }
  std::string reason;
  if (failed.system_error != 0) {
    reason = ": " + std::generic_category().message(static_cast<int>(failed.system_error));
  }
  return {.code = "http-unreachable", .message = host + " could not be reached" + one_line(reason), .hint = proxy_hint};
}

}  // namespace

Diagnostic explain_failure(const FailedTransfer& failed, const Url& url, const TransportSettings& settings) {
  const std::string& host = url.authority;
  const std::string detail = one_line(failed.detail.empty() ? failed.general : failed.detail);
  switch (failed.code) {
    case CURLE_COULDNT_RESOLVE_HOST:
      return {.code = "http-host-not-found",
              .message = "the host " + host + " was not found",
              .hint = "look at the spelling, and at DNS on this machine"};
    case CURLE_COULDNT_RESOLVE_PROXY:
      return {.code = "http-host-not-found",
              .message = "the proxy for " + host + " was not found",
              .hint = "look at HTTPS_PROXY and HTTP_PROXY"};
    case CURLE_COULDNT_CONNECT:
      return not_connected(failed, host);
    case CURLE_OPERATION_TIMEDOUT:
      if (!failed.was_connected) {
        return {.code = "http-timeout",
                .message = host + " could not be reached in " + print_duration(settings.connect_limit)};
      }
      return {.code = "http-timeout",
              .message = host + " did not answer in full within " + print_duration(settings.total_limit)};
    case CURLE_PEER_FAILED_VERIFICATION:
    case CURLE_SSL_ISSUER_ERROR:
      return {.code = "http-certificate",
              .message = "the certificate of " + host + " is not trusted: " + detail,
              .hint = certificate_hint(settings)};
    case CURLE_SSL_CACERT_BADFILE:
      return {.code = "http-certificate",
              .message = "the CA certificates to verify " + host + " with cannot be read" +
                         (settings.ca_file.empty() ? "" : ": " + one_line(settings.ca_file)),
              .hint = settings.ca_file.empty() ? certificate_hint(settings)
                                               : "look at CURL_CA_BUNDLE, SSL_CERT_FILE and SSL_CERT_DIR"};
    case CURLE_SSL_CONNECT_ERROR:
      return {.code = "http-tls",
              .message = "no TLS connection with " + host + ": " + detail,
              .hint = "does that port speak plain http?"};
    case CURLE_GOT_NOTHING:
      return {.code = "http-connection-lost", .message = host + " closed the connection without an answer"};
    case CURLE_PARTIAL_FILE:
      return {.code = "http-connection-lost", .message = "the answer of " + host + " ended halfway"};
    case CURLE_SEND_ERROR:
    case CURLE_RECV_ERROR:
      if (failed.proxy_status >= 300) return not_connected(failed, host);
      return {.code = "http-connection-lost", .message = "the connection to " + host + " was lost"};
    case CURLE_UNSUPPORTED_PROTOCOL:
    case CURLE_WEIRD_SERVER_REPLY:
      return {.code = "http-protocol", .message = "the answer of " + host + " is no HTTP"};
    case CURLE_URL_MALFORMAT:
      return {.code = "http-url-invalid", .message = "the URL cannot be read"};
    default:
      return {.code = "http-protocol", .message = "the exchange with " + host + " failed: " + one_line(failed.general)};
  }
}

}  // namespace lifecycle::http
