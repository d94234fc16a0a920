#include <algorithm>
#include <array>
#include <optional>
#include <string>

#include "agent/base/nearest_name.h"
#include "agent/base/utf8.h"
#include "agent/event/known_names.h"
#include "agent/trigger/event_suggestion.h"
#include "agent/trigger/meant_filter.h"
#include "agent/trigger/trigger.h"
#include "agent/trigger/trigger_match.h"

namespace lifecycle::trigger {
namespace {

struct OriginSynonym {
  std::string_view word;
  std::string_view origin;
};
constexpr std::array<OriginSynonym, 12> origin_synonyms{{{"gh", "github"},
                                                         {"ghe", "github"},
                                                         {"ghes", "github"},
                                                         {"github-enterprise", "github"},
                                                         {"gl", "gitlab"},
                                                         {"bb", "bitbucket"},
                                                         {"stash", "bitbucket"},
                                                         {"azure-devops", "azure"},
                                                         {"ado", "azure"},
                                                         {"vsts", "azure"},
                                                         {"codeberg", "forgejo"},
                                                         {"aws", "codecommit"}}};

bool has_star(std::string_view text) { return text.find('*') != std::string_view::npos; }

Diagnostic warning(std::string_view code, std::string_view text, std::size_t offset, std::size_t size) {
  Diagnostic diagnostic{.code = code, .severity = Severity::warning};
  diagnostic.place.column = count_characters(text.substr(0, offset)) + 1;
  diagnostic.place.length = std::max(1, count_characters(text.substr(offset, size)));
  return diagnostic;
}

std::string did_you_mean(std::string_view name) { return "did you mean '" + std::string(name) + "'?"; }

std::string listed(std::span<const std::string_view> names) {
  std::string text;
  for (const std::string_view name : names) text += (text.empty() ? "" : ", ") + std::string(name);
  return text;
}

std::vector<std::string_view> origins_of(const Trigger& trigger) {
  std::vector<std::string_view> origins;
  for (const std::string_view origin : event::known_origins()) {
    if (glob_matches(trigger.origin, origin, false, false)) origins.push_back(origin);
  }
  return origins;
}

Diagnostic unknown_origin(std::string_view text, const Trigger& trigger) {
  Diagnostic diagnostic = warning("trigger-unknown-origin", text, 0, trigger.origin.size());
  diagnostic.message = "unknown origin '" + trigger.origin + "'";
  const auto synonym = std::ranges::find(origin_synonyms, trigger.origin, &OriginSynonym::word);
  const auto near = synonym != origin_synonyms.end() ? std::optional(synonym->origin)
                                                     : nearest_name(trigger.origin, event::known_origins());
  diagnostic.hint = near ? did_you_mean(*near) : "origins are: " + listed(event::known_origins());
  return diagnostic;
}

/// A wildcard is known when some name matches it; `repository_dispatch.deploy-*` when the origin takes any ending.
bool is_known_event(std::string_view origin, std::string_view pattern) {
  if (event::is_known_name(origin, pattern)) return true;
  if (!has_star(pattern)) return false;
  return std::ranges::any_of(event::known_names(origin), [pattern](const event::KnownName& known) {
    return glob_matches(pattern, known.name, false, false);
  });
}

std::vector<std::string_view> names_of(std::span<const std::string_view> origins) {
  std::vector<std::string_view> names;
  for (const std::string_view origin : origins) {
    for (const event::KnownName& known : event::known_names(origin)) names.push_back(known.name);
  }
  return names;
}

Diagnostic unknown_event(std::string_view text, const Trigger& trigger, std::span<const std::string_view> origins,
                         Hints hints) {
  const auto offset = trigger.origin.size() + trigger.repo.size() + 2;
  Diagnostic diagnostic = warning("trigger-unknown-event", text, offset, trigger.event.size());
  diagnostic.message = "unknown event '" + trigger.event + "' for origin '" + trigger.origin + "'";
  if (hints == Hints::left_out) return diagnostic;
  const auto near = suggest_event(trigger.event, names_of(origins));
  diagnostic.hint = near ? did_you_mean(*near) : "the names that each origin knows are in docs/events.md";
  return diagnostic;
}

/// `pull_request:merged`: a verb behind a colon reads as a filter.
std::optional<std::string_view> event_with_verb(const Trigger& trigger, std::span<const std::string_view> origins) {
  if (trigger.filters.empty() || trigger.filters.front().op != FilterOperator::none) return std::nullopt;
  return suggest_split_event(trigger.event, trigger.filters.front().value, names_of(origins));
}

std::optional<Diagnostic> check_filter(std::string_view text, const Filter& filter) {
  const auto offset = static_cast<std::size_t>(filter.offset);
  if (filter.op == FilterOperator::none) {
    Diagnostic diagnostic = warning("trigger-filter-without-operator", text, offset, filter.value.size());
    diagnostic.message = "filter '" + filter.value + "' has neither == nor !=, so the trigger never matches";
    if (const auto meant = meant_filter(filter)) diagnostic.hint = did_you_mean(print_filter(*meant));
    return diagnostic;
  }
  if (filter.key != FilterKey::unknown) return std::nullopt;
  Diagnostic diagnostic = warning("trigger-unknown-filter", text, offset, filter.key_text.size());
  diagnostic.message = "unknown filter key '" + filter.key_text + "', so the trigger never matches";
  const auto near = suggest_filter_key(filter.key_text);
  diagnostic.hint = near ? did_you_mean(*near) : "filter keys are: " + listed(filter_keys());
  return diagnostic;
}

}  // namespace

std::vector<Diagnostic> check_trigger(std::string_view text, const Trigger& trigger, Hints hints) {
  std::vector<Diagnostic> found;
  std::vector<std::string_view> origins = origins_of(trigger);
  if (origins.empty()) {
    found.push_back(unknown_origin(text, trigger));
    const auto all = event::known_origins();
    origins.assign(all.begin(), all.end());
  }
  const auto knows = [&](std::string_view origin) { return is_known_event(origin, trigger.event); };
  if (std::ranges::none_of(origins, knows)) found.push_back(unknown_event(text, trigger, origins, hints));
  const auto meant = hints == Hints::made ? event_with_verb(trigger, origins) : std::nullopt;
  if (meant && !found.empty() && found.back().code == "trigger-unknown-event") found.back().hint = did_you_mean(*meant);
  for (const Filter& filter : trigger.filters) {
    auto diagnostic = check_filter(text, filter);
    if (!diagnostic) continue;
    if (meant && &filter == &trigger.filters.front()) diagnostic->hint = did_you_mean(*meant);
    found.push_back(*std::move(diagnostic));
  }
  return found;
}

}  // namespace lifecycle::trigger
