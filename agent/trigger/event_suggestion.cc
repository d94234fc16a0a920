#include "agent/trigger/event_suggestion.h"

#include <algorithm>
#include <array>
#include <string>
#include <utility>
#include <vector>

#include "agent/base/ascii.h"
#include "agent/base/nearest_name.h"

namespace lifecycle::trigger {
namespace {

struct Synonym {
  std::string_view word;
  std::string_view meant;
};

/// What other forges and CIs call the same thing (GitLab: merge request, tag push; Bitbucket: pullrequest,
/// fulfilled, declined; Azure: abandoned, completed; GitHub's own workflow syntax: on: release, on: schedule).
constexpr std::array<Synonym, 28> synonyms{{{"pr", "pull_request"},
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
                                            {"deleted", "removed"},
                                            {"removed", "deleted"},
                                            {"added", "created"},
                                            {"tag_push", "push.tag"},
                                            {"tagged", "create.tag"},
                                            {"tag", "create.tag"},
                                            {"branch", "create.branch"},
                                            {"cron", "schedule"},
                                            {"manual", "workflow_dispatch"},
                                            {"commit", "push"}}};

/// What most triggers on a noun wait for, where it is not the first of its names: `on: check_suite`, `on: create`.
constexpr std::array<std::string_view, 4> usual_verbs{"success", "succeeded", "successful", "branch"};

std::string folded(std::string_view text) {
  std::string out;
  for (const char c : text) out += c == '-' || c == ' ' ? '_' : to_lower(c);
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

/// The words of a name in one text, sorted: names with the same words are equal here, whatever the order.
std::string words(std::string_view name) {
  std::vector<std::string> all;
  while (true) {
    const auto end = name.find_first_of("._");
    if (end != 0 && !name.empty()) all.push_back(stem(name.substr(0, end)));
    if (end == std::string_view::npos) break;
    name.remove_prefix(end + 1);
  }
  std::ranges::sort(all);
  std::string text;
  for (const std::string& word : all) text += (text.empty() ? "" : " ") + word;
  return text;
}

std::string_view meaning(std::string_view word) {
  const auto found = std::ranges::find(synonyms, word, &Synonym::word);
  return found == synonyms.end() ? word : found->meant;
}

/// `check_run.success`: a noun and what happened to it; `fork` has no verb.
struct NameParts {
  std::string_view noun;
  std::string_view verb;
};

NameParts parts_of(std::string_view name) {
  const auto dot = name.find('.');
  if (dot == std::string_view::npos) return {name, {}};
  return {name.substr(0, dot), name.substr(dot + 1)};
}

std::string joined(std::string_view noun, std::string_view verb) {
  return std::string(noun) + (verb.empty() ? "" : ".") + std::string(verb);
}

/// The names among which is looked.
class Catalogue {
 public:
  explicit Catalogue(std::span<const std::string_view> candidates) {
    entries_.reserve(candidates.size());
    for (const std::string_view name : candidates) {
      // Alone it is an event of which nobody knows what happened: no trigger wants that.
      if (name == "pull_request") continue;
      const NameParts parts = parts_of(name);
      entries_.push_back({name, parts, words(name), words(parts.noun)});
      names_.push_back(name);
      if (std::ranges::find(nouns_, parts.noun) == nouns_.end()) nouns_.push_back(parts.noun);
    }
  }

  [[nodiscard]] std::optional<std::string_view> of_words(std::string_view form) const {
    const std::string asked = words(form);
    const auto found = std::ranges::find(entries_, asked, &Entry::words);
    if (asked.empty() || found == entries_.end()) return std::nullopt;
    return found->name;
  }

  /// The noun alone first: `merge_request.merged` on GitHub; then noun and verb: `pr.updated`.
  [[nodiscard]] std::optional<std::string_view> of_meaning(const NameParts& name) const {
    const std::string_view meant = meaning(name.noun);
    for (const std::string& form :
         {joined(name.noun, name.verb), joined(meant, name.verb), joined(meant, meaning(name.verb))}) {
      if (const auto found = of_words(form)) return found;
    }
    return std::nullopt;
  }

  /// The name of that noun which the verb is most like, else its most usual one; nothing when there is no such noun.
  [[nodiscard]] std::optional<std::string_view> of_noun(std::string_view noun, std::string_view verb) const {
    std::vector<const Entry*> own;
    const std::string asked = words(noun);
    for (const Entry& entry : entries_) {
      if (entry.noun_words == asked) own.push_back(&entry);
    }
    if (own.empty()) return std::nullopt;
    if (verb.empty()) return usual(own);
    if (const auto found = of_kindred_noun(noun, verb)) return found;
    if (const auto found = nearest_verb(own, verb)) return found;
    return usual(own);
  }

  [[nodiscard]] std::optional<std::string_view> nearest_noun(std::string_view noun) const {
    return nearest_name(noun, nouns_);
  }
  /// Of a text without a verb: a whole name, or the usual one of a noun, whichever is nearer.
  [[nodiscard]] std::optional<std::string_view> nearest_of_both(std::string_view text) const {
    std::vector<std::string_view> both = names_;
    both.insert(both.end(), nouns_.begin(), nouns_.end());
    const auto near = nearest_name(text, both);
    return near && parts_of(*near).verb.empty() ? of_noun(*near, {}) : near;
  }

 private:
  struct Entry {
    std::string_view name;
    NameParts parts;
    std::string words;
    std::string noun_words;
  };

  static std::string_view usual(const std::vector<const Entry*>& own) {
    const auto found = std::ranges::find_if(
        own, [](const Entry* entry) { return std::ranges::find(usual_verbs, entry->parts.verb) != usual_verbs.end(); });
    return found == own.end() ? own.front()->name : (*found)->name;
  }

  /// `deployment.success` is one of `deployment_status`, `pull_request.approved` one of `pull_request_review`, and on
  /// GitLab one of `merge_request`.
  [[nodiscard]] std::optional<std::string_view> of_kindred_noun(std::string_view noun, std::string_view verb) const {
    const std::string begin = std::string(noun) + "_";
    const std::string asked = words(verb);
    for (const Entry& entry : entries_) {
      const bool kindred = entry.parts.noun.starts_with(begin) || meaning(entry.parts.noun) == noun;
      if (kindred && words(entry.parts.verb) == asked) return entry.name;
    }
    return std::nullopt;
  }

  static std::optional<std::string_view> nearest_verb(const std::vector<const Entry*>& own, std::string_view verb) {
    std::vector<std::string> stems;
    stems.reserve(own.size());
    for (const Entry* entry : own) stems.push_back(stem(entry->parts.verb));
    const std::vector<std::string_view> views(stems.begin(), stems.end());
    const auto near = nearest_name(stem(verb), views);
    if (!near) return std::nullopt;
    return own[static_cast<std::size_t>(std::ranges::find(views, *near) - views.begin())]->name;
  }

  std::vector<Entry> entries_;
  std::vector<std::string_view> names_;
  std::vector<std::string_view> nouns_;
};

}  // namespace

std::optional<std::string_view> suggest_event(std::string_view typed, std::span<const std::string_view> candidates) {
  const std::string name = folded(typed);
  const auto [noun, verb] = parts_of(name);
  const std::string_view meant = meaning(noun);
  const Catalogue names(candidates);
  if (const auto found = names.of_meaning({noun, verb})) return found;
  for (const std::string_view known : {noun, meant}) {
    if (const auto found = names.of_noun(known, verb)) return found;
  }
  if (const auto found = std::ranges::find(candidates, meant); found != candidates.end()) return *found;
  if (verb.empty()) return names.nearest_of_both(name);
  // Not by the letters of the whole: `fork.created` is nearer to `note.created` than to any name that was meant.
  const auto near = names.nearest_noun(noun);
  return near ? names.of_noun(*near, verb) : std::nullopt;
}

std::optional<std::string_view> suggest_split_event(std::string_view typed_noun, std::string_view typed_verb,
                                                    std::span<const std::string_view> candidates) {
  const std::string noun = folded(typed_noun);
  const std::string verb = folded(typed_verb);
  return Catalogue(candidates).of_meaning({noun, verb});
}

}  // namespace lifecycle::trigger
