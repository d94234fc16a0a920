// libcurl as a table of functions, opened on first use: linked, its forty shared libraries would cost every
// `plan` 4 to 5 ms before main (docs/decisions/0003-linking.md).
#pragma once

#define CURL_DISABLE_TYPECHECK
#include <curl/curl.h>

#include "agent/base/result.h"

namespace lifecycle::http {

struct Libcurl {
  decltype(&curl_global_init) global_init = nullptr;
  decltype(&curl_easy_init) easy_init = nullptr;
  decltype(&curl_easy_cleanup) easy_cleanup = nullptr;
  decltype(&curl_easy_reset) easy_reset = nullptr;
  decltype(&curl_easy_setopt) easy_setopt = nullptr;
  decltype(&curl_easy_getinfo) easy_getinfo = nullptr;
  decltype(&curl_easy_strerror) easy_strerror = nullptr;
  decltype(&curl_slist_append) slist_append = nullptr;
  decltype(&curl_slist_free_all) slist_free_all = nullptr;
  decltype(&curl_multi_init) multi_init = nullptr;
  decltype(&curl_multi_cleanup) multi_cleanup = nullptr;
  decltype(&curl_multi_add_handle) multi_add_handle = nullptr;
  decltype(&curl_multi_remove_handle) multi_remove_handle = nullptr;
  decltype(&curl_multi_perform) multi_perform = nullptr;
  decltype(&curl_multi_poll) multi_poll = nullptr;
  decltype(&curl_multi_wakeup) multi_wakeup = nullptr;
  decltype(&curl_multi_info_read) multi_info_read = nullptr;
};

/// The functions of libcurl.so.4, opened and initialised by the first call; never closed. Any thread.
/// Errors: http-library-missing (no such library, or one too old to have all functions).
[[nodiscard]] Result<const Libcurl*> libcurl();

}  // namespace lifecycle::http
