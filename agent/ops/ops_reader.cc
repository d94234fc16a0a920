// From the tree of an ops.yml to its workflows: the table of keys says what is well-formed, this file what it means.
#include <algorithm>
#include <array>
#include <map>
#include <tuple>
#include <utility>

#include "agent/base/nearest_name.h"
#include "agent/ops/foreign_file.h"
#include "agent/ops/ops_checks.h"
#include "agent/ops/ops_environment.h"
#include "agent/ops/ops_file.h"
#include "agent/ops/ops_values.h"
#include "agent/ops/yaml_tree.h"

namespace lifecycle::ops {
namespace {

/// A list of workflows at the top of the file and what it holds.
struct Section {
  std::string_view key;
  Place place;
  WorkflowKind kind;
};

constexpr std::array sections{
    Section{"commands", Place::command, WorkflowKind::command},
    Section{"ops", Place::command, WorkflowKind::command},
    Section{"pipelines", Place::pipeline, WorkflowKind::pipeline},
    Section{"services", Place::service, WorkflowKind::service},
    Section{"workflows", Place::workflow, WorkflowKind::workflow},
};

class Reader {
 public:
  Reader(const SourceText& source, Findings& findings) : source_(source), findings_(findings) {}

  OpsFile read(const YamlNode& root) {
    OpsFile file;
    file.path = source_.path();
    const Fields fields = check_map(root, {Place::top, {}}, findings_);
    file.version = fields.text("version");
    for (const Section& section : sections) read_section(fields.get(section.key), section, file);
    std::ranges::sort(file.workflows, [](const Workflow& a, const Workflow& b) {
      const auto rank = [](const Workflow& w) {
        return std::tuple(w.kind != WorkflowKind::service, w.place.line, w.place.column);
      };
      return rank(a) < rank(b);
    });
    warn_of_equal_names(file);
    return file;
  }

 private:
  void read_section(const YamlNode* list, const Section& section, OpsFile& file) {
    if (list == nullptr) return;
    file.workflows.reserve(file.workflows.size() + list->entries.size());
    for (const YamlEntry& entry : list->entries) {
      if (entry.value->kind == NodeKind::map) file.workflows.push_back(read_workflow(*entry.value, section));
    }
  }

  Workflow read_workflow(const YamlNode& map, const Section& section) {
    const YamlNode* title = map.find("name");
    const std::string_view known_name =
        title != nullptr && title->kind == NodeKind::text ? std::string_view(title->text) : std::string_view();
    const Owner owner{section.place, known_name.substr(0, known_name.find(':'))};
    const Fields fields = check_map(map, owner, findings_);
    Workflow workflow;
    workflow.kind = section.kind;
    workflow.place = place_of(title != nullptr ? *title : map);
    read_workflow_name(fields, owner, source_, findings_, workflow);
    workflow.description = fields.text("description");
    workflow.environment = fields.text("environment");
    workflow.events = read_triggers(fields.get("events"), source_, findings_);
    if (const YamlNode* env = fields.get("env")) workflow.env = read_environment(*env, owner, source_, findings_);
    if (const YamlNode* run = fields.get("run")) workflow.run = {std::string(run->text), place_of(*run)};
    if (const YamlNode* steps = fields.get("steps")) workflow.steps = read_steps(*steps);
    workflow.ports = read_ports(fields.get("port"), owner, source_, findings_);
    workflow.trigger = read_service_actions(fields.get("trigger"), owner);
    workflow.health = read_url_path(fields.get("health"), owner, findings_);
    workflow.domain = read_domain(fields, owner);
    workflow.workdir = read_workdir(fields.get("workdir"), owner, source_, findings_);
    workflow.executor = read_executor(fields.get("executor"), owner, findings_);
    check_sdk(fields, owner);
    if (const YamlNode* help = fields.get("help")) (void)check_map(*help, {Place::help, {}}, findings_);
    note_inert_keys(fields, workflow);
    if (const YamlNode* jobs = fields.get("jobs")) read_jobs(*jobs, owner, workflow);
    return workflow;
  }

  void read_jobs(const YamlNode& list, const Owner& pipeline, Workflow& workflow) {
    workflow.jobs.reserve(list.entries.size());
    for (const YamlEntry& entry : list.entries) {
      if (entry.value->kind != NodeKind::map) continue;
      Job job = read_job(*entry.value, workflow);
      const auto same = std::ranges::find(workflow.jobs, job.name, &Job::name);
      if (!job.name.empty() && same != workflow.jobs.end()) {
        findings_.add("ops-duplicate-name", Severity::warning, job.place,
                      "job " + in_quotes(job.name) + " stands twice in " + print_owner(pipeline) + ", first at line " +
                          std::to_string(same->place.line),
                      "give each job a name of its own");
      }
      workflow.jobs.push_back(std::move(job));
    }
  }

  Job read_job(const YamlNode& map, Workflow& workflow) {
    const YamlNode* title = map.find("name");
    const Owner owner{Place::job, title != nullptr && title->kind == NodeKind::text ? std::string_view(title->text)
                                                                                    : std::string_view()};
    const Fields fields = check_map(map, owner, findings_);
    Job job;
    job.place = place_of(title != nullptr ? *title : map);
    job.name = read_job_name(fields.get("name"), findings_);
    job.description = fields.text("description");
    if (const YamlNode* steps = fields.get("steps")) job.steps = read_steps(*steps);
    job.packages = read_words(fields.get("packages"));
    if (const YamlNode* env = fields.get("env")) job.env = read_environment(*env, owner, source_, findings_);
    job.workdir = read_workdir(fields.get("workdir"), owner, source_, findings_);
    job.executor = read_executor(fields.get("executor"), owner, findings_);
    check_sdk(fields, owner);
    note_inert_keys(fields, workflow);
    return job;
  }

  [[nodiscard]] SourcePlace place_of(const YamlNode& node) const { return source_.place(node.offset, node.end); }

  std::vector<PlacedText> read_steps(const YamlNode& list) {
    std::vector<PlacedText> steps;
    steps.reserve(list.entries.size());
    for (const YamlEntry& entry : list.entries) {
      if (!entry.value->is_scalar()) continue;
      steps.push_back(
          {entry.value->is_null() ? std::string() : std::string(entry.value->text), place_of(*entry.value)});
    }
    return steps;
  }

  std::vector<std::string> read_service_actions(const YamlNode* list, const Owner& owner) {
    static constexpr std::array<std::string_view, 3> known{"build", "publish", "start"};
    std::vector<std::string> actions = read_words(list);
    if (list == nullptr) return actions;
    for (const YamlEntry& entry : list->entries) {
      const YamlNode& action = *entry.value;
      if (action.kind != NodeKind::text || std::ranges::find(known, action.text) != known.end()) continue;
      const auto near = nearest_name(action.text, known);
      findings_.add("ops-unknown-value", Severity::warning, action.offset, action.end,
                    "unknown action " + in_quotes(action.text) + " in 'trigger' of " + print_owner(owner),
                    near ? "did you mean '" + std::string(*near) + "'?" : "actions are: build, publish, start");
    }
    return actions;
  }

  std::string read_domain(const Fields& fields, const Owner& owner) {
    const YamlNode* domain = fields.get("domain");
    if (domain == nullptr) domain = fields.get("cname");
    if (domain == nullptr) return {};
    if (domain->text.find_first_of(":/ \t\n") != std::string::npos) {
      findings_.add("ops-unknown-value", Severity::warning, domain->offset, domain->end,
                    "domain " + in_quotes(domain->text) + " of " + print_owner(owner) + " is no host name",
                    "write it without scheme, port and path: app.example.org");
    }
    return std::string(domain->text);
  }

  void check_sdk(const Fields& fields, const Owner& owner) {
    const YamlNode* sdk = fields.get("sdk");
    if (sdk == nullptr || sdk->text == "2" || sdk->text == "1" || sdk->text == "off") return;
    findings_.add("ops-unknown-value", Severity::warning, sdk->offset, sdk->end,
                  "unknown level " + in_quotes(sdk->text) + " in 'sdk' of " + print_owner(owner),
                  "levels are: \"2\", 1, off");
  }

  /// `mountCwd: false` and `bind: []` ask for nothing, so they are not worth a note.
  static bool asks_for_something(const YamlNode& value) {
    if (value.kind == NodeKind::list) return !value.entries.empty();
    if (value.kind == NodeKind::boolean) return value.text[0] == 't' || value.text[0] == 'T';
    return is_filled(value);
  }

  static void note_inert_keys(const Fields& fields, Workflow& workflow) {
    auto& ignored = workflow.ignored_keys;
    for (const Fields::Field& field : fields.all()) {
      if (field.key->standing != Standing::inert || !asks_for_something(*field.value)) continue;
      const std::string name(field.key->name);
      if (std::ranges::find(ignored, name) == ignored.end()) ignored.push_back(name);
    }
  }

  void warn_of_equal_names(const OpsFile& file) {
    using Key = std::tuple<WorkflowKind, std::string_view, std::string_view>;
    std::map<Key, int> lines;
    for (const Workflow& workflow : file.workflows) {
      const auto [first, is_new] =
          lines.emplace(Key(workflow.kind, workflow.name, workflow.version), workflow.place.line);
      if (is_new || workflow.name.empty()) continue;
      findings_.add("ops-duplicate-name", Severity::warning, workflow.place,
                    std::string(print_kind(workflow.kind)) + " " + in_quotes(workflow.name) +
                        " stands twice, first at line " + std::to_string(first->second),
                    "give each a name or a version of its own");
    }
  }

  const SourceText& source_;
  Findings& findings_;
};

bool has_name(const YamlNode& map) {
  const YamlNode* name = map.find("name");
  return name != nullptr && name->is_scalar();
}

/// An ops.yml has a list of maps with `name` under one of its keys; or one such map, which is a mistake to be told.
bool holds_workflows(const YamlNode& section) {
  if (section.kind == NodeKind::map) return has_name(section);
  return std::ranges::any_of(section.entries, [](const YamlEntry& entry) {
    return entry.value->kind == NodeKind::map && has_name(*entry.value);
  });
}

struct Verdict {
  bool sections = false;   // a key of workflows stands there
  bool workflows = false;  // and holds what looks like one
  bool empty = true;       // and none of them holds anything
};

Verdict judge(const YamlNode& root) {
  Verdict verdict;
  if (root.kind != NodeKind::map) return verdict;
  for (const Section& section : sections) {
    const YamlNode* list = root.find(section.key);
    if (list == nullptr) continue;
    verdict.sections = true;
    if (holds_workflows(*list)) verdict.workflows = true;
    const bool is_empty = list->is_null() || (list->kind == NodeKind::list && list->entries.empty());
    if (!is_empty) verdict.empty = false;
  }
  return verdict;
}

void refuse_foreign(const YamlNode& root, const std::optional<std::string>& format, Findings& findings) {
  const std::string shape = root.kind == NodeKind::map    ? "it has none of the lists commands, pipelines and services"
                            : root.kind == NodeKind::list ? "it is a list"
                                                          : "it is a single text or number";
  findings.add(
      "ops-not-ops", Severity::error, root.offset, root.end,
      "this is no ops.yml: " + (format ? "it looks like " + *format : shape),
      "an ops.yml is a map with a list under commands, pipelines or services; 'lifecycle-agent init' writes one");
}

OpsReading finish(Findings& findings, std::optional<OpsFile> file) {
  if (findings.has_errors()) file.reset();
  return {std::move(file), findings.take()};
}

}  // namespace

std::string_view print_kind(WorkflowKind kind) {
  switch (kind) {
    case WorkflowKind::command:
      return "command";
    case WorkflowKind::pipeline:
      return "pipeline";
    case WorkflowKind::service:
      return "service";
    case WorkflowKind::workflow:
      break;
  }
  return "workflow";
}

bool OpsReading::has_errors() const {
  return std::ranges::any_of(diagnostics, [](const Diagnostic& d) { return d.severity == Severity::error; });
}

OpsReading read_ops(std::string_view text, std::string_view path) {
  const SourceText source(text, path);
  Findings findings(source);
  const YamlDocument document = read_yaml(source, findings);
  if (document.root == nullptr || document.root->is_null()) {
    if (!findings.has_errors()) {
      findings.add("ops-empty", Severity::error, {source.path(), 0, 0, 0}, "the file is empty",
                   "'lifecycle-agent init' writes an ops.yml to begin with");
    }
    return finish(findings, std::nullopt);
  }
  const Verdict verdict = judge(*document.root);
  const auto format = verdict.workflows ? std::nullopt : name_foreign_format(document.root);
  if (!format && !verdict.sections && findings.has_errors()) {
    refuse_foreign(*document.root, format, findings);
    return finish(findings, std::nullopt);
  }
  if (format || !verdict.sections) {
    // What else is wrong with it as an ops.yml is of no interest to anybody.
    Findings foreign(source);
    refuse_foreign(*document.root, format, foreign);
    return finish(foreign, std::nullopt);
  }
  OpsFile file = Reader(source, findings).read(*document.root);
  if (verdict.empty) {
    findings.add(
        "ops-empty", Severity::error, document.root->offset, document.root->end, "the file has no workflow",
        "add one under commands, pipelines or services; 'lifecycle-agent init' writes an ops.yml to begin with");
  }
  return finish(findings, std::move(file));
}

}  // namespace lifecycle::ops
