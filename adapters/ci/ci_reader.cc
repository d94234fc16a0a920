#include "adapters/ci/ci_reader.h"

#include "adapters/ci/shown_value.h"
#include "adapters/forge/github_payload.h"
#include "adapters/forge/payload_file.h"
#include "adapters/forge/payload_shape.h"
#include "adapters/forge/webhook_name.h"

namespace lifecycle::ci {
namespace {

/// The webhook that the headers beside a wrapped body name: Forgejo sends Gitea's and GitHub's too, Gitea GitHub's.
struct HeaderName {
  std::string origin;
  std::string webhook;
  std::string delivery;
};

std::string header(const forge::PayloadFields& fields, const std::string& name) {
  const std::string path = "headers." + name;
  if (const std::string& text = fields.text(path); !text.empty()) return text;
  const auto& list = fields.texts(path + "[]");
  return list.empty() ? std::string{} : list.front();
}

HeaderName read_headers(const forge::PayloadFields& fields) {
  for (const char* origin : {"forgejo", "gitea", "github"}) {
    const std::string start = std::string("x-") + origin;
    const bool fine = std::string_view(origin) != "github";
    HeaderName name{.origin = origin,
                    .webhook = fine ? header(fields, start + "-event-type") : std::string{},
                    .delivery = header(fields, start + "-delivery")};
    if (name.webhook.empty()) name.webhook = header(fields, start + "-event");
    if (!name.webhook.empty()) return name;
  }
  return {};
}

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

}  // namespace

Result<event::Event> read_github_payload(const std::string& path, const std::string& webhook, std::string_view origin) {
  forge::PayloadFile file = forge::read_payload_file(path);
  const bool read = file.fault.empty();
  const HeaderName headers = read ? read_headers(file.fields) : HeaderName{};
  std::string name = webhook.empty() ? headers.webhook : webhook;
  if (read && (name.empty() || name == "workflow_call")) {
    // Inside a reusable workflow Gitea and Forgejo name the call, while the body stays the caller's.
    if (const auto shape = forge::webhook_by_shape(file.fields); !shape.empty()) name = shape;
  }
  const std::string from = origin.empty() ? headers.origin : std::string(origin);
  if (!read) {
    event::Event event = forge::map_github_name(name, from);
    event.warnings.push_back("the payload " + shown_value(path) + " " + file.fault +
                             ": only what the environment tells is known of the event");
    return event;
  }
  auto event = forge::map_github(name, from, file.fields);
  if (!event) {
    event.error().place.file = path;
    return event;
  }
  if (!name.empty() && event->kind.empty()) {
    event->warnings.push_back("the event's name \"" + shown_value(name) +
                              "\" is none: expected letters, digits, `_`, `.` and `-`");
  }
  event->delivery_id = headers.delivery;
  event->payload = event::Payload{.path = path, .size = file.size};
  if (file.fields.root != forge::JsonKind::object) {
    event->warnings.push_back("the payload " + shown_value(path) + " is " + root_word(file.fields.root) +
                              ", not an object");
  }
  return event;
}

}  // namespace lifecycle::ci
