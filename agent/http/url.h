// The few things that the agent reads out of a URL itself; libcurl reads the rest.
#pragma once

#include <string>
#include <string_view>

#include "agent/base/result.h"

namespace lifecycle::http {

struct Url {
  std::string scheme;     // http or https
  std::string authority;  // host and, if given, :port; never user and password
  std::string path;       // with its leading slash; without query and fragment
};

/// Splits an http(s) URL. Errors: http-url-invalid; its message never quotes the text, which may hold a password.
[[nodiscard]] Result<Url> parse_http_url(std::string_view text);

/// `https://host:port/path`, fit for messages: no user, password, query or fragment.
[[nodiscard]] std::string display_url(const Url& url);

}  // namespace lifecycle::http
