#include "agent/event/event_key.h"

#include "agent/event/lifecycle_event.h"

namespace lifecycle::event {
namespace {

/// ASCII only: forges fold the case of repository names, which are ASCII.
std::string lower(std::string text) {
  for (char& c : text) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return text;
}

}  // namespace

std::string forge_key(const Event& event) {
  if (event.identity.empty() || event.origin.empty() || event.repo.empty()) return {};
  return lower(event.origin + "|" + event.host + "|" + event.repo + "|") + event.identity;
}

}  // namespace lifecycle::event
