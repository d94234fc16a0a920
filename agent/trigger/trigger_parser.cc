#include <algorithm>
#include <array>
#include <optional>

#include "agent/base/utf8.h"
#include "agent/trigger/trigger.h"

namespace lifecycle::trigger {
namespace {

constexpr std::array<std::string_view, 9> key_names{"ref",  "base",        "head",  "tag",  "actor",
                                                    "host", "environment", "state", "label"};

/// A token of the trigger's text, by bytes.
struct Token {
  std::size_t begin = 0;
  std::string_view text;
};

Diagnostic syntax_error(std::string_view whole, const Token& token, std::string message, std::string hint) {
  Diagnostic diagnostic{.code = "trigger-syntax", .message = std::move(message), .hint = std::move(hint)};
  diagnostic.place.column = count_characters(whole.substr(0, token.begin)) + 1;
  diagnostic.place.length = std::max(1, count_characters(token.text));
  return diagnostic;
}

bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

bool has_blanks_around(std::string_view text) {
  return !text.empty() && (is_blank(text.front()) || is_blank(text.back()));
}

std::string shortened(std::string_view text) {
  constexpr std::size_t shown = 100;
  return text.size() <= shown ? std::string(text) : std::string(cut_utf8(text, shown)) + "…";
}

/// Empty parts and blanks around them are errors: they never match and are easily overlooked.
std::optional<Diagnostic> check_part(std::string_view whole, const Token& token, std::string_view what) {
  if (token.text.empty()) {
    return syntax_error(whole, token, "trigger '" + shortened(whole) + "' has an empty " + std::string(what),
                        "expected origin:repo:event or origin:repo:event:key==value");
  }
  if (has_blanks_around(token.text)) {
    return syntax_error(whole, token, "the " + std::string(what) + " of the trigger has blanks around it",
                        "take the blanks away");
  }
  return std::nullopt;
}

Result<Filter> parse_filter(std::string_view whole, const Token& token) {
  if (auto error = check_part(whole, token, "filter")) return fail(std::move(*error));
  Filter filter;
  filter.offset = static_cast<int>(token.begin);
  const auto equal = token.text.find("==");
  const auto different = token.text.find("!=");
  const auto at = std::min(equal, different);
  if (at == std::string_view::npos) {
    filter.value = token.text;
    return filter;
  }
  const Token key{token.begin, token.text.substr(0, at)};
  const Token value{token.begin + at + 2, token.text.substr(at + 2)};
  if (auto error = check_part(whole, key, "filter key")) return fail(std::move(*error));
  if (auto error = check_part(whole, value, "filter value")) return fail(std::move(*error));
  filter.op = equal < different ? FilterOperator::equal : FilterOperator::not_equal;
  filter.key_text = key.text;
  filter.key = read_filter_key(key.text);
  filter.value = value.text;
  return filter;
}

std::string_view operator_text(FilterOperator op) { return op == FilterOperator::equal ? "==" : "!="; }

}  // namespace

std::span<const std::string_view> filter_keys() { return key_names; }

std::string_view print_filter_key(FilterKey key) {
  const auto index = static_cast<std::size_t>(key);
  return index < key_names.size() ? key_names[index] : std::string_view{};
}

FilterKey read_filter_key(std::string_view text) {
  const auto found = std::ranges::find(key_names, text);
  if (found == key_names.end()) return FilterKey::unknown;
  return static_cast<FilterKey>(found - key_names.begin());
}

Result<Trigger> parse_trigger(std::string_view text) {
  if (has_blanks_around(text)) {
    return fail(syntax_error(text, {0, text}, "trigger '" + shortened(text) + "' has blanks around it",
                             "take the blanks away"));
  }
  const auto first = text.find(':');
  const auto second = first == std::string_view::npos ? first : text.find(':', first + 1);
  if (second == std::string_view::npos) {
    return fail(syntax_error(text, {0, text}, "trigger '" + shortened(text) + "' has fewer than two colons",
                             "expected origin:repo:event, such as github:owner/name:pull_request.merged"));
  }
  const auto third = text.find(':', second + 1);
  const auto event_end = third == std::string_view::npos ? text.size() : third;
  const Token origin{0, text.substr(0, first)};
  const Token repo{first + 1, text.substr(first + 1, second - first - 1)};
  const Token event{second + 1, text.substr(second + 1, event_end - second - 1)};
  if (auto error = check_part(text, origin, "origin")) return fail(std::move(*error));
  if (auto error = check_part(text, repo, "repo")) return fail(std::move(*error));
  if (auto error = check_part(text, event, "event")) return fail(std::move(*error));
  Trigger trigger{std::string(origin.text), std::string(repo.text), std::string(event.text), {}};
  for (auto at = third; at != std::string_view::npos;) {
    const auto begin = at + (at == third ? 1U : 2U);
    at = text.find("&&", begin);
    auto filter = parse_filter(text, {begin, text.substr(begin, at == std::string_view::npos ? at : at - begin)});
    if (!filter) return fail(std::move(filter).error());
    trigger.filters.push_back(*std::move(filter));
  }
  return trigger;
}

std::string print_filter(const Filter& filter) {
  if (filter.op == FilterOperator::none) return filter.value;
  return filter.key_text + std::string(operator_text(filter.op)) + filter.value;
}

std::string print_trigger(const Trigger& trigger) {
  std::string text = trigger.origin + ":" + trigger.repo + ":" + trigger.event;
  std::string_view joint = ":";
  for (const Filter& filter : trigger.filters) {
    text += joint;
    text += print_filter(filter);
    joint = "&&";
  }
  return text;
}

std::vector<DiagnosticCode> trigger_diagnostic_codes() {
  return {
      {"trigger-syntax", "a trigger is not of the form origin:repo:event",
       "A trigger is origin:repo:event, such as github:owner/name:push, and may go on with filters: "
       "github:owner/name:push:ref==main&&actor!=*bot. The first two colons separate, the third begins the filters. "
       "No part may be empty or have blanks around it."},
      {"trigger-unknown-origin", "a trigger names an origin that no event has",
       "The origin is the forge that an event comes from, not the CI that tells of it. No event has another origin "
       "than the known ones, so the trigger never matches."},
      {"trigger-unknown-event", "a trigger names an event that its origin does not have",
       "The workflow never starts by this trigger. The names that each origin has are in docs/events.md; "
       "'lifecycle-agent event' shows those of the event at hand."},
      {"trigger-unknown-filter", "a filter has a key that there is none of",
       "A filter with an unknown key never matches, neither with == nor with !=, since a mistyped key must not start "
       "a workflow that was to be held back."},
      {"trigger-filter-without-operator", "a filter has neither == nor !=",
       "A filter is key==value or key!=value. A text without an operator never matches; a bare branch name is meant "
       "as ref==name."},
  };
}

}  // namespace lifecycle::trigger
