#include "agent/http/url.h"

#include <gtest/gtest.h>

#include "agent/http/transport_settings.h"

namespace lifecycle::http {
namespace {

TEST(Url, IsShownWithoutUserQueryAndFragment) {
  const std::pair<const char*, const char*> cases[] = {
      {"https://events.cto.ai/", "https://events.cto.ai/"},
      {"HTTPS://Events.Example", "https://events.example/"},
      {"http://127.0.0.1:8080/a/b?token=x#y", "http://127.0.0.1:8080/a/b"},
      {"https://u:p@h.example:444/", "https://h.example:444/"},
      {"https://u:p@ss@h.example?q", "https://h.example/"},
      {"http://[::1]:80/x", "http://[::1]:80/x"},
      {"http://[::1]", "http://[::1]/"},
  };
  for (const auto& [text, shown] : cases) {
    const auto url = parse_http_url(text);
    ASSERT_TRUE(url) << text;
    EXPECT_EQ(display_url(*url), shown);
  }
}

TEST(Url, RefusesWhatIsNoneAndNeverQuotesIt) {
  for (const char* text : {"", "events.example", "localhost:8080", "ftp://u:hunter2@h/", "file:///etc/passwd",
                           "https://", "https://u:hunter2@/", "http:///x", "http://h:0/", "http://h:99999/",
                           "http://h:x/", "http://h:/", "http://::1/", "http://[::1/", "http://hunter2 x/",
                           "http://h/\r\nX: hunter2", "http:\\\\h", "http://h\\hunter2"}) {
    const auto url = parse_http_url(text);
    ASSERT_FALSE(url) << text;
    EXPECT_EQ(url.error().code, "http-url-invalid");
    EXPECT_EQ(url.error().message.find("hunter2"), std::string::npos);
  }
}

TEST(TransportSettings, PrefersTheLowerCaseNameAndCurlsOwnBundle) {
  Environment environment({{"HTTP_PROXY", "http://upper"},
                           {"http_proxy", "http://lower"},
                           {"HTTPS_PROXY", "http://upper-s"},
                           {"https_proxy", ""},
                           {"NO_PROXY", "a,b"},
                           {"SSL_CERT_FILE", "/f.pem"},
                           {"SSL_CERT_DIR", "/d"}});
  auto settings = read_transport_settings(environment);
  EXPECT_EQ(settings.http_proxy, "http://lower");
  EXPECT_EQ(settings.https_proxy, "http://upper-s");
  EXPECT_EQ(settings.no_proxy, "a,b");
  EXPECT_EQ(settings.ca_file, "/f.pem");
  EXPECT_EQ(settings.ca_directory, "/d");
  environment.set("CURL_CA_BUNDLE", "/curl.pem");
  settings = read_transport_settings(environment);
  EXPECT_EQ(settings.ca_file, "/curl.pem");
  EXPECT_EQ(settings.ca_directory, "");
  Environment all_proxy;
  all_proxy.set("ALL_PROXY", "socks5://p");
  settings = read_transport_settings(all_proxy);
  EXPECT_EQ(settings.http_proxy, "socks5://p");
  EXPECT_EQ(settings.https_proxy, "socks5://p");
}

}  // namespace
}  // namespace lifecycle::http
