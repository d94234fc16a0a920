// Which proxy, which CA file, which limits: read from the environment as curl's own program reads it.
#pragma once

#include <chrono>
#include <cstddef>
#include <string>
#include <string_view>

#include "agent/base/environment.h"

namespace lifecycle::http {

using std::chrono::milliseconds;

struct TransportSettings {
  std::string http_proxy;  // for http:// URLs; empty: none. May hold a password: never printed
  std::string https_proxy;
  std::string no_proxy;      // hosts that are reached directly, as curl reads the list
  std::string ca_file;       // empty: the system's
  std::string ca_directory;  // empty: the system's
  std::string user_agent = "lifecycle-agent";
  milliseconds connect_limit{5000};
  milliseconds total_limit{10000};  // of one request, answer included
  std::size_t response_limit = std::size_t{64} * 1024;
};

/// HTTP_PROXY, HTTPS_PROXY, ALL_PROXY, NO_PROXY in both cases, the lower one first; the CA from CURL_CA_BUNDLE,
/// else from SSL_CERT_FILE and SSL_CERT_DIR (curl's manual page, "Environment" and `--cacert`).
[[nodiscard]] TransportSettings read_transport_settings(const Environment& environment);

}  // namespace lifecycle::http
