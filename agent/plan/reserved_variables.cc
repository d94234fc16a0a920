#include "agent/plan/reserved_variables.h"

#include <algorithm>
#include <array>
#include <string>

#include "agent/base/ascii.h"

namespace lifecycle::plan {
namespace {

constexpr std::array<std::string_view, 26> machine_names{"PATH",
                                                         "HOME",
                                                         "USER",
                                                         "LOGNAME",
                                                         "SHELL",
                                                         "LANG",
                                                         "TZ",
                                                         "TERM",
                                                         "TMPDIR",
                                                         "HTTP_PROXY",
                                                         "HTTPS_PROXY",
                                                         "NO_PROXY",
                                                         "http_proxy",
                                                         "https_proxy",
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
                                                         "COLORTERM"};

// GitHub docs, "Variables": default environment variables.
constexpr std::array<std::string_view, 10> ci_names{
    "CI",         "GITHUB_API_URL",   "GITHUB_REF",  "GITHUB_REPOSITORY", "GITHUB_RUN_ID", "GITHUB_SERVER_URL",
    "GITHUB_SHA", "GITHUB_WORKSPACE", "RUNNER_ARCH", "RUNNER_OS"};

constexpr std::array<std::string_view, 8> own_tokens{"CTOAI_EVENTS_API_TOKEN",
                                                     "LIFECYCLE_TOKEN",
                                                     "INPUT_TOKEN",
                                                     "PLUGIN_TOKEN",
                                                     "ACTIONS_RUNTIME_TOKEN",
                                                     "ACTIONS_ID_TOKEN_REQUEST_TOKEN",
                                                     "ACTIONS_ID_TOKEN_REQUEST_URL",
                                                     "ACTIONS_CACHE_URL"};

// GitHub docs, "Workflow commands for GitHub Actions": environment files. The runners of Gitea and Forgejo name the
// same files by their own prefix as well.
constexpr std::array<std::string_view, 3> file_prefixes{"GITHUB_", "GITEA_", "FORGEJO_"};
constexpr std::array<std::string_view, 5> command_files{"ENV", "PATH", "OUTPUT", "STATE", "STEP_SUMMARY"};

constexpr std::array<std::string_view, 3> kept_prefixes{"ACTIONS_", "INPUT_", "PLUGIN_"};

constexpr std::array<std::string_view, 8> telling_parts{"key", "token",   "secret",     "pass",
                                                        "pwd", "private", "credential", "auth"};

template <std::size_t size>
bool is_one_of(const std::array<std::string_view, size>& names, std::string_view name) {
  return !name.empty() && std::ranges::find(names, name) != names.end();
}

bool names_command_file(std::string_view name) {
  return std::ranges::any_of(file_prefixes, [name](std::string_view prefix) {
    return name.starts_with(prefix) && is_one_of(command_files, name.substr(prefix.size()));
  });
}

}  // namespace

bool is_passed_on(std::string_view name) {
  return is_one_of(machine_names, name) || is_one_of(ci_names, name) || name.starts_with("LC_");
}

bool tells_of_ci(std::string_view name) { return is_one_of(ci_names, name); }

bool is_own_token(std::string_view name) { return is_one_of(own_tokens, name); }

bool is_kept_back(std::string_view name) {
  if (is_own_token(name) || names_command_file(name)) return true;
  return std::ranges::any_of(kept_prefixes, [name](std::string_view prefix) { return name.starts_with(prefix); });
}

bool is_token(std::string_view name) { return name.ends_with("_TOKEN"); }

bool is_telling(std::string_view name) {
  const std::string folded = lower_case(name);
  return std::ranges::any_of(telling_parts,
                             [&](std::string_view part) { return folded.find(part) != std::string::npos; });
}

bool holds_password(std::string_view value) {
  const auto scheme = value.find("://");
  if (scheme == std::string_view::npos) return false;
  const std::string_view rest = value.substr(scheme + 3);
  const std::string_view authority = rest.substr(0, rest.find_first_of("/?#"));
  const auto at = authority.rfind('@');
  if (at == std::string_view::npos) return false;
  const auto colon = authority.find(':');
  return colon < at && at - colon > 1;
}

}  // namespace lifecycle::plan
