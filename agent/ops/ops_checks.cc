#include "agent/ops/ops_checks.h"

#include <algorithm>
#include <array>
#include <optional>

#include "agent/base/nearest_name.h"
#include "agent/ops/core_schema.h"

namespace lifecycle::ops {
namespace {

/// One value under check.
struct Subject {
  const OpsKey& key;
  const YamlNode& written;
  const YamlNode& value;
  const Owner& owner;
  Findings& findings;
};

std::string name_key(const OpsKey& key, const Owner& owner) {
  return in_quotes(key.name) + " of " + print_owner(owner);
}

/// A wrong list or map is shown at its key, a wrong scalar where it stands.
const YamlNode& shown_node(const Subject& subject) {
  return subject.value.is_scalar() ? subject.value : subject.written;
}

/// What stands under env is named by its kind alone: it may be a value that no message should repeat.
bool is_private(Shape shape) {
  return shape == Shape::environment || shape == Shape::statics || shape == Shape::variable_names;
}

std::string describe(const YamlNode& value, Shape shape) {
  return is_private(shape) ? std::string(print_node_kind(value.kind)) : describe_value(value);
}

std::string quotes_hint(const YamlNode& value, Shape shape) {
  const bool unquoted = value.is_scalar() && value.kind != NodeKind::text && !value.is_null();
  if (!unquoted) return {};
  return is_private(shape) ? "put it in quotes" : "put it in quotes: \"" + std::string(value.text) + "\"";
}

std::string hint_for(const Subject& subject) {
  const YamlNode& value = subject.value;
  const bool is_list = print_shape(subject.key.shape).starts_with("a list");
  if (is_list && value.kind == NodeKind::map) return "begin each entry with '- '";
  if (is_list && value.is_scalar()) return "put it on a line of its own that begins with '- '";
  if (subject.key.shape == Shape::boolean && value.kind == NodeKind::text) {
    static constexpr std::array<std::string_view, 2> yes{"yes", "on"};
    static constexpr std::array<std::string_view, 2> no{"no", "off"};
    static constexpr std::array<std::string_view, 2> both{"true", "false"};
    if (std::ranges::find(yes, value.text) != yes.end()) return "write true";
    if (std::ranges::find(no, value.text) != no.end()) return "write false";
    if (const auto near = nearest_name(value.text, both)) return "write " + std::string(*near) + ", without quotes";
    return {};
  }
  const bool is_map_due = print_shape(subject.key.shape).starts_with("a map");
  if (is_map_due || subject.key.shape == Shape::boolean) return {};
  return quotes_hint(value, subject.key.shape);
}

bool refuse(const Subject& subject) {
  const YamlNode& node = shown_node(subject);
  subject.findings.add("ops-wrong-type", Severity::error, node.offset, node.end,
                       name_key(subject.key, subject.owner) + " is " + describe(subject.value, subject.key.shape) +
                           "; " + std::string(print_shape(subject.key.shape)) + " is expected",
                       hint_for(subject));
  return false;
}

bool refuse_empty(const Subject& subject, std::string_view what) {
  const YamlNode& node = shown_node(subject);
  subject.findings.add("ops-empty", Severity::error, node.offset, node.end,
                       name_key(subject.key, subject.owner) + " is empty; " + std::string(what) + " is expected");
  return false;
}

void refuse_entry(const Subject& subject, std::size_t index, std::string_view expected, std::string hint) {
  const YamlNode& entry = *subject.value.entries[index].value;
  const bool steps = subject.key.shape == Shape::steps || subject.key.shape == Shape::filled_steps;
  const std::string number = std::to_string(index + 1);
  const std::string what = (steps ? "step " + number : "entry " + number + " of " + in_quotes(subject.key.name)) +
                           " of " + print_owner(subject.owner);
  subject.findings.add(
      "ops-wrong-type", Severity::error, entry.offset, entry.end,
      what + " is " + describe(entry, subject.key.shape) + "; " + std::string(expected) + " is expected",
      std::move(hint));
}

/// JSON, and with it the schema, knows no difference between 8080 and 8080.0.
bool is_port_number(const Subject& subject, const YamlNode& value) {
  return subject.key.shape == Shape::ports && is_whole_number(value);
}

/// A list of texts; an entry without a value (behind `- ` only a comment) is left out with a warning.
bool check_texts(const Subject& subject) {
  if (subject.value.kind != NodeKind::list) return refuse(subject);
  for (std::size_t i = 0; i < subject.value.entries.size(); ++i) {
    const YamlNode& entry = *subject.value.entries[i].value;
    if (entry.kind == NodeKind::text) continue;
    if (is_port_number(subject, entry)) continue;
    if (!entry.is_null()) {
      refuse_entry(subject, i, "a text", quotes_hint(entry, subject.key.shape));
      continue;
    }
    subject.findings.add("ops-empty", Severity::warning, entry.offset, entry.end,
                         "entry " + std::to_string(i + 1) + " of " + name_key(subject.key, subject.owner) +
                             " has no value and is left out",
                         "remove its '-'");
  }
  return true;
}

/// Steps are lines of a script: `- true` and `- 1` are as good as any text.
bool check_steps(const Subject& subject) {
  if (subject.value.kind != NodeKind::list) return refuse(subject);
  if (subject.value.entries.empty()) return refuse_empty(subject, "at least one step");
  const bool filled = subject.key.shape == Shape::filled_steps;
  for (std::size_t i = 0; i < subject.value.entries.size(); ++i) {
    const YamlNode& entry = *subject.value.entries[i].value;
    if (!entry.is_scalar()) {
      refuse_entry(subject, i, "a text",
                   entry.kind == NodeKind::map ? "quote the whole step: its ': ' makes it a map" : "");
    } else if (filled && !is_filled(entry)) {
      subject.findings.add("ops-empty", Severity::error, entry.offset, entry.end,
                           "step " + std::to_string(i + 1) + " of " + print_owner(subject.owner) + " is empty");
    }
  }
  return true;
}

bool check_maps(const Subject& subject) {
  if (subject.value.kind != NodeKind::list) return refuse(subject);
  if (subject.key.shape == Shape::jobs && subject.value.entries.empty()) {
    return refuse_empty(subject, "at least one job");
  }
  for (std::size_t i = 0; i < subject.value.entries.size(); ++i) {
    if (subject.value.entries[i].value->kind != NodeKind::map)
      refuse_entry(subject, i, "a map that begins with 'name: '", {});
  }
  return true;
}

bool check_text(const Subject& subject) {
  if (subject.value.kind != NodeKind::text) return refuse(subject);
  if (subject.key.shape != Shape::text && !is_filled(subject.value)) return refuse_empty(subject, "a text");
  return true;
}

bool check_one_or_list(const Subject& subject) {
  if (subject.value.kind == NodeKind::list) return check_texts(subject);
  if (subject.value.kind == NodeKind::text) return true;
  if (is_port_number(subject, subject.value)) return true;
  return refuse(subject);
}

bool check_kind(const Subject& subject, std::initializer_list<NodeKind> kinds) {
  if (std::ranges::find(kinds, subject.value.kind) != kinds.end()) return true;
  return refuse(subject);
}

bool check_help_map(const Subject& subject) {
  if (subject.value.kind == NodeKind::map) return true;
  if (subject.value.kind == NodeKind::boolean && (subject.value.text[0] == 'f' || subject.value.text[0] == 'F'))
    return true;
  return refuse(subject);
}

bool check_shape(const Subject& subject) {
  using enum NodeKind;
  switch (subject.key.shape) {
    case Shape::anything:
      return true;
    case Shape::text:
    case Shape::filled_text:
    case Shape::name:
    case Shape::job_name:
    case Shape::workdir:
    case Shape::executor:
    case Shape::url_path:
      return check_text(subject);
    case Shape::text_or_number:
    case Shape::version_text:
      return check_kind(subject, {text, integer, real});
    case Shape::boolean:
      return check_kind(subject, {boolean});
    case Shape::sdk:
      return is_whole_number(subject.value) || check_kind(subject, {text});
    case Shape::words:
    case Shape::statics:
    case Shape::variable_names:
    case Shape::service_actions:
      return check_texts(subject);
    case Shape::ports:
    case Shape::events:
      return check_one_or_list(subject);
    case Shape::steps:
    case Shape::filled_steps:
      return check_steps(subject);
    case Shape::commands:
    case Shape::pipelines:
    case Shape::services:
    case Shape::workflows:
    case Shape::jobs:
      return check_maps(subject);
    case Shape::environment:
      return subject.value.kind == list ? check_texts(subject) : check_kind(subject, {map});
    case Shape::help:
      return check_kind(subject, {map});
    case Shape::help_map:
      break;
  }
  return check_help_map(subject);
}

std::string list_places(const std::vector<Place>& places) {
  std::string text;
  for (std::size_t i = 0; i < places.size(); ++i) {
    if (i > 0) text += i + 1 == places.size() ? " or " : ", ";
    text += print_place(places[i]);
  }
  return text;
}

std::string unknown_key_hint(const YamlNode& key, const Owner& owner) {
  if (const auto near = nearest_ops_key(owner.place, key.text)) return "did you mean '" + std::string(*near) + "'?";
  if (owner.place == Place::environment) {
    return "env has static, secrets and configs; a value stands as NAME=value under static";
  }
  const auto places = places_of_ops_key(key.text);
  return places.empty() ? "it is ignored; remove it" : "it belongs to " + list_places(places);
}

void report_unknown_key(const YamlNode& key, const Owner& owner, Findings& findings) {
  std::string hint = findings.is_full() ? std::string() : unknown_key_hint(key, owner);
  findings.add("ops-unknown-key", Severity::warning, key.offset, key.end,
               "unknown key " + in_quotes(key.text) + " of " + print_owner(owner), std::move(hint));
}

void report_standing(const OpsKey& key, const YamlNode& written, const Owner& owner, Findings& findings) {
  const auto warn = [&](std::string_view code, std::string_view says, std::string hint) {
    findings.add(code, Severity::warning, written.offset, written.end, name_key(key, owner) + std::string(says),
                 std::move(hint));
  };
  switch (key.standing) {
    case Standing::live:
    case Standing::inert:
      break;
    case Standing::deprecated:
      warn("ops-deprecated-key", " is an old name", key.name == "ops" ? "write 'commands'" : "write 'domain'");
      break;
    case Standing::dead:
      warn("ops-dead-key", " has no meaning any more", "remove it");
      break;
    case Standing::later:
      warn("ops-unsupported-key", " is not supported by this version and is ignored", {});
      break;
  }
}

void report_missing(const OpsKey& key, const YamlNode& shown, const Owner& owner, bool written, Findings& findings) {
  const Severity severity = key.need == Need::required ? Severity::error : Severity::warning;
  findings.add("ops-missing-key", severity, shown.offset, shown.end,
               name_key(key, owner) + (written ? " has no value" : " is missing"),
               "add it: '" + std::string(key.example) + "'");
}

void check_missing(const YamlNode& map, const Fields& fields, const Owner& owner, Findings& findings) {
  for (const OpsKey& key : ops_keys()) {
    if (key.need == Need::optional || (key.places & place_bit(owner.place)) == 0) continue;
    const YamlNode* written = nullptr;
    const YamlNode* value = nullptr;
    const YamlNode* title = nullptr;
    for (const YamlEntry& entry : map.entries) {
      if (!entry.key->is_scalar()) continue;
      if (entry.key->text == key.name) {
        written = entry.key;
        value = entry.value;
      }
      if (entry.key->text == "name" && entry.value->is_scalar()) title = entry.value;
    }
    if (value == nullptr) {
      report_missing(key, title != nullptr ? *title : map, owner, false, findings);
    } else if (value->is_null()) {
      report_missing(key, *written, owner, true, findings);
    } else if (key.need == Need::expected && fields.get(key.name) != nullptr && value->is_scalar() &&
               !is_filled(*value)) {
      report_missing(key, *written, owner, true, findings);
    }
  }
}

}  // namespace

std::string print_owner(const Owner& owner) {
  static constexpr std::array<std::string_view, 8> kinds{"the file", "command", "pipeline", "service",
                                                         "workflow", "job",     "env",      "help"};
  const std::string kind(kinds[static_cast<std::size_t>(owner.place)]);
  return owner.name.empty() ? std::string(print_place(owner.place)) : kind + " " + in_quotes(owner.name);
}

const YamlNode* Fields::get(std::string_view name) const {
  for (const Field& field : fields_) {
    if (field.key->name == name) return field.value;
  }
  return nullptr;
}

std::string Fields::text(std::string_view name) const {
  const YamlNode* value = get(name);
  return value != nullptr && value->is_scalar() ? std::string(value->text) : std::string();
}

Fields check_map(const YamlNode& map, const Owner& owner, Findings& findings) {
  Fields fields;
  for (const YamlEntry& entry : map.entries) {
    if (!entry.key->is_scalar() || entry.key->is_null() || entry.key->is_merge_key()) continue;  // reported before
    const OpsKey* key = find_ops_key(owner.place, entry.key->text);
    if (key == nullptr) {
      report_unknown_key(*entry.key, owner, findings);
      continue;
    }
    report_standing(*key, *entry.key, owner, findings);
    if (entry.value->is_null()) continue;
    if (check_shape({*key, *entry.key, *entry.value, owner, findings})) fields.add({key, entry.key, entry.value});
  }
  check_missing(map, fields, owner, findings);
  return fields;
}

std::string describe_value(const YamlNode& node) {
  switch (node.kind) {
    case NodeKind::boolean:
      return std::string(node.text);
    case NodeKind::integer:
    case NodeKind::real:
      return "the number " + std::string(node.text);
    default:
      return std::string(print_node_kind(node.kind));
  }
}

bool is_whole_number(const YamlNode& node) {
  return node.kind == NodeKind::integer || (node.kind == NodeKind::real && whole_value(node.text).has_value());
}

bool is_filled(const YamlNode& node) {
  return node.is_scalar() && !node.is_null() && node.text.find_first_not_of(" \t\r\n") != std::string::npos;
}

}  // namespace lifecycle::ops
