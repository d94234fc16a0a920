#include "agent/event/event_key.h"

#include "agent/base/ascii.h"
#include "agent/event/lifecycle_event.h"

namespace lifecycle::event {
namespace {}  // namespace

std::string forge_key(const Event& event) {
  if (event.identity.empty() || event.origin.empty() || event.repo.empty()) return {};
  return lower_case(event.origin + "|" + event.host + "|" + event.repo + "|") + event.identity;
}

}  // namespace lifecycle::event
