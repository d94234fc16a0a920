// Driven through curl's multi interface though only one request is under way: multi_poll can be woken, so a
// deadline that moves closer (a cancelled run) is obeyed at once; curl_easy_perform would look only once a second.
#include "agent/http/http_client.h"

#include <pthread.h>
#include <sys/socket.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <cctype>
#include <csignal>
#include <cstdint>
#include <mutex>
#include <string_view>

#include "agent/http/curl_error.h"
#include "agent/http/libcurl.h"

namespace lifecycle::http {
namespace {

constexpr auto far_away = Clock::duration::max().count();

/// No SIGPIPE from a peer that left: CURLOPT_NOSIGNAL makes libcurl leave the signal alone.
class SigpipeBlocked {
 public:
  SigpipeBlocked() {
    ::sigemptyset(&pipe_);
    ::sigaddset(&pipe_, SIGPIPE);
    ::pthread_sigmask(SIG_BLOCK, &pipe_, &before_);
  }
  ~SigpipeBlocked() {
    if (::sigismember(&before_, SIGPIPE) == 1) return;
    constexpr timespec at_once{};
    while (::sigtimedwait(&pipe_, nullptr, &at_once) == SIGPIPE) continue;
    ::pthread_sigmask(SIG_SETMASK, &before_, nullptr);
  }
  SigpipeBlocked(const SigpipeBlocked&) = delete;
  SigpipeBlocked& operator=(const SigpipeBlocked&) = delete;

 private:
  sigset_t pipe_{};
  sigset_t before_{};
};

class HeaderList {
 public:
  explicit HeaderList(const Libcurl& curl) : curl_(curl) {}
  ~HeaderList() { curl_.slist_free_all(list_); }
  HeaderList(const HeaderList&) = delete;
  HeaderList& operator=(const HeaderList&) = delete;

  void add(const std::string& line) {
    if (curl_slist* longer = curl_.slist_append(list_, line.c_str()); longer != nullptr) list_ = longer;
  }
  [[nodiscard]] curl_slist* get() const { return list_; }

 private:
  const Libcurl& curl_;
  curl_slist* list_ = nullptr;
};

/// What the callbacks of one transfer fill.
struct Answer {
  HttpResponse response;
  std::size_t limit = 0;
  bool cut = false;
};

std::size_t take_body(char* data, std::size_t one, std::size_t size, void* user) {
  auto& answer = *static_cast<Answer*>(user);
  const std::size_t bytes = one * size;
  const std::size_t room = answer.limit - answer.response.body.size();
  answer.response.body.append(data, std::min(bytes, room));
  if (bytes <= room) return bytes;
  answer.cut = true;
  return 0;  // ends the transfer: nobody reads the rest
}

/// The value of `line` when it is the header `name` (lower case).
std::optional<std::string> header_value(std::string_view line, std::string_view name) {
  if (line.size() <= name.size() || line[name.size()] != ':') return std::nullopt;
  const auto same = [](char a, char b) { return std::tolower(static_cast<unsigned char>(a)) == b; };
  if (!std::ranges::equal(line.substr(0, name.size()), name, same)) return std::nullopt;
  constexpr std::string_view blank = " \t\r\n";
  std::string_view value = line.substr(name.size() + 1);
  value.remove_prefix(std::min(value.find_first_not_of(blank), value.size()));
  value = value.substr(0, value.find_last_not_of(blank) + 1);
  return std::string(value.substr(0, 1024));
}

std::size_t take_header(char* data, std::size_t one, std::size_t size, void* user) {
  auto& response = static_cast<Answer*>(user)->response;
  const std::string_view line(data, one * size);
  if (line.starts_with("HTTP/")) {  // the final answer after a 1xx begins anew
    response.retry_after.clear();
    response.location.clear();
  }
  if (auto value = header_value(line, "retry-after")) response.retry_after = std::move(*value);
  if (auto value = header_value(line, "location")) response.location = std::move(*value);
  return one * size;
}

/// A workflow's processes must not inherit the connection.
curl_socket_t open_socket(void*, curlsocktype, curl_sockaddr* address) {
  return ::socket(address->family, address->socktype | SOCK_CLOEXEC, address->protocol);
}

std::string header_line(const std::string& name, const std::string& value) {
  std::string line = name + ": " + value;
  std::erase_if(line, [](char c) { return c == '\r' || c == '\n' || c == '\0'; });
  return line;
}

}  // namespace

struct HttpClient::State {
  explicit State(TransportSettings given) : settings(std::move(given)) {}

  TransportSettings settings;
  std::atomic<std::int64_t> deadline{far_away};
  std::mutex opening;  // of `multi`, which set_deadline() wakes from another thread
  const Libcurl* curl = nullptr;
  CURLM* multi = nullptr;
  CURL* easy = nullptr;

  ~State() {
    if (curl == nullptr) return;
    if (easy != nullptr) curl->easy_cleanup(easy);
    if (multi != nullptr) curl->multi_cleanup(multi);
  }

  Result<void> open() {
    if (easy != nullptr) return {};
    auto library = libcurl();
    if (!library) return fail(std::move(library).error());
    const std::lock_guard lock(opening);
    curl = *library;
    if (multi == nullptr) multi = curl->multi_init();
    if (multi != nullptr) easy = curl->easy_init();
    if (easy == nullptr) return fail({.code = "http-library-missing", .message = "libcurl gives no handle"});
    return {};
  }

  [[nodiscard]] Clock::duration remaining() const {
    const std::int64_t end = deadline.load();
    if (end == far_away) return Clock::duration::max();
    return Clock::duration(end) - Clock::now().time_since_epoch();
  }

  void prepare(const HttpRequest& request, const Url& url, const HeaderList& headers, Answer& answer, char* error) {
    const auto set = [this](CURLoption option, auto value) { curl->easy_setopt(easy, option, value); };
    curl->easy_reset(easy);
    set(CURLOPT_URL, request.url.c_str());
    set(CURLOPT_PROTOCOLS_STR, "http,https");
    set(CURLOPT_HTTP_VERSION, static_cast<long>(CURL_HTTP_VERSION_2TLS));
    set(CURLOPT_CUSTOMREQUEST, request.method.c_str());
    if (request.method == "HEAD") {
      set(CURLOPT_NOBODY, 1L);  // its answer tells the length of a body that does not come
    } else if (request.method != "GET") {
      set(CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(request.body.size()));
      set(CURLOPT_POSTFIELDS, request.body.c_str());
    }
    set(CURLOPT_HTTPHEADER, headers.get());
    set(CURLOPT_USERAGENT, settings.user_agent.c_str());
    set(CURLOPT_FOLLOWLOCATION, 0L);
    set(CURLOPT_NOSIGNAL, 1L);
    set(CURLOPT_QUICK_EXIT, 1L);  // a resolver that hangs is left behind, not waited for
    set(CURLOPT_CONNECTTIMEOUT_MS, static_cast<long>(settings.connect_limit.count()));
    set(CURLOPT_TIMEOUT_MS, static_cast<long>(settings.total_limit.count()));
    set(CURLOPT_PROXY, (url.scheme == "https" ? settings.https_proxy : settings.http_proxy).c_str());
    set(CURLOPT_NOPROXY, settings.no_proxy.c_str());
    set(CURLOPT_SUPPRESS_CONNECT_HEADERS, 1L);
    set(CURLOPT_SSL_VERIFYPEER, 1L);
    set(CURLOPT_SSL_VERIFYHOST, 2L);
    set(CURLOPT_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_2));
    if (!settings.ca_file.empty()) set(CURLOPT_CAINFO, settings.ca_file.c_str());
    if (!settings.ca_directory.empty()) set(CURLOPT_CAPATH, settings.ca_directory.c_str());
    set(CURLOPT_OPENSOCKETFUNCTION, &open_socket);
    set(CURLOPT_WRITEFUNCTION, &take_body);
    set(CURLOPT_WRITEDATA, static_cast<void*>(&answer));
    set(CURLOPT_HEADERFUNCTION, &take_header);
    set(CURLOPT_HEADERDATA, static_cast<void*>(&answer));
    set(CURLOPT_ERRORBUFFER, error);
  }

  /// The transfer's end, or nothing when the deadline came first.
  std::optional<CURLcode> perform() {
    curl->multi_add_handle(multi, easy);
    std::optional<CURLcode> end;
    while (!end) {
      int running = 0;
      if (curl->multi_perform(multi, &running) != CURLM_OK) end = CURLE_FAILED_INIT;
      int queued = 0;
      while (const CURLMsg* message = curl->multi_info_read(multi, &queued)) {
        if (message->msg == CURLMSG_DONE) end = message->data.result;
      }
      if (end) break;
      const auto left = remaining();
      if (left <= Clock::duration::zero()) break;
      const auto wait = std::chrono::ceil<milliseconds>(std::min<Clock::duration>(left, std::chrono::seconds(1)));
      curl->multi_poll(multi, nullptr, 0, static_cast<int>(wait.count()), nullptr);
    }
    curl->multi_remove_handle(multi, easy);
    return end;
  }

  long number(CURLINFO what) {
    long value = 0;
    curl->easy_getinfo(easy, what, &value);
    return value;
  }

  Diagnostic explain(CURLcode code, const Url& url, const char* error) {
    FailedTransfer failed;
    failed.code = code;
    failed.system_error = number(CURLINFO_OS_ERRNO);
    failed.proxy_status = number(CURLINFO_HTTP_CONNECTCODE);
    curl_off_t pretransfer = 0;
    curl->easy_getinfo(easy, CURLINFO_PRETRANSFER_TIME_T, &pretransfer);
    failed.was_connected = pretransfer > 0;
    failed.through_proxy = !(url.scheme == "https" ? settings.https_proxy : settings.http_proxy).empty();
    failed.detail = error;
    failed.general = curl->easy_strerror(code);
    return explain_failure(failed, url, settings);
  }
};

HttpClient::HttpClient(TransportSettings settings) : state_(std::make_unique<State>(std::move(settings))) {}
HttpClient::~HttpClient() = default;

Result<HttpResponse> HttpClient::send(const HttpRequest& request) {
  State& state = *state_;
  const auto url = parse_http_url(request.url);
  if (!url) return fail(url.error());
  const Diagnostic too_late{.code = "http-deadline",
                            .message = "the time for sending was over before " + url->authority + " had answered"};
  if (state.remaining() <= Clock::duration::zero()) return fail(too_late);
  if (auto opened = state.open(); !opened) return fail(std::move(opened).error());

  const SigpipeBlocked quiet;
  HeaderList headers(*state.curl);
  for (const auto& [name, value] : request.headers) headers.add(header_line(name, value));
  headers.add("Expect:");  // no wait of a second for "100 Continue" with bodies above 1 MiB
  Answer answer;
  answer.limit = state.settings.response_limit;
  std::array<char, CURL_ERROR_SIZE> error{};
  state.prepare(request, *url, headers, answer, error.data());
  const auto end = state.perform();
  if (!end) return fail(too_late);
  if (*end != CURLE_OK && !(*end == CURLE_WRITE_ERROR && answer.cut)) {
    return fail(state.explain(*end, *url, error.data()));
  }
  answer.response.status = static_cast<int>(state.number(CURLINFO_RESPONSE_CODE));
  return std::move(answer.response);
}

void HttpClient::set_deadline(Clock::time_point deadline) {
  state_->deadline = deadline.time_since_epoch().count();
  const std::lock_guard lock(state_->opening);
  if (state_->multi != nullptr) state_->curl->multi_wakeup(state_->multi);
}

}  // namespace lifecycle::http
