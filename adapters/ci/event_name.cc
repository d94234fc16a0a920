#include "adapters/ci/event_name.h"

#include <algorithm>
#include <iterator>

#include "adapters/ci/shown_value.h"
#include "adapters/forge/event_header.h"
#include "adapters/forge/webhook_name.h"

namespace lifecycle::ci {
namespace {

struct Word {
  std::string_view word;
  std::string_view meaning;
};

/// Forges' and CIs' own words for one thing.
constexpr Word kind_words[] = {
    {"pull_request_target", "pull_request"},   {"merge_request", "pull_request"},
    {"pull_request_closed", "pull_request"},                                    // Pipelines as Code
    {"pullrequest", "pull_request"},           {"api", "repository_dispatch"},  // CircleCI
    {"custom_webhook", "repository_dispatch"},                                  // CircleCI
    {"incoming", "repository_dispatch"},                                        // Pipelines as Code
};

/// A word whose meaning is empty says nothing about what happened.
constexpr Word action_words[] = {
    {"synchronized", "synchronize"},  // Gitea
    {"created", "opened"},            // Bitbucket
    {"fulfilled", "merged"},
    {"rejected", "closed"},
    {"updated", ""},
    {"open", "opened"},  // GitLab
    {"merge", "merged"},
    {"close", "closed"},
    {"reopen", "reopened"},
    {"update", ""},
};

/// Bitbucket's `rejected` and `fulfilled` tell themselves whether it was merged; `closed` does not.
bool tells_merged(std::string_view action) { return action == "rejected" || action == "close"; }

Diagnostic invalid_name(const std::string& name, std::string_view expected, std::string hint) {
  return {
      .code = "event-fact-invalid",
      .message = "--event (LIFECYCLE_EVENT_NAME) is \"" + shown_value(name) + "\", expected " + std::string(expected),
      .hint = std::move(hint)};
}

std::string_view meaning_of(std::span<const Word> words, std::string_view word) {
  const auto found = std::ranges::find(words, word, &Word::word);
  return found == words.end() ? word : found->meaning;
}

/// Two colons make a trigger: `origin:repo:event`.
Result<GivenName> split_trigger(const std::string& text) {
  GivenName given;
  const auto first = text.find(':');
  const auto second = first == std::string::npos ? first : text.find(':', first + 1);
  if (second == std::string::npos) {
    given.name = text;
    return given;
  }
  given.origin = text.substr(0, first);
  given.repo = text.substr(first + 1, second - first - 1);
  given.name = text.substr(second + 1);
  if (given.name.find(':') != std::string::npos) {
    return fail(invalid_name(text, "a trigger without filters",
                             "give what its filters compare by --branch, --base, --labels and the like"));
  }
  if (given.origin.empty() || given.repo.empty() || text.find('*') != std::string::npos) {
    return fail(invalid_name(text, "one event, not a pattern", "name the origin and the repository"));
  }
  if (!forge::is_name_word(given.origin)) {
    return fail(invalid_name(text, "an origin that is the name of a forge", "see `docs/events.md`"));
  }
  return given;
}

/// What is given as the name; a forge's own header (`Push Hook`, `repo:push`) is one in other characters.
std::string given_word(const EventFacts& facts, std::string_view kind) {
  if (facts.name.empty()) return std::string(kind);
  const bool header = forge::form_of_header(facts.name) != forge::Form::unknown;
  const std::string name = header ? forge::name_of_header(facts.name) : std::string{};
  return name.empty() ? facts.name : name;
}

}  // namespace

std::string change_name(std::string_view action, std::optional<bool> merged) {
  if (action == "closed" && !merged) return "pull_request";
  if (action == "closed" || tells_merged(action)) {
    return merged.value_or(false) ? "pull_request.merged" : "pull_request.closed";
  }
  const std::string_view meaning = meaning_of(action_words, action);
  if (meaning.empty()) return merged.value_or(false) ? "pull_request.merged" : "pull_request";
  return "pull_request." + std::string(meaning);
}

Result<GivenName> read_given_name(const EventFacts& facts, std::optional<bool> merged, std::string_view kind) {
  auto given = split_trigger(given_word(facts, kind));
  if (!given) return given;
  const std::string as_given = given->name;
  if (!forge::is_name_word(as_given) || as_given.starts_with('.') || as_given.ends_with('.')) {
    return fail(invalid_name(as_given, "a name of letters, digits, `_`, `.` and `-`", "see `docs/events.md`"));
  }
  if (const auto dot = as_given.find('.'); dot != std::string::npos) {
    given->kind = as_given.substr(0, dot);
    given->action = as_given.substr(dot + 1);
    return given;
  }
  given->kind = meaning_of(kind_words, as_given);
  const bool word = facts.action != as_given && facts.action != given->kind && forge::is_name_word(facts.action);
  if (word) given->action = facts.action;
  if (!word && as_given == "pull_request_closed") given->action = "closed";
  if (given->kind == "pull_request") {
    given->name = change_name(given->action, merged);
  } else {
    given->name = given->action.empty() ? given->kind : given->kind + "." + given->action;
  }
  return given;
}

}  // namespace lifecycle::ci
