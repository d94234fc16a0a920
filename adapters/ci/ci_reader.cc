#include "adapters/ci/ci_reader.h"

#include <algorithm>
#include <vector>

#include "adapters/ci/shown_value.h"
#include "adapters/forge/delivery.h"
#include "adapters/forge/github_payload.h"
#include "adapters/forge/payload_file.h"

namespace lifecycle::ci {
namespace {

using event::Event;

std::string root_word(forge::JsonKind kind) {
  switch (kind) {
    case forge::JsonKind::array:
      return "a list";
    case forge::JsonKind::text:
      return "a text";
    case forge::JsonKind::number:
      return "a number";
    default:
      return "no object";
  }
}

Event reduced_event(const std::string& path, const std::string& fault, Event event) {
  event.warnings.push_back("the payload " + shown_value(path) + " " + fault +
                           ": only what the environment tells is known of the event");
  return event;
}

/// What a name alone tells: a forge's own header is put in the characters of names first.
Event event_of_name(const std::string& webhook, std::string_view origin) {
  const bool own = forge::form_of_header(webhook) != forge::Form::unknown;
  const std::string name = own ? forge::name_of_header(webhook) : webhook;
  const bool change = name == "merge_request" || name == "pullrequest" || name == "pr";
  return forge::map_github_name(change ? "pull_request" : name, origin);
}

/// Which of several the caller means: the one about its ref.
Event choose_event(std::vector<Event> events, std::string_view ref) {
  const auto about = [&](const Event& event) { return event.ref == ref || event.branch == ref || event.tag == ref; };
  const auto meant = ref.empty() ? events.end() : std::ranges::find_if(events, about);
  if (meant != events.end()) return std::move(*meant);
  Event event = std::move(events.front());
  if (events.size() > 1) {
    const std::size_t others = events.size() - 1;
    event.warnings.push_back("the payload holds " + std::to_string(others) + (others == 1 ? " event" : " events") +
                             " more, which are not looked at: say which ref it is about with --ref");
  }
  return event;
}

/// In a CI job a created tag has the two names that it has in every CI, whether a variable or a body told of it.
void name_as_in_a_job(Event& event) {
  if (event.name() == "push.tag") std::erase(event.names, "tag_push.created");
}

Result<Event> event_of_delivery(const forge::Delivery& delivery, const std::string& path,
                                const forge::PayloadFile& file, std::string_view ref) {
  auto events = forge::map_delivery(delivery, file.fields);
  if (!events) {
    events.error().place.file = path;
    return fail(events.error());
  }
  Event event;
  if (events->empty()) {
    event.origin = delivery.origin;
    event.warnings.push_back("the payload " + shown_value(path) + " tells no event of its own");
  } else {
    event = choose_event(*std::move(events), ref);
  }
  if (file.fields.is_cut()) {
    event.warnings.push_back("the payload " + shown_value(path) + " holds more changes than are looked at");
  }
  const std::string& name = delivery.given.empty() ? delivery.header : delivery.given;
  if (delivery.form == forge::Form::github && !name.empty() && event.kind.empty()) {
    event.warnings.push_back("the event's name \"" + shown_value(name) +
                             "\" is none: expected letters, digits, `_`, `.` and `-`");
  }
  event.payload = event::Payload{.path = path, .size = file.size};
  if (file.fields.root != forge::JsonKind::object) {
    event.warnings.push_back("the payload " + shown_value(path) + " is " + root_word(file.fields.root) +
                             ", not an object");
  }
  name_as_in_a_job(event);
  return event;
}

}  // namespace

Result<Event> read_forge_payload(const std::string& path, const std::string& webhook, std::string_view origin,
                                 std::string_view ref) {
  const forge::PayloadFile file = forge::read_payload_file(path);
  if (!file.fault.empty()) return reduced_event(path, file.fault, event_of_name(webhook, origin));
  return event_of_delivery(forge::delivery_of(webhook, origin, file.fields), path, file, ref);
}

Result<Event> read_github_payload(const std::string& path, const std::string& webhook, std::string_view origin) {
  const forge::PayloadFile file = forge::read_payload_file(path);
  if (!file.fault.empty()) return reduced_event(path, file.fault, forge::map_github_name(webhook, origin));
  forge::Delivery delivery = forge::delivery_of(webhook, origin, file.fields);
  delivery.form = forge::Form::github;
  return event_of_delivery(delivery, path, file, {});
}

}  // namespace lifecycle::ci
