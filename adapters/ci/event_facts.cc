#include "adapters/ci/event_facts.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <nlohmann/json.hpp>

#include "adapters/ci/placeholder.h"
#include "adapters/ci/shown_value.h"
#include "adapters/forge/webhook_name.h"
#include "agent/base/ascii.h"

namespace lifecycle::ci {
namespace {

constexpr FactRow fact_table[] = {
    {"--origin", "LIFECYCLE_EVENT_ORIGIN", &EventFacts::origin, "the forge: github, gitlab, bitbucket, gitea …"},
    {"--host", "LIFECYCLE_EVENT_HOST", &EventFacts::host, "the forge's host, with a port that is not the usual one"},
    {"--repo", "LIFECYCLE_EVENT_REPO", &EventFacts::repo, "the repository: owner/name"},
    {"--repo-url", "LIFECYCLE_EVENT_REPO_URL", &EventFacts::repo_url, "its address: gives origin, host and repository"},
    {"--event", "LIFECYCLE_EVENT_NAME", &EventFacts::name, "the event's name, or a whole origin:repo:event"},
    {"--action", "LIFECYCLE_EVENT_ACTION", &EventFacts::action, "the action of an event, in the forge's word"},
    {"--merged", "LIFECYCLE_EVENT_MERGED", &EventFacts::merged, "true or false: whether a closed change was merged"},
    {"--assume-action", "LIFECYCLE_ASSUME_ACTION", &EventFacts::assume_action, "the action where the CI tells none"},
    {"--ref", "LIFECYCLE_EVENT_REF", &EventFacts::ref, "the full ref: refs/heads/main"},
    {"--branch", "LIFECYCLE_EVENT_BRANCH", &EventFacts::branch, "the branch"},
    {"--tag", "LIFECYCLE_EVENT_TAG", &EventFacts::tag, "the tag"},
    {"--base", "LIFECYCLE_EVENT_BASE", &EventFacts::base, "a change's target branch"},
    {"--head", "LIFECYCLE_EVENT_HEAD", &EventFacts::head, "a change's source branch"},
    {"--commit", "LIFECYCLE_EVENT_COMMIT", &EventFacts::commit, "the commit's sha"},
    {"--before", "LIFECYCLE_EVENT_BEFORE", &EventFacts::before, "the sha before a push"},
    {"--actor", "LIFECYCLE_EVENT_ACTOR", &EventFacts::actor, "the login of who did it"},
    {"--number", "LIFECYCLE_EVENT_NUMBER", &EventFacts::number, "a change's number"},
    {"--title", "LIFECYCLE_EVENT_TITLE", &EventFacts::title, "a change's title"},
    {"--labels", "LIFECYCLE_EVENT_LABELS", &EventFacts::labels, "a change's labels: a JSON list, or split at commas"},
    {"--fork", "LIFECYCLE_EVENT_FORK", &EventFacts::fork, "true or false: whether a change comes from a fork"},
    {"--environment", "LIFECYCLE_EVENT_ENVIRONMENT", &EventFacts::environment, "the deployment environment"},
    {"--run-id", "LIFECYCLE_EVENT_RUN_ID", &EventFacts::run_id, "the id of the CI's run"},
    {"--run-url", "LIFECYCLE_EVENT_RUN_URL", &EventFacts::run_url, "the page of the CI's run"},
    {"--payload", "LIFECYCLE_EVENT_PAYLOAD", &EventFacts::payload, "a file with the webhook's body"},
};

/// Facts that only make sense from one source: a fact of a group by flag takes the variables' others away.
const std::vector<std::vector<std::string EventFacts::*>>& groups() {
  static const std::vector<std::vector<std::string EventFacts::*>> all = {
      {&EventFacts::name, &EventFacts::action, &EventFacts::merged},
      {&EventFacts::ref, &EventFacts::branch, &EventFacts::tag},
  };
  return all;
}

bool is_free_text(std::string EventFacts::* fact) { return fact == &EventFacts::title || fact == &EventFacts::labels; }

/// CircleCI writes `<nil>` for a pipeline value that does not exist.
std::string_view given_value(std::string_view value, const FactRow& row, std::string_view source,
                             std::vector<std::string>& warnings) {
  if (value == "<nil>") return {};
  if (value.empty() || !is_placeholder(value, is_free_text(row.fact))) return value;
  warnings.push_back(placeholder_warning(source));
  return {};
}

EventFacts from_variables(const Environment& environment, std::vector<std::string>& warnings) {
  EventFacts facts;
  for (const FactRow& row : fact_table) {
    facts.*row.fact = given_value(environment.get(row.variable), row, row.variable, warnings);
  }
  return facts;
}

EventFacts checked_flags(const EventFacts& flags, std::vector<std::string>& warnings) {
  EventFacts facts;
  for (const FactRow& row : fact_table) facts.*row.fact = given_value(flags.*row.fact, row, row.flag, warnings);
  return facts;
}

void drop_other_halves(const EventFacts& flags, EventFacts& variables) {
  for (const auto& group : groups()) {
    const auto given = [&](std::string EventFacts::* fact) { return !(flags.*fact).empty(); };
    // `--action` alone adds to the variables' name; a name by flag stands alone.
    const bool whole = group.front() == &EventFacts::name ? given(group.front()) : std::ranges::any_of(group, given);
    if (!whole) continue;
    for (std::string EventFacts::* fact : group) (variables.*fact).clear();
  }
  if (!flags.repo_url.empty()) {
    variables.origin.clear();
    variables.host.clear();
    variables.repo.clear();
  }
}

Diagnostic invalid(std::string EventFacts::* fact, const std::string& value, std::string_view expected) {
  const auto* row = std::ranges::find(fact_table, fact, &FactRow::fact);
  return {.code = "event-fact-invalid",
          .message = std::string(row->flag) + " (" + std::string(row->variable) + ") is \"" + shown_value(value) +
                     "\", expected " + std::string(expected)};
}

Result<std::optional<bool>> read_flag(const EventFacts& facts, std::string EventFacts::* fact) {
  const std::string value = lower_case(facts.*fact);
  if (value.empty()) return std::nullopt;
  if (value == "true") return true;
  if (value == "false") return false;
  return fail(invalid(fact, facts.*fact, "true or false"));
}

Result<std::optional<std::int64_t>> read_number(const EventFacts& facts) {
  const std::string& text = facts.number;
  if (text.empty()) return std::nullopt;
  std::int64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc{} || end != text.data() + text.size() || number < 0) {
    return fail(invalid(&EventFacts::number, text, "a whole number"));
  }
  return number;
}

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\t' || text.front() == '\r')) text.remove_prefix(1);
  while (!text.empty() && (text.back() == ' ' || text.back() == '\t' || text.back() == '\r')) text.remove_suffix(1);
  return text;
}

std::vector<std::string> split_labels(std::string_view text) {
  std::vector<std::string> labels;
  while (!text.empty()) {
    const std::size_t end = std::min({text.find(','), text.find('\n'), text.find("\\n"), text.size()});
    if (const auto label = trimmed(text.substr(0, end)); !label.empty()) labels.emplace_back(label);
    const std::size_t separator = text.substr(end).starts_with("\\n") ? 2 : 1;
    text.remove_prefix(std::min(text.size(), end + separator));
  }
  return labels;
}

std::vector<std::string> read_labels(const std::string& text) {
  if (!trimmed(text).starts_with('[')) return split_labels(text);
  const auto json = nlohmann::json::parse(text, nullptr, false);
  if (!json.is_array()) return split_labels(text);
  std::vector<std::string> labels;
  for (const auto& label : json) {
    if (label.is_string()) labels.push_back(label.get<std::string>());
  }
  return labels;
}

}  // namespace

std::span<const FactRow> fact_rows() { return fact_table; }

EventFacts gather_facts(const EventFacts& flags, const Environment& environment, std::vector<std::string>& warnings) {
  const EventFacts given = checked_flags(flags, warnings);
  EventFacts facts = from_variables(environment, warnings);
  drop_other_halves(given, facts);
  for (const FactRow& row : fact_table) {
    if (!(given.*row.fact).empty()) facts.*row.fact = given.*row.fact;
  }
  return facts;
}

Result<TypedFacts> type_facts(const EventFacts& facts) {
  if (!facts.origin.empty() && !forge::is_name_word(facts.origin)) {
    return fail(invalid(&EventFacts::origin, facts.origin, "the name of a forge"));
  }
  const auto number = read_number(facts);
  if (!number) return fail(number.error());
  const auto fork = read_flag(facts, &EventFacts::fork);
  if (!fork) return fail(fork.error());
  const auto merged = read_flag(facts, &EventFacts::merged);
  if (!merged) return fail(merged.error());
  return TypedFacts{.number = *number, .fork = *fork, .merged = *merged, .labels = read_labels(facts.labels)};
}

}  // namespace lifecycle::ci
