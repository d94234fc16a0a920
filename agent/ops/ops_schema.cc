#include "agent/ops/ops_schema.h"

#include <initializer_list>
#include <nlohmann/json.hpp>
#include <string_view>

#include "agent/event/known_names.h"
#include "agent/ops/ops_keys.h"

namespace lifecycle::ops {
namespace {

using Json = nlohmann::ordered_json;

// Patterns are those of the checks in ops_values.cc and ops_environment.cc, in the common part of ECMA and Python.
constexpr std::string_view filled = R"([^ \t\r\n])";
constexpr std::string_view port_number =
    "(6553[0-5]|655[0-2][0-9]|65[0-4][0-9]{2}|6[0-4][0-9]{3}|[1-5][0-9]{4}|[1-9][0-9]{0,3})";
constexpr std::string_view version_pattern = "[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}";

std::string name_of(Place place) {
  switch (place) {
    case Place::top:
      return "file";
    case Place::command:
      return "command";
    case Place::pipeline:
      return "pipeline";
    case Place::service:
      return "service";
    case Place::workflow:
      return "workflow";
    case Place::job:
      return "job";
    case Place::environment:
      return "environment";
    case Place::help:
      break;
  }
  return "help";
}

Json reference(std::string_view name) { return {{"$ref", "#/$defs/" + std::string(name)}}; }
Json of_type(std::string_view type) { return {{"type", type}}; }
Json matching(std::string_view pattern) { return {{"type", "string"}, {"pattern", pattern}}; }
Json one_of(std::initializer_list<Json> schemas) { return {{"anyOf", Json(schemas)}}; }

/// A list whose entries may be absent: `- # none`.
Json list_of(Json items) { return {{"type", "array"}, {"items", one_of({std::move(items), of_type("null")})}}; }

Json filled_list_of(Json items) { return {{"type", "array"}, {"minItems", 1}, {"items", std::move(items)}}; }

Json maps_of(std::string_view place, int least) {
  return {{"type", "array"}, {"minItems", least}, {"items", reference(place)}};
}

std::string withheld_alternatives() {
  std::string text;
  for (const std::string_view name : withheld_variables()) text += (text.empty() ? "" : "|") + std::string(name);
  return text;
}

Json variable_name() {
  Json schema = matching(R"(^[^=]*[^= \t\r\n][^=]*$)");
  schema["not"] = {{"pattern", "^(" + withheld_alternatives() + ")$"}};
  return schema;
}

/// NAME=value or NAME, but no name that is withheld.
Json assignment(std::string_view pattern) {
  Json schema = matching(pattern);
  schema["not"] = {{"pattern", "^(" + withheld_alternatives() + ")(=|$)"}};
  return schema;
}

Json host_variable() {
  Json schema = assignment(R"(^[^=]*[^= \t\r\n])");
  schema["examples"] = {"STAGE=production", "TOKEN=$TOKEN"};
  return schema;
}

Json static_variable() {
  Json schema = assignment(R"(^[^=]*[^= \t\r\n][^=]*=)");
  schema["examples"] = {"STAGE=production"};
  return schema;
}

Json port() {
  const std::string number(port_number);
  Json text = matching("^(" + number + ":)?" + number + "$");
  text["examples"] = {"8080:8080"};
  return one_of({std::move(text), {{"type", "integer"}, {"minimum", 1}, {"maximum", 65535}}});
}

/// Completion offers the events of every origin; any other name is only a warning.
Json trigger_text() {
  const std::string part = R"([^: \t\r\n]([^:]*[^: \t\r\n])?)";
  Json schema = matching("^" + part + ":" + part + ":" + part + R"((:[^ \t\r\n]([\s\S]*[^ \t\r\n])?)?$)");
  schema["description"] =
      "origin:repo:event or origin:repo:event:filter, such as github:owner/repo:push:ref==main. '*' matches within a "
      "part; filters are key==value or key!=value, joined by &&, with the keys ref, base, head, tag, actor, host, "
      "environment, state and label.";
  Json examples = Json::array();
  for (const std::string_view origin : event::known_origins()) {
    for (const event::KnownName& known : event::known_names(origin)) {
      examples.push_back(std::string(origin) + ":owner/repo:" + std::string(known.name));
    }
  }
  schema["examples"] = std::move(examples);
  return schema;
}

Json workflow_name() {
  const std::string version(version_pattern);
  return matching("^[A-Za-z0-9_-]+(:" + version + R"((:[\s\S]*)?)?$)");
}

Json choice(std::initializer_list<std::string_view> values) { return {{"enum", Json(values)}}; }

/// A list of words for which completion offers the known ones and any other is only a warning.
Json service_actions() { return list_of(one_of({choice({"build", "publish", "start"}), of_type("string")})); }

Json shape_schema(Shape shape) {
  const std::string version(version_pattern);
  switch (shape) {
    case Shape::anything:
      return Json::object();
    case Shape::text:
      return of_type("string");
    case Shape::filled_text:
      return matching(filled);
    case Shape::text_or_number:
      return {{"type", {"string", "number"}}};
    case Shape::boolean:
      return of_type("boolean");
    case Shape::words:
      return list_of(of_type("string"));
    case Shape::commands:
      return maps_of("command", 0);
    case Shape::pipelines:
      return maps_of("pipeline", 0);
    case Shape::services:
      return maps_of("service", 0);
    case Shape::workflows:
      return maps_of("workflow", 0);
    case Shape::jobs:
      return maps_of("job", 1);
    case Shape::steps:
      return filled_list_of({{"type", {"string", "number", "boolean", "null"}}});
    case Shape::filled_steps:
      return filled_list_of(one_of({matching(filled), {{"type", {"number", "boolean"}}}}));
    case Shape::name:
      return reference("name");
    case Shape::job_name:
      return matching(R"(^[^\u0000-\u001f\u007f]*[^\u0000-\u0020\u007f][^\u0000-\u001f\u007f]*$)");
    case Shape::version_text:
      return one_of({matching("^" + version + "$"), {{"type", "number"}, {"minimum", 0}}});
    case Shape::sdk:
      return one_of({{{"enum", {"2", 2, 1, "off"}}}, {{"type", {"string", "integer"}}}});
    case Shape::ports:
      return one_of({port(), {{"type", "array"}, {"items", one_of({port(), of_type("null")})}, {"uniqueItems", true}}});
    case Shape::events:
      return one_of({reference("trigger"), list_of(reference("trigger"))});
    case Shape::service_actions:
      return service_actions();
    case Shape::environment:
      return one_of({reference("environment"), list_of(host_variable())});
    case Shape::statics:
      return list_of(static_variable());
    case Shape::variable_names:
      return list_of(variable_name());
    case Shape::help:
      return reference("help");
    case Shape::help_map:
      return one_of({of_type("object"), {{"const", false}}});
    case Shape::workdir:
      return {{"type", "string"},
              {"pattern", R"(^(?![/~])(?!([\s\S]*/)?\.\.(/|$))[\s\S]*[^ \t\r\n])"},
              {"examples", {"workspace", "empty"}}};
    case Shape::executor:
      return choice({"process", "container"});
    case Shape::url_path:
      break;
  }
  return matching(R"(^/[^\u0000-\u0020\u007f]*$)");
}

/// Behind the colon of a key that is not required nothing need stand.
Json with_null(Json schema) {
  if (schema.empty()) return schema;
  if (schema.contains("type") && schema["type"].is_string() && !schema.contains("enum")) {
    schema["type"] = {schema["type"], "null"};
    return schema;
  }
  return one_of({std::move(schema), of_type("null")});
}

std::string hover_text(const OpsKey& key) {
  std::string text(key.meaning);
  if (key.standing == Standing::inert) text += " Without meaning where jobs run as processes.";
  if (key.standing == Standing::later) text += " Not supported by this version: ignored.";
  return text + "\n\nExample: " + std::string(key.example);
}

Json key_schema(const OpsKey& key) {
  Json schema = key.need == Need::required ? shape_schema(key.shape) : with_null(shape_schema(key.shape));
  schema["description"] = hover_text(key);
  if (key.standing == Standing::deprecated || key.standing == Standing::dead) schema["deprecated"] = true;
  return schema;
}

Json place_schema(Place place) {
  Json properties = Json::object();
  Json required = Json::array();
  for (const OpsKey& key : ops_keys()) {
    if ((key.places & place_bit(place)) == 0) continue;
    properties[std::string(key.name)] = key_schema(key);
    if (key.need == Need::required) required.push_back(key.name);
  }
  Json schema{{"type", "object"}};
  if (!required.empty()) schema["required"] = std::move(required);
  schema["properties"] = std::move(properties);
  return schema;
}

/// At least one list of workflows with something in it.
Json some_workflow() {
  Json alternatives = Json::array();
  for (const OpsKey& key : ops_keys()) {
    const bool section = key.places == place_bit(Place::top) && print_shape(key.shape).starts_with("a list");
    if (!section) continue;
    const std::string name(key.name);
    alternatives.push_back({{"required", {name}}, {"properties", {{name, {{"type", "array"}, {"minItems", 1}}}}}});
  }
  return alternatives;
}

}  // namespace

std::string ops_schema() {
  Json schema = place_schema(Place::top);
  Json whole{{"$schema", "https://json-schema.org/draft/2020-12/schema"},
             {"title", "ops.yml"},
             {"description", "Workflows of lifecycle-agent: commands, pipelines and services."}};
  whole.update(schema);
  whole["anyOf"] = some_workflow();
  Json definitions = Json::object();
  for (const Place place : all_places) {
    if (place != Place::top) definitions[name_of(place)] = place_schema(place);
  }
  definitions["name"] = workflow_name();
  definitions["trigger"] = trigger_text();
  // Merge keys are none in YAML 1.2: what they would bring is missing, so they are refused wherever they stand. A
  // schema sees no quotes, so it also refuses the unknown key "<<", of which check only warns.
  whole["properties"]["<<"] = false;
  for (auto& definition : definitions) {
    if (definition.contains("properties")) definition["properties"]["<<"] = false;
  }
  whole["$defs"] = std::move(definitions);
  return whole.dump(2) + "\n";
}

}  // namespace lifecycle::ops
