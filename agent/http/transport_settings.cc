#include "agent/http/transport_settings.h"

namespace lifecycle::http {
namespace {

/// The first of the variables that is set and not empty.
std::string first_of(const Environment& environment, std::initializer_list<std::string_view> names) {
  for (const std::string_view name : names) {
    if (const std::string_view value = environment.get(name); !value.empty()) return std::string(value);
  }
  return {};
}

}  // namespace

TransportSettings read_transport_settings(const Environment& environment) {
  TransportSettings settings;
  settings.http_proxy = first_of(environment, {"http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"});
  settings.https_proxy = first_of(environment, {"https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"});
  settings.no_proxy = first_of(environment, {"no_proxy", "NO_PROXY"});
  settings.ca_file = first_of(environment, {"CURL_CA_BUNDLE"});
  if (settings.ca_file.empty()) {
    settings.ca_file = first_of(environment, {"SSL_CERT_FILE"});
    settings.ca_directory = first_of(environment, {"SSL_CERT_DIR"});
  }
  return settings;
}

}  // namespace lifecycle::http
