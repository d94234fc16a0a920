#include "agent/secrets/secret_store.h"

#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>

#include "agent/os/files.h"
#include "agent/plan/reserved_variables.h"
#include "agent/secrets/dotenv.h"

namespace lifecycle::secrets {
namespace {

namespace fs = std::filesystem;

/// Far above what a variable can hold (128 KiB), so that the plan can name the size of one that is too large.
constexpr std::size_t file_limit = 16'777'216;

/// Names come from ops.yml: none may lead out of the directory. What begins with two dots is kubernetes' own
/// (`..data`).
bool is_file_name(std::string_view name) {
  return !name.empty() && name != "." && name.find("..") == std::string_view::npos &&
         name.find('/') == std::string_view::npos && name.find('\0') == std::string_view::npos;
}

/// A regular file, also through links, as kubernetes lays a secret's keys out.
bool is_regular(const std::string& path) {
  struct stat status{};
  return ::stat(path.c_str(), &status) == 0 && S_ISREG(status.st_mode);
}

std::string path_in(std::string_view directory, std::string_view name) {
  return (fs::path(directory) / fs::path(name)).string();
}

std::optional<std::string> read_value(std::string_view directory, std::string_view name) {
  if (directory.empty() || !is_file_name(name)) return std::nullopt;
  const std::string path = path_in(directory, name);
  if (!is_regular(path)) return std::nullopt;
  auto value = os::read_file(path, file_limit);
  if (!value) return std::nullopt;
  if (value->ends_with('\n')) value->pop_back();
  if (value->ends_with('\r')) value->pop_back();
  if (value->find('\0') != std::string::npos) return std::nullopt;
  return *std::move(value);
}

std::string trouble_in(std::string_view directory, std::string_view name) {
  if (directory.empty() || !is_file_name(name)) return {};
  const std::string path = path_in(directory, name);
  struct stat status{};
  if (::stat(path.c_str(), &status) != 0) {
    const int error = errno;
    return error == ENOENT || error == ENOTDIR ? std::string{} : path + ": " + std::strerror(error);
  }
  if (!S_ISREG(status.st_mode)) return path + " is no regular file";
  if (const auto value = os::read_file(path, file_limit); !value) return value.error().message;
  return path + " holds a NUL byte";
}

}  // namespace

Result<SecretStore> SecretStore::open(const SecretPlaces& places, const Environment& own) {
  SecretStore store;
  store.places_ = places;
  store.own_ = own;
  std::error_code unknown;
  const bool is_other = !places.secrets_dir.empty() && fs::exists(places.secrets_dir, unknown) &&
                        !fs::is_directory(places.secrets_dir, unknown);
  if (!places.secrets_dir.empty() && !is_other && ::access(places.secrets_dir.c_str(), R_OK | X_OK) != 0) {
    return fail({.code = "secrets-dir-unreadable",
                 .message = "--secrets-dir '" + places.secrets_dir + "' cannot be read: " + std::strerror(errno),
                 .hint = "name a directory that holds one file per secret"});
  }
  if (is_other) {
    return fail({.code = "secrets-dir-unreadable",
                 .message = "--secrets-dir '" + places.secrets_dir + "' is no directory",
                 .hint = "name a directory that holds one file per secret; a file of lines goes to --env-file"});
  }
  for (const std::string& file : places.env_files) {
    auto text = os::read_file(file, file_limit);
    if (!text) {
      return fail({.code = "env-file-unreadable",
                   .message = "--env-file '" + file + "' cannot be read: " + text.error().message,
                   .hint = "name a file of lines NAME=VALUE"});
    }
    auto pairs = parse_dotenv(*text, file);
    if (!pairs) return tl::unexpected(std::move(pairs).error());
    for (auto& [name, value] : *pairs) store.from_files_.insert_or_assign(name, FromFile{std::move(value), file});
  }
  return store;
}

std::optional<SecretStore::Found> SecretStore::look_up(std::string_view name) const {
  if (plan::is_own_token(name)) return std::nullopt;
  if (auto value = read_value(places_.secrets_dir, name)) return Found{*std::move(value), places_.secrets_dir};
  if (const auto found = from_files_.find(name); found != from_files_.end()) {
    return Found{found->second.value, found->second.file};
  }
  if (const auto value = own_.get(name); !value.empty()) return Found{std::string(value), "environment"};
  if (auto value = read_value(places_.plan_secrets, name)) return Found{*std::move(value), places_.plan_secrets};
  return std::nullopt;
}

std::optional<std::string> SecretStore::find(std::string_view name) const {
  auto found = look_up(name);
  if (!found) return std::nullopt;
  return std::move(found->value);
}

std::optional<std::string> SecretStore::provider_of(std::string_view name) const {
  auto found = look_up(name);
  if (!found) return std::nullopt;
  return std::move(found->provider);
}

std::vector<std::string> SecretStore::places() const {
  std::vector<std::string> places;
  if (!places_.secrets_dir.empty()) places.push_back(places_.secrets_dir);
  places.insert(places.end(), places_.env_files.rbegin(), places_.env_files.rend());
  places.emplace_back("environment");
  if (!places_.plan_secrets.empty()) places.push_back(places_.plan_secrets);
  return places;
}

std::size_t SecretStore::size_of(std::string_view name) const {
  const auto found = look_up(name);
  return found ? found->value.size() : 0;
}

std::string SecretStore::trouble_with(std::string_view name) const {
  if (look_up(name)) return {};
  if (std::string trouble = trouble_in(places_.secrets_dir, name); !trouble.empty()) return trouble;
  const auto own = own_.find(name);
  if (own && own->empty()) return "the environment has it, but empty";
  return trouble_in(places_.plan_secrets, name);
}

std::vector<DiagnosticCode> secrets_diagnostic_codes() {
  return {
      {"secrets-dir-unreadable", "the directory of --secrets-dir cannot be read",
       "It holds one file per secret, named like the variable; kubernetes and docker mount secrets in this form."},
      {"env-file-unreadable", "a file of --env-file cannot be read", "It is a text file of lines NAME=VALUE."},
      {"env-file-syntax", "a line of --env-file is not NAME=VALUE",
       "A line is NAME=VALUE, with `export` before it if liked. Values stand as they are, in single quotes as they are "
       "over several lines, or in double quotes with \\n, \\r, \\t, \\\", \\\\ and \\$. A comment begins with # at the "
       "start of a line or behind a blank. Messages never show the value."},
  };
}

}  // namespace lifecycle::secrets
