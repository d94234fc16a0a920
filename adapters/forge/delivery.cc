#include "adapters/forge/delivery.h"

#include <algorithm>
#include <iterator>

#include "adapters/forge/azure_payload.h"
#include "adapters/forge/bitbucket_dc_payload.h"
#include "adapters/forge/bitbucket_payload.h"
#include "adapters/forge/github_payload.h"
#include "adapters/forge/gitlab_payload.h"
#include "adapters/forge/payload_shape.h"
#include "adapters/forge/webhook_name.h"
#include "agent/base/ascii.h"

namespace lifecycle::forge {
namespace {

using event::Event;

std::string header(const PayloadFields& fields, const std::string& name) {
  const std::string path = "headers." + name;
  if (const std::string& text = fields.text(path); !text.empty()) return text;
  const auto& list = fields.texts(path + "[]");
  return list.empty() ? std::string{} : list.front();
}

/// Of Gitea's family the finer of two names counts; its coarser one is empty for packages.
bool read_github_headers(Delivery& delivery, const PayloadFields& fields) {
  for (const char* origin : {"forgejo", "gitea", "gogs", "github"}) {
    const std::string start = std::string("x-") + origin;
    std::string name = std::string_view(origin) == "github" ? std::string{} : header(fields, start + "-event-type");
    if (name.empty()) name = header(fields, start + "-event");
    if (name.empty()) continue;
    delivery.form = Form::github;
    delivery.header = name;
    delivery.id = header(fields, start + "-delivery");
    // Gogs is none of the known origins.
    delivery.origin = std::string_view(origin) == "gogs" ? "" : origin;
    return true;
  }
  return false;
}

/// X-Gitlab-Event-UUID is shared by all that one request has caused, so it is no delivery's id.
bool read_other_headers(Delivery& delivery, const PayloadFields& fields) {
  if (const std::string hook = header(fields, "x-gitlab-event"); !hook.empty()) {
    delivery.form = Form::gitlab;
    delivery.header = hook;
    delivery.id = header(fields, "idempotency-key");
    return true;
  }
  const std::string key = header(fields, "x-event-key");
  if (key.empty()) return false;
  const bool cloud = !header(fields, "x-hook-uuid").empty();
  delivery.form = cloud ? Form::bitbucket_cloud : Form::bitbucket_dc;
  delivery.header = key;
  delivery.id = header(fields, cloud ? "x-request-uuid" : "x-request-id");
  return true;
}

/// By the fields that one forge's bodies have and no other's.
Form form_by_shape(const PayloadFields& fields) {
  const auto is_text = [&](std::string_view path) { return fields.kind(path) == JsonKind::text; };
  if (is_text("eventType") && is_text("publisherId")) return Form::azure;
  if (is_text("eventKey")) return Form::bitbucket_dc;
  if (is_text("object_kind") || is_text("event_name")) return Form::gitlab;
  const bool cloud = fields.has_object("pullrequest") || fields.kind("push.changes") == JsonKind::array ||
                     (is_text("repository.full_name") && fields.has_object("repository.links"));
  return cloud ? Form::bitbucket_cloud : Form::unknown;
}

Form form_of_origin(std::string_view origin, Form by_shape) {
  if (origin == "github" || origin == "gitea" || origin == "forgejo") return Form::github;
  if (origin == "gitlab") return Form::gitlab;
  if (origin == "azure") return Form::azure;
  if (origin == "bitbucket") return by_shape == Form::bitbucket_dc ? by_shape : Form::bitbucket_cloud;
  return Form::unknown;
}

std::string origin_of_form(Form form) {
  switch (form) {
    case Form::gitlab:
      return "gitlab";
    case Form::bitbucket_cloud:
    case Form::bitbucket_dc:
      return "bitbucket";
    case Form::azure:
      return "azure";
    case Form::github:
    case Form::unknown:
      break;
  }
  return {};
}

/// Nouns of one kind of event: who names one of them may get a body that is called by another.
struct NounFamily {
  std::string_view noun;
  std::string_view family;
};

constexpr NounFamily families[] = {
    {"merge_request", "pull_request"},
    {"pullrequest", "pull_request"},
    {"pr", "pull_request"},
    {"tag_push", "push"},
    {"create", "push"},
    {"delete", "push"},
    {"deployment_status", "deployment"},
    {"issue_comment", "note"},
    {"pull_request_review_comment", "note"},
    {"pull_request_comment", "note"},
    {"pull_request_review", "pull_request"},
    {"build", "job"},
    {"issues", "issue"},
    {"work_item", "issue"},
};

std::string_view family_of(std::string_view name) {
  const std::string_view noun = name.substr(0, name.find('.'));
  const auto row = std::ranges::find(families, noun, &NounFamily::noun);
  return row == std::ranges::end(families) ? noun : row->family;
}

bool answers_to(const Event& event, std::string_view word) {
  const std::string_view family = family_of(word);
  const auto same = [&](std::string_view name) { return family_of(name) == family; };
  if (event.deployment && family == "deployment") return true;
  return event.names.empty() || same(event.kind) || std::ranges::any_of(event.names, same);
}

/// Where the body says what it is, and what it says there; a Cloud's body says it by the object that it holds.
Diagnostic other_event(const Delivery& delivery, std::string_view given, const Event& event,
                       const PayloadFields& fields) {
  switch (delivery.form) {
    case Form::azure:
      return payload_mismatch(given, "eventType", fields.text("eventType"));
    case Form::bitbucket_dc:
      return payload_mismatch(given, "eventKey", fields.text("eventKey"));
    case Form::bitbucket_cloud:
      if (!delivery.header.empty()) return payload_mismatch(given, "X-Event-Key", delivery.header);
      return payload_mismatch(given, {family_of(given) == "pull_request" ? "pullrequest" : family_of(given)}, fields);
    default:
      return payload_mismatch(given, "object_kind", event.kind);
  }
}

std::string given_name(const Delivery& delivery) {
  const bool own = form_of_header(delivery.given) != Form::unknown;
  return own ? name_of_header(delivery.given) : delivery.given;
}

Events map_github_delivery(const Delivery& delivery, const PayloadFields& fields) {
  std::string name = delivery.given.empty() ? delivery.header : delivery.given;
  if (name.empty() || name == "workflow_call") {
    // Inside a reusable workflow Gitea and Forgejo name the call, while the body stays the caller's.
    if (const auto shape = webhook_by_shape(fields); !shape.empty()) name = shape;
  }
  auto event = map_github(name, delivery.origin, fields);
  if (!event) return fail(event.error());
  return std::vector<Event>{*std::move(event)};
}

/// Bitbucket's key, which a Cloud's body does not hold: as it was given, else the header's.
std::string event_key(const Delivery& delivery, Form form) {
  return form_of_header(delivery.given) == form ? delivery.given : delivery.header;
}

Events map_form(const Delivery& delivery, const PayloadFields& fields) {
  switch (delivery.form) {
    case Form::gitlab:
      return map_gitlab(fields);
    case Form::bitbucket_cloud:
      return map_bitbucket(event_key(delivery, Form::bitbucket_cloud), fields);
    case Form::bitbucket_dc:
      return map_bitbucket_dc(event_key(delivery, Form::bitbucket_dc), fields);
    case Form::azure:
      return map_azure(fields);
    case Form::github:
    case Form::unknown:
      break;
  }
  return map_github_delivery(delivery, fields);
}

}  // namespace

Delivery delivery_of(std::string_view webhook, std::string_view origin, const PayloadFields& fields) {
  Delivery delivery;
  const bool known = read_github_headers(delivery, fields) || read_other_headers(delivery, fields);
  const Form by_shape = form_by_shape(fields);
  Form form = form_of_header(webhook);
  if (form == Form::unknown) form = form_of_origin(lower_case(origin), known ? delivery.form : by_shape);
  if (form == Form::unknown) form = known ? delivery.form : by_shape;
  if (form == Form::unknown) form = Form::github;
  // Cloud's and Data Center's keys are alike in part; only the latter's body holds its own.
  if (form == Form::bitbucket_cloud && by_shape == Form::bitbucket_dc) form = by_shape;
  // Headers of another forge's are none of this delivery's.
  if (known && form != delivery.form) delivery = {};
  if (form == Form::azure) delivery.id = fields.text("id");
  delivery.form = form;
  delivery.given = webhook;
  if (!origin.empty()) delivery.origin = lower_case(origin);
  if (delivery.origin.empty()) delivery.origin = origin_of_form(form);
  return delivery;
}

Events map_delivery(const Delivery& delivery, const PayloadFields& fields) {
  auto events = map_form(delivery, fields);
  if (!events) return events;
  const std::string given = given_name(delivery);
  for (std::size_t i = 0; i < events->size(); ++i) {
    Event& event = (*events)[i];
    // The mapping of GitHub's form goes by the name that is given and looks at the body itself.
    if (delivery.form != Form::github && !given.empty() && !answers_to(event, given)) {
      return fail(other_event(delivery, given, event, fields));
    }
    event.origin = delivery.origin;
    event.delivery_id = delivery.id;
    if (i > 0 && !delivery.id.empty()) event.delivery_id += "#" + std::to_string(i);
  }
  return events;
}

}  // namespace lifecycle::forge
