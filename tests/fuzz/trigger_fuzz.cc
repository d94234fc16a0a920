// Any bytes as a trigger: what parses prints back to itself, and no matching, checking or explaining crashes
// or hangs. The bytes after the first line are the event's values.
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "agent/trigger/trigger.h"
#include "agent/trigger/trigger_match.h"

namespace {

using lifecycle::event::Event;
using lifecycle::trigger::Trigger;

void require(bool holds) {
  if (!holds) std::abort();
}

bool same(const Trigger& a, const Trigger& b) {
  if (a.origin != b.origin || a.repo != b.repo || a.event != b.event) return false;
  if (a.filters.size() != b.filters.size()) return false;
  for (std::size_t i = 0; i < a.filters.size(); ++i) {
    const auto& x = a.filters[i];
    const auto& y = b.filters[i];
    if (x.key != y.key || x.key_text != y.key_text || x.op != y.op || x.value != y.value || x.offset != y.offset) {
      return false;
    }
  }
  return true;
}

Event event_of(const Trigger& trigger, std::string_view rest) {
  Event event;
  event.origin = trigger.origin;
  event.repo = trigger.repo;
  event.names = {trigger.event, std::string(rest.substr(0, 40))};
  event.branch = rest;
  event.actor = rest;
  event.change.emplace();
  event.change->labels = {std::string(rest), "bug"};
  return event;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  const auto line = bytes.find('\n');
  const std::string_view text = bytes.substr(0, line);
  const std::string_view rest = line == std::string_view::npos ? std::string_view{} : bytes.substr(line + 1);
  (void)lifecycle::trigger::glob_matches(text, rest, true, false);
  const auto trigger = lifecycle::trigger::parse_trigger(text);
  if (!trigger) return 0;
  const auto printed = lifecycle::trigger::print_trigger(*trigger);
  require(printed == text);
  const auto again = lifecycle::trigger::parse_trigger(printed);
  require(again && same(*again, *trigger));
  (void)lifecycle::trigger::check_trigger(text, *trigger);
  const Event event = event_of(*trigger, rest);
  const auto outcome = lifecycle::trigger::match(*trigger, event);
  require(!outcome.reason.empty());
  if (!outcome.edit.empty()) {
    const auto edited = lifecycle::trigger::parse_trigger(outcome.edit);
    require(edited && lifecycle::trigger::match(*edited, event).matches());
  }
  return 0;
}
