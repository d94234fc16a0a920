#include <algorithm>
#include <array>

#include "agent/http/http_client.h"

namespace lifecycle::http {
namespace {

constexpr std::array codes = {
    DiagnosticCode{"http-library-missing", "libcurl cannot be opened",
                   "The agent opens libcurl.so.4 when it first sends something. Install libcurl4, or leave out token "
                   "and --events-url: then nothing is sent and the library is not needed."},
    DiagnosticCode{"http-url-invalid", "an address is no http(s) URL",
                   "Addresses begin with http:// or https:// and name a host. The text is not quoted, since it may "
                   "hold a password."},
    DiagnosticCode{"http-host-not-found", "a host's name does not resolve",
                   "DNS on this machine does not know the host, or the proxy's host."},
    DiagnosticCode{"http-connection-refused", "nothing listens at the address",
                   "The machine was reached, but no program accepts connections on that port."},
    DiagnosticCode{"http-unreachable", "no way to the host",
                   "No connection came about: no route, a firewall that rejects, or a proxy that refuses."},
    DiagnosticCode{"http-timeout", "no answer in time",
                   "Either the connection did not come about in 5 s, or the answer was not complete in 10 s."},
    DiagnosticCode{"http-deadline", "the time for sending was over",
                   "The request was given up because --report-timeout had passed or the run was cancelled."},
    DiagnosticCode{"http-connection-lost", "the connection broke before the answer was complete",
                   "The peer or something between closed the connection. The agent tries again."},
    DiagnosticCode{"http-certificate", "the peer's certificate is not trusted",
                   "TLS is always verified. Name the file of your own CA with SSL_CERT_FILE or CURL_CA_BUNDLE, a "
                   "directory of them with SSL_CERT_DIR; on a bare system install ca-certificates. A proxy that "
                   "opens TLS needs its CA there, too."},
    DiagnosticCode{"http-tls", "the TLS handshake failed",
                   "Often an https:// address of a port that speaks plain http, or a peer without a common version."},
    DiagnosticCode{"http-protocol", "the answer is no HTTP", "Something else than a web server listens there."},
};

}  // namespace

std::vector<DiagnosticCode> http_diagnostic_codes() { return {codes.begin(), codes.end()}; }

bool is_worth_retrying(const Diagnostic& error) {
  constexpr std::array final_codes = {std::string_view("http-library-missing"), std::string_view("http-url-invalid"),
                                      std::string_view("http-certificate"), std::string_view("http-deadline")};
  return std::ranges::find(final_codes, error.code) == final_codes.end();
}

}  // namespace lifecycle::http
