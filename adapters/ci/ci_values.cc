#include "adapters/ci/ci_values.h"

#include <algorithm>
#include <charconv>

#include "adapters/forge/webhook_name.h"
#include "agent/base/ascii.h"

namespace lifecycle::ci {
namespace {

bool is_hex(char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F'); }

std::string_view without_blanks(std::string_view text) {
  while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
  while (!text.empty() && text.back() == ' ') text.remove_suffix(1);
  return text;
}

}  // namespace

bool is_marked(const Environment& environment, std::string_view name) {
  const std::string value = lower_case(environment.get(name));
  return !value.empty() && value != "false" && value != "0";
}

bool has(const Environment& environment, std::string_view name) { return !environment.get(name).empty(); }

std::string text(const Environment& environment, std::string_view name) { return std::string(environment.get(name)); }

std::string first_text(const Environment& environment, std::initializer_list<std::string_view> names) {
  for (const std::string_view name : names) {
    if (const auto value = environment.get(name); !value.empty()) return std::string(value);
  }
  return {};
}

std::optional<std::int64_t> number_in(std::string_view text) {
  std::int64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  const bool whole = error == std::errc{} && end == text.data() + text.size() && number >= 0;
  return whole ? std::optional(number) : std::nullopt;
}

std::string sha_in(std::string_view text) {
  const bool sha = (text.size() == 40 || text.size() == 64) && std::ranges::all_of(text, is_hex);
  return sha && !forge::is_zero_sha(text) ? std::string(text) : std::string{};
}

std::vector<std::string> list_in(std::string_view text, char separator) {
  std::vector<std::string> list;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find(separator), text.size());
    if (const auto word = without_blanks(text.substr(0, end)); !word.empty()) list.emplace_back(word);
    text.remove_prefix(std::min(text.size(), end + 1));
  }
  return list;
}

std::string short_ref(std::string_view ref) {
  for (const std::string_view prefix : {std::string_view("refs/heads/"), std::string_view("refs/tags/")}) {
    if (ref.starts_with(prefix)) return std::string(ref.substr(prefix.size()));
  }
  return std::string(ref);
}

std::string sha_before(std::string_view range) {
  const auto dots = range.find("..");
  return dots == std::string_view::npos ? std::string{} : sha_in(range.substr(0, dots));
}

std::optional<bool> is_fork(std::string_view head_repo, std::string_view base_repo) {
  if (head_repo.empty() || base_repo.empty()) return std::nullopt;
  return !same_without_case(head_repo, base_repo);
}

void warn_of_guess(event::Event& event, const RemoteFacts& remote) {
  if (remote.certainty != RemoteFacts::Origin::guessed) return;
  event.warnings.push_back("the origin " + remote.origin + " is guessed from the host's name " + remote.host +
                           ": say it with --origin");
}

void add_server(event::Event& event, const RemoteFacts& remote) {
  if (event.host.empty()) event.host = remote.host;
  if (!event.origin.empty()) return;
  event.origin = remote.origin;
  warn_of_guess(event, remote);
}

void add_remote(event::Event& event, std::string_view address) {
  if (address.empty()) return;
  const RemoteFacts remote = parse_remote(address, event.origin);
  add_server(event, remote);
  if (event.repo.empty()) event.repo = remote.repo;
  if (event.repo.empty() && !remote.repo_problem.empty()) {
    event.warnings.push_back("the remote does not tell the repository, for " + remote.repo_problem +
                             ": say it with --repo");
  }
}

bool is_repository_path(std::string_view value) {
  // A colon is an address's, whose credentials must not get on.
  const auto unfit = [](char c) { return (c >= 0 && c <= ' ') || c == 0x7F || c == ':'; };
  if (value.empty() || std::ranges::any_of(value, unfit)) return false;
  while (!value.empty()) {
    const std::size_t end = std::min(value.find('/'), value.size());
    const std::string_view part = value.substr(0, end);
    const bool last_is_empty = end + 1 == value.size();
    if (part.empty() || part == "." || part == ".." || last_is_empty) return false;
    value.remove_prefix(std::min(value.size(), end + 1));
  }
  return true;
}

void set_repo(event::Event& event, std::string_view value, std::string_view variable) {
  if (value.empty()) return;
  if (is_repository_path(value)) {
    event.repo = value;
  } else {
    event.warnings.push_back(std::string(variable) +
                             " is no repository's path (owner/name, without blanks) and counts as not set");
  }
}

void name_push(event::Event& event) { name_event(event, "push"); }

event::Change& name_change(event::Event& event, std::optional<std::int64_t> number) {
  name_event(event, "pull_request");
  if (!event.change) event.change.emplace();
  if (number) event.change->number = number;
  return *event.change;
}

void set_change_action(event::Event& event, std::string_view name, std::string_view word) {
  event.names = {std::string(name)};
  event.kind = "pull_request";
  event.action = word;
}

void name_nothing(event::Event& event, std::string_view cause) {
  event.names.clear();
  event.kind = cause;
  event.action.clear();
}

void name_event(event::Event& event, std::string_view name) {
  event.names = {std::string(name)};
  event.kind = name.substr(0, name.find('.'));
  event.action = name.find('.') == std::string_view::npos ? std::string_view{} : name.substr(name.find('.') + 1);
}

void name_deployment(event::Event& event, std::string_view environment, std::string_view word, std::string_view id) {
  name_event(event, "deployment.created");
  event.action = word;
  event.environment = environment;
  event.deployment =
      event::Deployment{.environment = std::string(environment), .id = std::string(id), .ref = short_ref(event.ref)};
  const bool by_forge = !id.empty() && std::ranges::all_of(id, is_digit);
  if (by_forge) event.identity = "depl|" + std::string(id) + "|created";
}

}  // namespace lifecycle::ci
