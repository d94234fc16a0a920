// What went wrong with a transfer, in words that say what to do.
#pragma once

#include <string>

#include "agent/base/diagnostic.h"
#include "agent/http/libcurl.h"
#include "agent/http/transport_settings.h"
#include "agent/http/url.h"

namespace lifecycle::http {

struct FailedTransfer {
  CURLcode code = CURLE_OK;
  long system_error = 0;       // CURLINFO_OS_ERRNO
  long proxy_status = 0;       // what a proxy answered to CONNECT; 0: nothing
  bool was_connected = false;  // the time-out came after the connection stood
  bool through_proxy = false;  // HTTP(S)_PROXY applies to this URL
  std::string detail;          // CURLOPT_ERRORBUFFER
  std::string general;         // curl_easy_strerror
};

/// Pure. The message names the host, never user, password or a proxy's address.
[[nodiscard]] Diagnostic explain_failure(const FailedTransfer& failed, const Url& url,
                                         const TransportSettings& settings);

}  // namespace lifecycle::http
