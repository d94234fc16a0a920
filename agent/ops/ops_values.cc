#include "agent/ops/ops_values.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>

#include "agent/base/ascii.h"
#include "agent/base/nearest_name.h"
#include "agent/ops/core_schema.h"

namespace lifecycle::ops {
namespace {

constexpr std::string_view assumed_version = "0.1.0";
constexpr std::size_t longest_version = 128;

bool is_word(char c) { return is_letter_or_digit(c) || c == '_'; }

/// The platform's CLI: `/^[a-zA-Z0-9-_]+$/`.
bool is_workflow_name(std::string_view name) {
  return !name.empty() && std::ranges::all_of(name, [](char c) { return is_word(c) || c == '-'; });
}

/// A tag of an image: `/^[\w][\w.-]{0,127}$/`.
bool is_version(std::string_view version) {
  return !version.empty() && version.size() <= longest_version && is_word(version.front()) &&
         std::ranges::all_of(version, [](char c) { return is_word(c) || c == '.' || c == '-'; });
}

void add(Findings& findings, std::string_view code, Severity severity, const YamlNode& node, std::string message,
         std::string hint) {
  findings.add(code, severity, node.offset, node.end, std::move(message), std::move(hint));
}

void check_version(const YamlNode& node, std::string_view version, const Owner& owner, Findings& findings) {
  if (is_version(version)) return;
  add(findings, "ops-bad-version", Severity::error, node,
      version.empty() ? print_owner(owner) + " has an empty version after its ':'"
                      : "bad version " + in_quotes(version) + " of " + print_owner(owner),
      "a version is a tag such as 0.1.0: at most 128 letters, digits, '_', '.' and '-', beginning with none of the "
      "last two");
}

void report_missing_version(const YamlNode& node, const Owner& owner, Findings& findings) {
  const bool assumed = owner.place == Place::command || owner.place == Place::workflow;
  add(findings, "ops-missing-version", Severity::warning, node,
      print_owner(owner) + " has no version" +
          (assumed ? "; 0.1.0 is assumed" : "; the platform does not publish it without one"),
      "write 'name: " + std::string(owner.name) + ":0.1.0'");
}

std::optional<int> read_port_number(std::string_view text) {
  int port = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), port);
  if (error != std::errc() || end != text.data() + text.size() || text.empty()) return std::nullopt;
  if (port < 1 || port > 65535 || text.front() == '0' || text.front() == '-') return std::nullopt;
  return port;
}

std::optional<PortMapping> parse_port(const YamlNode& node) {
  PortMapping mapping;
  if (node.kind != NodeKind::text) {
    const auto port = whole_value(node.text);
    if (!port || *port < 1 || *port > 65535) return std::nullopt;
    mapping.container = static_cast<int>(*port);
    return mapping;
  }
  const std::string_view text = node.text;
  const std::size_t colon = text.find(':');
  const auto container = read_port_number(colon == std::string_view::npos ? text : text.substr(colon + 1));
  if (!container) return std::nullopt;
  mapping.container = *container;
  if (colon == std::string_view::npos) return mapping;
  if (!read_port_number(text.substr(0, colon))) return std::nullopt;
  mapping.host = text.substr(0, colon);
  return mapping;
}

std::vector<const YamlNode*> one_or_many(const YamlNode* value) {
  std::vector<const YamlNode*> nodes;
  if (value == nullptr) return nodes;
  if (value->is_scalar()) {
    nodes.push_back(value);
    return nodes;
  }
  for (const YamlEntry& entry : value->entries) {
    if (entry.value->kind == NodeKind::text || is_whole_number(*entry.value)) nodes.push_back(entry.value);
  }
  return nodes;
}

/// A place within a trigger's text as the place within the file; the whole text where it is folded or escaped.
SourcePlace place_within(const YamlNode& node, const SourcePlace& inner, const SourceText& source) {
  std::size_t begin = 0;
  std::size_t end = 0;
  const bool found = inner.column > 0 &&
                     find_within(source.text(), node.offset, node.text, inner.column - 1, inner.length, begin, end);
  return found ? source.place(begin, end) : source.place(node.offset, node.end);
}

bool leaves_workspace(std::string_view path) {
  if (path.starts_with('/') || path.starts_with('~')) return true;
  while (!path.empty()) {
    const std::size_t slash = path.find('/');
    if (path.substr(0, slash) == "..") return true;
    if (slash == std::string_view::npos) break;
    path.remove_prefix(slash + 1);
  }
  return false;
}

}  // namespace

void read_workflow_name(const Fields& fields, const Owner& owner, const SourceText& source, Findings& findings,
                        Workflow& workflow) {
  const YamlNode* separate = fields.get("version");
  if (separate != nullptr) check_version(*separate, separate->text, owner, findings);
  const YamlNode* title = fields.get("name");
  if (title == nullptr) return;
  workflow.place = source.place(title->offset, title->end);
  const std::string_view text = title->text;
  const std::size_t colon = text.find(':');
  const std::string_view name = text.substr(0, colon);
  workflow.name = name;
  if (!is_workflow_name(name)) {
    add(findings, "ops-bad-name", Severity::error, *title,
        "bad name " + in_quotes(name) + " of a " + std::string(print_kind(workflow.kind)),
        "a name has letters, digits, '-' and '_' only");
  }
  if (colon == std::string_view::npos) {
    if (separate != nullptr) {
      workflow.version = separate->text;
      return;
    }
    const bool assumed = workflow.kind == WorkflowKind::command || workflow.kind == WorkflowKind::workflow;
    if (assumed) workflow.version = assumed_version;
    report_missing_version(*title, owner, findings);
    return;
  }
  const std::string_view rest = text.substr(colon + 1);
  const std::size_t second = rest.find(':');
  workflow.version = rest.substr(0, second);
  check_version(*title, workflow.version, owner, findings);
  if (separate != nullptr && separate->text != workflow.version) {
    add(findings, "ops-conflicting-version", Severity::warning, *separate,
        "version " + in_quotes(separate->text) + " of " + print_owner(owner) + " is ignored: its name says " +
            in_quotes(workflow.version),
        "keep one of the two");
  }
  if (second == std::string_view::npos) return;
  add(findings, "ops-bad-version", Severity::warning, *title,
      "what follows the second ':' in the name of " + print_owner(owner) + " is ignored",
      "write 'name: " + workflow.name + ":" + workflow.version + "'");
}

std::string read_job_name(const YamlNode* name, Findings& findings) {
  if (name == nullptr) return {};
  const bool one_line = std::ranges::none_of(name->text, [](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte < 0x20 || byte == 0x7F;
  });
  if (!one_line) {
    add(findings, "ops-bad-name", Severity::error, *name, "bad name " + in_quotes(name->text) + " of a job",
        "a job's name is one line without control characters");
  }
  return std::string(name->text);
}

std::vector<PlacedTrigger> read_triggers(const YamlNode* events, const SourceText& source, Findings& findings) {
  std::vector<PlacedTrigger> triggers;
  for (const YamlNode* node : one_or_many(events)) {
    if (node->kind != NodeKind::text) continue;
    auto parsed = trigger::parse_trigger(node->text);
    if (!parsed) {
      Diagnostic& error = parsed.error();
      findings.add(error.code, error.severity, place_within(*node, error.place, source), std::move(error.message),
                   std::move(error.hint));
      continue;
    }
    const auto hints = findings.is_full() ? trigger::Hints::left_out : trigger::Hints::made;
    for (Diagnostic& doubt : trigger::check_trigger(node->text, *parsed, hints)) {
      findings.add(doubt.code, doubt.severity, place_within(*node, doubt.place, source), std::move(doubt.message),
                   std::move(doubt.hint));
    }
    triggers.push_back({*std::move(parsed), {std::string(node->text), source.place(node->offset, node->end)}});
  }
  return triggers;
}

std::vector<PortMapping> read_ports(const YamlNode* ports, const Owner& owner, const SourceText& source,
                                    Findings& findings) {
  std::vector<PortMapping> mappings;
  for (const YamlNode* node : one_or_many(ports)) {
    auto mapping = parse_port(*node);
    if (!mapping) {
      add(findings, "ops-bad-port", Severity::error, *node,
          "bad port " + in_quotes(node->text) + " of " + print_owner(owner),
          "write host:container, such as \"8080:80\", or one port, each from 1 to 65535");
      continue;
    }
    mapping->place = source.place(node->offset, node->end);
    const auto same = std::ranges::find_if(mappings, [&](const PortMapping& other) {
      return other.host == mapping->host && other.container == mapping->container;
    });
    if (same != mappings.end()) {
      add(findings, "ops-bad-port", Severity::error, *node,
          "port " + in_quotes(node->text) + " of " + print_owner(owner) + " stands twice, first at line " +
              std::to_string(same->place.line),
          "remove one of them");
      continue;
    }
    mappings.push_back(*std::move(mapping));
  }
  return mappings;
}

Workdir read_workdir(const YamlNode* workdir, const Owner& owner, const SourceText& source, Findings& findings) {
  if (workdir == nullptr) return {};
  Workdir read{WorkdirKind::path, {}, source.place(workdir->offset, workdir->end)};
  if (workdir->text == "workspace") {
    read.kind = WorkdirKind::workspace;
  } else if (workdir->text == "empty") {
    read.kind = WorkdirKind::empty;
  } else if (leaves_workspace(workdir->text)) {
    add(findings, "ops-bad-value", Severity::error, *workdir,
        "'workdir' of " + print_owner(owner) + " is " + in_quotes(workdir->text) + ", which leaves the workspace",
        "write workspace, empty, or a path relative to the workspace without '..'");
    read.kind = WorkdirKind::unset;
  } else {
    read.path = workdir->text;
  }
  return read;
}

ExecutorChoice read_executor(const YamlNode* executor, const Owner& owner, Findings& findings) {
  static constexpr std::array<std::string_view, 2> known{"process", "container"};
  if (executor == nullptr) return ExecutorChoice::unset;
  if (executor->text == known[0]) return ExecutorChoice::process;
  if (executor->text == known[1]) return ExecutorChoice::container;
  const auto near = nearest_name(executor->text, known);
  add(findings, "ops-bad-value", Severity::error, *executor,
      "unknown executor " + in_quotes(executor->text) + " of " + print_owner(owner),
      near ? "did you mean '" + std::string(*near) + "'?" : "executors are: process, container");
  return ExecutorChoice::unset;
}

std::string read_url_path(const YamlNode* path, const Owner& owner, Findings& findings) {
  if (path == nullptr) return {};
  const bool clean = std::ranges::none_of(path->text, [](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte <= 0x20 || byte == 0x7F;
  });
  if (path->text.starts_with('/') && clean) return std::string(path->text);
  add(findings, "ops-bad-value", Severity::error, *path,
      "'health' of " + print_owner(owner) + " is " + in_quotes(path->text) +
          "; a path that begins with '/' is expected",
      "write the path alone, such as /healthz");
  return {};
}

std::vector<std::string> read_words(const YamlNode* list) {
  std::vector<std::string> words;
  if (list == nullptr) return words;
  for (const YamlEntry& entry : list->entries) {
    if (entry.value->kind == NodeKind::text && is_filled(*entry.value)) words.emplace_back(entry.value->text);
  }
  return words;
}

}  // namespace lifecycle::ops
