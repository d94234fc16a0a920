#include "agent/trigger/trigger_index.h"

#include <algorithm>

#include "agent/base/ascii.h"
#include "agent/trigger/trigger_match.h"

namespace lifecycle::trigger {
namespace {

/// No part can hold the separator's byte together with a colon before it, so two triggers never share a key
/// by accident; and a shared bucket would only cost a comparison.
std::string bucket_key(std::string_view origin, std::string_view repo, std::string_view name) {
  std::string key;
  key.reserve(origin.size() + repo.size() + name.size() + 2);
  key += origin;
  key += ':';
  for (const char c : repo) key += to_lower(c);
  key += ':';
  key += name;
  return key;
}

bool is_pattern(std::string_view text) { return text.find('*') != std::string_view::npos; }

/// The texts by which a trigger may name the event's repository: azure's also without the organization.
std::vector<std::string_view> repo_forms(const event::Event& event) {
  std::vector<std::string_view> forms{event.repo};
  if (event.origin == "azure" && std::ranges::count(event.repo, '/') == 2) {
    forms.push_back(std::string_view(event.repo).substr(event.repo.find('/') + 1));
  }
  return forms;
}

}  // namespace

std::size_t TriggerIndex::add(Trigger trigger) {
  const std::size_t number = triggers_.size();
  if (is_pattern(trigger.origin) || is_pattern(trigger.repo) || is_pattern(trigger.event)) {
    wildcards_.push_back(number);
  } else {
    exact_[bucket_key(trigger.origin, trigger.repo, trigger.event)].push_back(number);
  }
  triggers_.push_back(std::move(trigger));
  return number;
}

std::vector<std::size_t> TriggerIndex::find(const event::Event& event) const {
  std::vector<std::size_t> candidates = wildcards_;
  for (const std::string_view repo : repo_forms(event)) {
    for (const std::string& name : event.names) {
      const auto bucket = exact_.find(bucket_key(event.origin, repo, name));
      if (bucket != exact_.end()) candidates.insert(candidates.end(), bucket->second.begin(), bucket->second.end());
    }
  }
  std::ranges::sort(candidates);
  const auto repeated = std::ranges::unique(candidates);
  candidates.erase(repeated.begin(), repeated.end());
  std::erase_if(candidates, [&](std::size_t number) { return !compare(triggers_[number], event).matches(); });
  return candidates;
}

}  // namespace lifecycle::trigger
