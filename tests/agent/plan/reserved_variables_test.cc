#include "agent/plan/reserved_variables.h"

#include <gtest/gtest.h>

namespace lifecycle::plan {
namespace {

TEST(ReservedVariables, PassedOn) {
  for (const std::string_view name : {"PATH",
                                      "HOME",
                                      "USER",
                                      "LOGNAME",
                                      "SHELL",
                                      "LANG",
                                      "LC_ALL",
                                      "LC_CTYPE",
                                      "TZ",
                                      "TERM",
                                      "TMPDIR",
                                      "CI",
                                      "HTTP_PROXY",
                                      "https_proxy",
                                      "NO_PROXY",
                                      "no_proxy",
                                      "SSL_CERT_FILE",
                                      "SSL_CERT_DIR",
                                      "DOCKER_HOST",
                                      "DOCKER_CONFIG",
                                      "DOCKER_TLS_VERIFY",
                                      "DOCKER_CERT_PATH",
                                      "XDG_RUNTIME_DIR",
                                      "SSH_AUTH_SOCK",
                                      "NO_COLOR",
                                      "FORCE_COLOR",
                                      "COLORTERM",
                                      "GITHUB_WORKSPACE",
                                      "GITHUB_SHA",
                                      "GITHUB_REF",
                                      "GITHUB_REPOSITORY",
                                      "GITHUB_RUN_ID",
                                      "GITHUB_SERVER_URL",
                                      "GITHUB_API_URL",
                                      "RUNNER_OS",
                                      "RUNNER_ARCH"}) {
    EXPECT_TRUE(is_passed_on(name)) << name;
    EXPECT_FALSE(is_kept_back(name)) << name;
  }
  for (const std::string_view name :
       {"", "GITHUB_TOKEN", "GITHUB_ENV", "GITHUB_EVENT_PATH", "AWS_REGION", "LD_PRELOAD", "BASH_ENV", "path", "Lc_ALL",
        "npm_config_registry", "RUNNER_TEMP", "REPO", "LIFECYCLE_TOKEN"}) {
    EXPECT_FALSE(is_passed_on(name)) << name;
  }
}

TEST(ReservedVariables, KeptBack) {
  for (const std::string_view name :
       {"GITHUB_ENV", "GITHUB_PATH", "GITHUB_OUTPUT", "GITHUB_STATE", "GITHUB_STEP_SUMMARY", "GITEA_ENV",
        "FORGEJO_OUTPUT", "ACTIONS_RUNTIME_TOKEN", "ACTIONS_ANYTHING", "INPUT_TOKEN", "INPUT_X", "PLUGIN_X",
        "LIFECYCLE_TOKEN", "CTOAI_EVENTS_API_TOKEN"}) {
    EXPECT_TRUE(is_kept_back(name)) << name;
  }
  EXPECT_FALSE(is_kept_back("GITHUB_TOKEN"));
  EXPECT_FALSE(is_kept_back("LIFECYCLE_EVENTS_URL"));
}

TEST(ReservedVariables, OwnTokens) {
  for (const std::string_view name :
       {"CTOAI_EVENTS_API_TOKEN", "LIFECYCLE_TOKEN", "INPUT_TOKEN", "PLUGIN_TOKEN", "ACTIONS_RUNTIME_TOKEN",
        "ACTIONS_ID_TOKEN_REQUEST_TOKEN", "ACTIONS_ID_TOKEN_REQUEST_URL", "ACTIONS_CACHE_URL"}) {
    EXPECT_TRUE(is_own_token(name)) << name;
  }
  EXPECT_FALSE(is_own_token("GITHUB_TOKEN"));
  EXPECT_FALSE(is_own_token("NPM_TOKEN"));
}

TEST(ReservedVariables, TellingNames) {
  for (const std::string_view name : {"NPM_TOKEN", "api_key", "ClientSecret", "DB_PASSWORD", "passphrase", "MYSQL_PWD",
                                      "PRIVATE_PEM", "GOOGLE_APPLICATION_CREDENTIALS", "OAUTH", "MONKEY"}) {
    EXPECT_TRUE(is_telling(name)) << name;
  }
  for (const std::string_view name : {"REGION", "IMAGE", "", "USER"}) EXPECT_FALSE(is_telling(name)) << name;
}

TEST(ReservedVariables, AddressesWithAPassword) {
  for (const std::string_view value :
       {"http://user:secret@proxy:3128", "https://user:p%40ss@proxy", "socks5://a:b@c/d", "http://u:a@b@proxy"}) {
    EXPECT_TRUE(holds_password(value)) << value;
  }
  for (const std::string_view value : {"http://proxy:3128", "http://user@proxy:3128", "http://user:@proxy",
                                       "user:a@proxy", "https://proxy/path:x@y", "", "http://proxy?a:b@c"}) {
    EXPECT_FALSE(holds_password(value)) << value;
  }
}

}  // namespace
}  // namespace lifecycle::plan
