#include "agent/event/lifecycle_event.h"

#include "agent/event/event_subject.h"

namespace lifecycle::event {
std::string primary_trigger(const Event& event) {
  if (event.origin.empty() || event.repo.empty() || event.names.empty()) return {};
  return event.origin + ":" + event.repo + ":" + event.names.front();
}

std::optional<bool> lies_in_fork(const Event& event) {
  if (event.foreign_head || !event.change) return event.foreign_head;
  return event.change->fork;
}

bool is_from_fork(const Event& event) {
  switch (subject(event)) {
    case Subject::change:
      // Who merged it has accepted the code; a change event without a known change is one of unknown origin.
      return !is_merged(event) && (!event.change || event.change->fork.value_or(true));
    case Subject::comment:
      // One on an issue or a commit brings no code along.
      return is_on_change(event).value_or(true) && (!event.change || event.change->fork.value_or(true));
    case Subject::run:
      return event.kind == "workflow_run" && event.foreign_head.value_or(true);
    default:
      return false;
  }
}

}  // namespace lifecycle::event
