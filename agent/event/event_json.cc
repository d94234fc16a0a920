#include "agent/event/event_json.h"

#include <nlohmann/json.hpp>
#include <span>
#include <string_view>

#include "agent/base/utf8.h"
#include "agent/event/event_json_reader.h"

namespace lifecycle::event {
namespace {

using nlohmann::ordered_json;

constexpr std::string_view schema = "lifecycle-agent/event/1";

/// nlohmann refuses to print what is no UTF-8: what a forge or a variable holds is repaired here.
std::string printable(const std::string& text) {
  return first_invalid_utf8(text) == std::string_view::npos ? text : repair_utf8(text);
}

ordered_json text(const std::string& value) { return value.empty() ? ordered_json() : ordered_json(printable(value)); }

ordered_json texts(const std::vector<std::string>& values) {
  ordered_json list = ordered_json::array();
  for (const std::string& value : values) list.push_back(printable(value));
  return list;
}

template <class T>
ordered_json maybe(const std::optional<T>& value) {
  return value ? ordered_json(*value) : ordered_json();
}

ordered_json change_json(const Change& change) {
  ordered_json json;
  json["number"] = maybe(change.number);
  json["title"] = printable(change.title);
  json["labels"] = texts(change.labels);
  json["fork"] = maybe(change.fork);
  json["author"] = text(change.author);
  json["url"] = text(change.url);
  json["created_at"] = text(change.created_at);
  json["merged_at"] = text(change.merged_at);
  return json;
}

ordered_json release_json(const Release& release) {
  ordered_json json;
  json["tag"] = text(release.tag);
  json["prerelease"] = release.prerelease;
  json["draft"] = release.draft;
  return json;
}

ordered_json deployment_json(const Deployment& deployment) {
  ordered_json json;
  json["environment"] = text(deployment.environment);
  json["state"] = text(deployment.state);
  json["id"] = text(deployment.id);
  json["ref"] = text(deployment.ref);
  return json;
}

ordered_json run_json(const Run& run) {
  ordered_json json;
  json["id"] = text(run.id);
  json["attempt"] = text(run.attempt);
  json["job"] = text(run.job);
  json["url"] = text(run.url);
  json["workspace"] = text(run.workspace);
  return json;
}

std::string_view kind_word(CategoryKind kind) {
  switch (kind) {
    case CategoryKind::change:
      return "change";
    case CategoryKind::deployment:
      return "deployment";
    case CategoryKind::other:
      break;
  }
  return "other";
}

ordered_json category_json(const Category& category) {
  ordered_json json;
  json["kind"] = kind_word(category.kind);
  json["state"] = text(category.state);
  return json;
}

ordered_json payload_json(const Payload& payload) {
  ordered_json json;
  json["path"] = text(payload.path);
  json["size"] = payload.size;
  return json;
}

Change read_change(const JsonReader& from) {
  Change change;
  change.number = from.integer("number");
  change.title = from.text("title");
  change.labels = from.texts("labels");
  change.fork = from.boolean("fork");
  change.author = from.text("author");
  change.url = from.text("url");
  change.created_at = from.text("created_at");
  change.merged_at = from.text("merged_at");
  return change;
}

Release read_release(const JsonReader& from) {
  Release release;
  release.tag = from.text("tag");
  release.prerelease = from.boolean("prerelease").value_or(false);
  release.draft = from.boolean("draft").value_or(false);
  return release;
}

Deployment read_deployment(const JsonReader& from) {
  Deployment deployment;
  deployment.environment = from.text("environment");
  deployment.state = from.text("state");
  deployment.id = from.text("id");
  deployment.ref = from.text("ref");
  return deployment;
}

Run read_run(const JsonReader& from) {
  Run run;
  run.id = from.text("id");
  run.attempt = from.text("attempt");
  run.job = from.text("job");
  run.url = from.text("url");
  run.workspace = from.text("workspace");
  return run;
}

Category read_category(const JsonReader& from) {
  Category category;
  const std::string kind = from.text("kind");
  if (kind == "change") category.kind = CategoryKind::change;
  if (kind == "deployment") category.kind = CategoryKind::deployment;
  category.state = from.text("state");
  return category;
}

Payload read_payload(const JsonReader& from) {
  Payload payload;
  payload.path = from.text("path");
  const std::int64_t size = from.integer("size").value_or(0);
  payload.size = size < 0 ? 0 : static_cast<std::uint64_t>(size);
  return payload;
}

void read_parts(const JsonReader& from, Event& event) {
  if (const auto part = from.object("change")) event.change = read_change(*part);
  if (const auto part = from.object("release")) event.release = read_release(*part);
  if (const auto part = from.object("deployment")) event.deployment = read_deployment(*part);
  if (const auto part = from.object("run")) event.run = read_run(*part);
  if (const auto part = from.object("category")) event.category = read_category(*part);
  if (const auto part = from.object("payload")) event.payload = read_payload(*part);
}

/// The string fields of an event under their JSON keys, in the order in which they are printed.
struct TextField {
  const char* key;
  std::string Event::* field;
};

constexpr TextField source_fields[] = {{"ci", &Event::ci},
                                       {"origin", &Event::origin},
                                       {"host", &Event::host},
                                       {"repo", &Event::repo},
                                       {"repo_id", &Event::repo_id}};

constexpr TextField fact_fields[] = {{"kind", &Event::kind},     {"action", &Event::action}, {"ref", &Event::ref},
                                     {"branch", &Event::branch}, {"tag", &Event::tag},       {"base", &Event::base},
                                     {"head", &Event::head},     {"commit", &Event::commit}, {"before", &Event::before},
                                     {"actor", &Event::actor},   {"state", &Event::state}};

constexpr TextField late_fields[] = {{"environment", &Event::environment},
                                     {"time", &Event::time},
                                     {"delivery_id", &Event::delivery_id},
                                     {"identity", &Event::identity}};

void print_fields(std::span<const TextField> fields, const Event& event, ordered_json& json) {
  for (const TextField& field : fields) json[field.key] = text(event.*field.field);
}

void read_fields(std::span<const TextField> fields, const JsonReader& from, Event& event) {
  for (const TextField& field : fields) event.*field.field = from.text(field.key);
}

}  // namespace

ordered_json to_json(const Event& event) {
  ordered_json json;
  json["schema"] = schema;
  print_fields(source_fields, event, json);
  json["trigger"] = text(primary_trigger(event));
  json["names"] = texts(event.names);
  json["alias_reasons"] = texts(event.alias_reasons);
  print_fields(fact_fields, event, json);
  json["change"] = event.change ? change_json(*event.change) : ordered_json();
  json["on_change"] = maybe(event.on_change);
  json["foreign_head"] = maybe(event.foreign_head);
  json["release"] = event.release ? release_json(*event.release) : ordered_json();
  json["deployment"] = event.deployment ? deployment_json(*event.deployment) : ordered_json();
  print_fields(late_fields, event, json);
  json["run"] = run_json(event.run);
  json["category"] = category_json(event.category);
  json["warnings"] = texts(event.warnings);
  json["payload"] = event.payload ? payload_json(*event.payload) : ordered_json();
  return json;
}

Result<Event> event_from_json(const ordered_json& json) {
  std::string fault;
  const JsonReader from(json, "", fault);
  const std::string found = from.text("schema");
  if (fault.empty() && found != schema) {
    fault = "`schema` is " + (found.empty() ? std::string("missing") : "\"" + found + "\"") + ", expected \"" +
            std::string(schema) + "\"";
  }
  Event event;
  read_fields(source_fields, from, event);
  event.names = from.texts("names");
  event.alias_reasons = from.texts("alias_reasons");
  read_fields(fact_fields, from, event);
  event.on_change = from.boolean("on_change");
  event.foreign_head = from.boolean("foreign_head");
  read_fields(late_fields, from, event);
  event.warnings = from.texts("warnings");
  read_parts(from, event);
  if (!fault.empty()) {
    return fail({.code = "event-json-invalid",
                 .message = "the event is not one that `event --json` printed: " + fault,
                 .hint = "make the file anew with this version of the agent"});
  }
  return event;
}

std::vector<DiagnosticCode> event_diagnostic_codes() {
  return {{"event-json-invalid", "an event in JSON form is not one that the agent printed",
           "`run --plan` reads the event that `plan --json` wrote: one JSON object with "
           "`schema` lifecycle-agent/event/1. Keys may be missing; a key of another type, or another schema, is an "
           "error. Print the document again with the version that is to read it."}};
}

}  // namespace lifecycle::event
