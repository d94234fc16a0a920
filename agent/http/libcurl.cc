#include "agent/http/libcurl.h"

#include <dlfcn.h>

#include <string>

namespace lifecycle::http {
namespace {

constexpr const char* library_name = "libcurl.so.4";

Diagnostic missing(std::string reason) {
  return {.code = "http-library-missing",
          .message = "nothing can be sent: " + std::move(reason),
          .hint = "install it (Debian and Ubuntu: apt-get install libcurl4; Fedora: dnf install libcurl)"};
}

template <class Function>
bool load(void* library, const char* name, Function& function) {
  // POSIX promises that a function's address survives dlsym's void*.
  function = reinterpret_cast<Function>(::dlsym(library, name));
  return function != nullptr;
}

Result<Libcurl> open_library() {
  // RTLD_LOCAL: libcurl brings an OpenSSL of its own, which must not meet ours.
  void* library = ::dlopen(library_name, RTLD_NOW | RTLD_LOCAL);
  if (library == nullptr) {
    const char* reason = ::dlerror();
    return fail(missing(reason != nullptr ? reason : std::string(library_name) + " cannot be opened"));
  }
  Libcurl curl;
  const bool complete =
      load(library, "curl_global_init", curl.global_init) && load(library, "curl_easy_init", curl.easy_init) &&
      load(library, "curl_easy_cleanup", curl.easy_cleanup) && load(library, "curl_easy_reset", curl.easy_reset) &&
      load(library, "curl_easy_setopt", curl.easy_setopt) && load(library, "curl_easy_getinfo", curl.easy_getinfo) &&
      load(library, "curl_easy_strerror", curl.easy_strerror) &&
      load(library, "curl_slist_append", curl.slist_append) &&
      load(library, "curl_slist_free_all", curl.slist_free_all) && load(library, "curl_multi_init", curl.multi_init) &&
      load(library, "curl_multi_cleanup", curl.multi_cleanup) &&
      load(library, "curl_multi_add_handle", curl.multi_add_handle) &&
      load(library, "curl_multi_remove_handle", curl.multi_remove_handle) &&
      load(library, "curl_multi_perform", curl.multi_perform) && load(library, "curl_multi_poll", curl.multi_poll) &&
      load(library, "curl_multi_wakeup", curl.multi_wakeup) &&
      load(library, "curl_multi_info_read", curl.multi_info_read);
  if (!complete) return fail(missing(std::string(library_name) + " is older than 7.68"));
  if (curl.global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK) {
    return fail(missing(std::string(library_name) + " could not be initialised"));
  }
  return curl;
}

}  // namespace

Result<const Libcurl*> libcurl() {
  static const Result<Libcurl> opened = open_library();
  if (!opened) return fail(opened.error());
  return &*opened;
}

}  // namespace lifecycle::http
