#include "agent/trigger/event_suggestion.h"

#include <algorithm>
#include <array>
#include <string>
#include <vector>

#include "agent/base/nearest_name.h"

namespace lifecycle::trigger {
namespace {

struct Synonym {
  std::string_view word;
  std::string_view meant;
};

/// What other forges and CIs call the same thing (GitLab: merge request, tag push; Bitbucket: pullrequest,
/// fulfilled, declined; Azure: abandoned, completed; GitHub's own workflow syntax: on: release, on: schedule).
constexpr std::array<Synonym, 24> synonyms{{{"pr", "pull_request"},
                                            {"mr", "pull_request"},
                                            {"pull", "pull_request"},
                                            {"pullrequest", "pull_request"},
                                            {"pull_requests", "pull_request"},
                                            {"pull_request_target", "pull_request"},
                                            {"merge_request", "pull_request"},
                                            {"created", "opened"},
                                            {"create", "opened"},
                                            {"new", "opened"},
                                            {"updated", "synchronize"},
                                            {"update", "synchronize"},
                                            {"sync", "synchronize"},
                                            {"fulfilled", "merged"},
                                            {"completed", "merged"},
                                            {"declined", "closed"},
                                            {"rejected", "closed"},
                                            {"abandoned", "closed"},
                                            {"tag_push", "push.tag"},
                                            {"tagged", "create.tag"},
                                            {"tag", "create.tag"},
                                            {"cron", "schedule"},
                                            {"manual", "workflow_dispatch"},
                                            {"commit", "push"}}};

std::string folded(std::string_view text) {
  std::string out;
  for (const char c : text) {
    const bool upper = c >= 'A' && c <= 'Z';
    out += c == '-' || c == ' ' ? '_' : upper ? static_cast<char>(c - 'A' + 'a') : c;
  }
  return out;
}

/// `created`, `creates` and `create` are one word here.
std::string stem(std::string_view word) {
  for (const std::string_view ending : {"ed", "es", "s", "e"}) {
    if (word.size() > ending.size() + 2 && word.ends_with(ending))
      return std::string(word.substr(0, word.size() - ending.size()));
  }
  return std::string(word);
}

std::vector<std::string> words(std::string_view name) {
  std::vector<std::string> all;
  while (true) {
    const auto end = name.find_first_of("._");
    if (end != 0 && !name.empty()) all.push_back(stem(name.substr(0, end)));
    if (end == std::string_view::npos) break;
    name.remove_prefix(end + 1);
  }
  std::ranges::sort(all);
  return all;
}

std::optional<std::string_view> same_words(std::string_view typed, std::span<const std::string_view> candidates) {
  const auto asked = words(typed);
  const auto found = std::ranges::find_if(candidates, [&](std::string_view name) { return words(name) == asked; });
  if (asked.empty() || found == candidates.end()) return std::nullopt;
  return *found;
}

std::string_view meaning(std::string_view word) {
  const auto found = std::ranges::find(synonyms, word, &Synonym::word);
  return found == synonyms.end() ? word : found->meant;
}

/// The noun and what follows the first dot, each put into the words of the common names.
std::string translated(std::string_view name) {
  const auto dot = name.find('.');
  std::string out(meaning(name.substr(0, dot)));
  if (dot == std::string_view::npos) return out;
  return out + "." + std::string(meaning(name.substr(dot + 1)));
}

}  // namespace

std::optional<std::string_view> suggest_event(std::string_view typed, std::span<const std::string_view> candidates) {
  const std::string name = folded(typed);
  if (const auto found = same_words(name, candidates)) return found;
  // The noun alone first: `merge_request.merged` on GitHub; then noun and verb: `pr.updated`.
  const auto dot = name.find('.');
  const std::string noun =
      std::string(meaning(name.substr(0, dot))) + (dot == std::string::npos ? "" : name.substr(dot));
  for (const std::string& form : {noun, translated(name)}) {
    if (form == name) continue;
    if (const auto found = same_words(form, candidates)) return found;
  }
  if (const auto found = nearest_name(name, candidates)) return found;
  return nearest_name(noun, candidates);
}

}  // namespace lifecycle::trigger
