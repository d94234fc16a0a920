// Reads a plan back. The text may come from anywhere, so every value is checked; an exception of the JSON library
// cannot arise, since no value is taken before its type was looked at.
#include <mutex>
#include <nlohmann/json.hpp>
#include <set>

#include "agent/base/system_limits.h"
#include "agent/event/event_json.h"
#include "agent/plan/job_command.h"
#include "agent/plan/plan.h"
#include "agent/plan/plan_words.h"

namespace lifecycle::plan {
namespace {

using Json = nlohmann::ordered_json;

/// Diagnostics name their code by a literal; a code that this room does not know is kept for the program's life.
std::string_view kept_code(const std::string& code) {
  static std::mutex mutex;
  static std::set<std::string, std::less<>> codes;
  const std::scoped_lock lock(mutex);
  return *codes.insert(code).first;
}

std::optional<ops::WorkflowKind> read_kind(std::string_view word) {
  for (const auto kind : {ops::WorkflowKind::command, ops::WorkflowKind::pipeline, ops::WorkflowKind::service,
                          ops::WorkflowKind::workflow}) {
    if (ops::print_kind(kind) == word) return kind;
  }
  return std::nullopt;
}

std::optional<EnvSource> read_source(std::string_view word) {
  for (const auto source :
       {EnvSource::event, EnvSource::ci, EnvSource::host, EnvSource::static_value, EnvSource::secret,
        EnvSource::withheld, EnvSource::config, EnvSource::flag, EnvSource::default_value}) {
    if (print_source(source) == word) return source;
  }
  return std::nullopt;
}

std::optional<std::string> read_hex(std::string_view text) {
  const auto digit = [](char c) { return c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1; };
  if (text.size() % 2 != 0) return std::nullopt;
  std::string bytes;
  for (std::size_t i = 0; i < text.size(); i += 2) {
    const int high = digit(text[i]);
    const int low = digit(text[i + 1]);
    if (high < 0 || low < 0) return std::nullopt;
    bytes += static_cast<char>(high * 16 + low);
  }
  return bytes;
}

/// An object with the path that leads to it; the first thing that is wrong is kept and everything after it is
/// read as empty.
class Reader {
 public:
  Reader(const Json& json, std::string path, std::string& wrong) : json_(json), path_(std::move(path)), wrong_(wrong) {
    if (!json.is_object()) blame("", "an object");
  }

  void blame(std::string_view key, std::string_view expected) {
    if (!wrong_.empty()) return;
    const std::string at = key.empty() ? path_ : path_.empty() ? std::string(key) : path_ + "." + std::string(key);
    wrong_ = "'" + (at.empty() ? "the document" : at) + "' is not " + std::string(expected);
  }

  [[nodiscard]] const Json* find(std::string_view key) const {
    if (!json_.is_object()) return nullptr;
    const auto found = json_.find(key);
    return found == json_.end() ? nullptr : &*found;
  }

  std::string text(std::string_view key) {
    const Json* value = find(key);
    if (value != nullptr && value->is_string()) return value->get<std::string>();
    blame(key, "a string");
    return {};
  }

  std::string text_or_null(std::string_view key) {
    const Json* value = find(key);
    if (value == nullptr || value->is_null()) return {};
    return text(key);
  }

  int number(std::string_view key) {
    const Json* value = find(key);
    if (value != nullptr && value->is_number_integer()) {
      const auto big = value->get<std::int64_t>();
      if (big >= 0 && big <= 2147483647) return static_cast<int>(big);
    }
    blame(key, "a whole number");
    return 0;
  }

  bool flag(std::string_view key) {
    const Json* value = find(key);
    if (value != nullptr && value->is_boolean()) return value->get<bool>();
    blame(key, "true or false");
    return false;
  }

  std::vector<std::string> texts(std::string_view key) {
    std::vector<std::string> all;
    const Json* list = find(key);
    if (list == nullptr || !list->is_array()) {
      blame(key, "a list of strings");
      return all;
    }
    for (const Json& item : *list) {
      if (!item.is_string()) {
        blame(key, "a list of strings");
        return all;
      }
      all.push_back(item.get<std::string>());
    }
    return all;
  }

  template <class Item>
  std::vector<Item> items(std::string_view key, Item (*read)(Reader)) {
    std::vector<Item> all;
    const Json* list = find(key);
    if (list == nullptr || !list->is_array()) {
      blame(key, "a list");
      return all;
    }
    for (std::size_t i = 0; i < list->size() && wrong_.empty(); ++i) all.push_back(read(at((*list)[i], key, i)));
    return all;
  }

  Reader object(std::string_view key) {
    static const Json nothing;
    const Json* value = find(key);
    return {value == nullptr ? nothing : *value, joined(key), wrong_};
  }

  template <class Value>
  Value word(std::string_view key, std::optional<Value> (*read)(std::string_view)) {
    const std::string written = text(key);
    if (const auto value = read(written)) return *value;
    blame(key, "one of its words");
    return Value{};
  }

 private:
  [[nodiscard]] std::string joined(std::string_view key) const {
    return path_.empty() ? std::string(key) : path_ + "." + std::string(key);
  }

  Reader at(const Json& item, std::string_view key, std::size_t index) {
    return {item, joined(key) + "[" + std::to_string(index) + "]", wrong_};
  }

  const Json& json_;
  std::string path_;
  std::string& wrong_;
};

EnvEntry read_entry(Reader reader) {
  EnvEntry entry;
  entry.name = reader.text("name");
  entry.source = reader.word<EnvSource>("source", read_source);
  entry.kind = reader.word<EnvValue>("kind", [](std::string_view word) { return value_of(value_kind_words, word); });
  entry.provider = reader.text_or_null("provider");
  if (entry.name.empty() || entry.name.find('=') != std::string::npos || entry.name.find('\0') != std::string::npos) {
    reader.blame("name", "the name of a variable");
  }
  if (entry.kind != EnvValue::literal) return entry;
  entry.value = reader.text("value");
  if (reader.find("value_hex") != nullptr) {
    auto bytes = read_hex(reader.text("value_hex"));
    if (!bytes) {
      reader.blame("value_hex", "a text of hex digits");
    } else {
      entry.value = *std::move(bytes);
    }
  }
  if (entry.value.find('\0') != std::string::npos) reader.blame("value", "a text without NUL");
  if (entry.name.size() + 1 + entry.value.size() > longest_exec_string) {
    reader.blame("value",
                 "short enough: Linux allows " + std::to_string(longest_exec_string) + " bytes for NAME=value");
  }
  return entry;
}

MissingValue read_missing(Reader reader) { return {reader.text("kind"), reader.text("name"), reader.texts("asked")}; }

PlannedWorkdir read_workdir(Reader reader) {
  PlannedWorkdir workdir;
  workdir.kind =
      reader.word<ops::WorkdirKind>("kind", [](std::string_view word) { return value_of(workdir_kind_words, word); });
  workdir.path = reader.text_or_null("path");
  workdir.reason = reader.text("reason");
  return workdir;
}

PlannedJob read_job(Reader reader) {
  PlannedJob job;
  job.name = reader.text("name");
  job.steps = reader.texts("steps");
  job.script = reader.text_or_null("script");
  job.argv = reader.texts("argv");
  job.shell_per_step = reader.flag("shell_per_step");
  job.workdir = read_workdir(reader.object("workdir"));
  job.packages = reader.texts("packages");
  job.missing_packages = reader.texts("missing_packages");
  job.env = reader.items<EnvEntry>("env", read_entry);
  job.missing = reader.items<MissingValue>("missing", read_missing);
  job.executor = reader.text("executor");
  return job;
}

ops::PortMapping read_port(Reader reader) { return {reader.text_or_null("host"), reader.number("container"), {}}; }

WorkflowRun read_run(Reader reader) {
  WorkflowRun run;
  run.workflow = reader.text("workflow");
  run.version = reader.text_or_null("version");
  run.kind = reader.word<ops::WorkflowKind>("kind", read_kind);
  run.file = reader.text("file");
  run.line = reader.number("line");
  run.directory = reader.text("directory");
  run.trigger = reader.text_or_null("trigger");
  run.matched_name = reader.text_or_null("matched_name");
  run.match_reason = reader.text("match_reason");
  run.executor = reader.text("executor");
  run.skipped = reader.text_or_null("skipped");
  run.environment = reader.text_or_null("environment");
  run.ports = reader.items<ops::PortMapping>("ports", read_port);
  run.service_trigger = reader.texts("service_trigger");
  run.health = reader.text_or_null("health");
  run.withheld = reader.texts("withheld");
  run.notes = reader.texts("notes");
  run.jobs = reader.items<PlannedJob>("jobs", read_job);
  return run;
}

Unmatched read_unmatched(Reader reader) {
  Unmatched unmatched;
  unmatched.workflow = reader.text("workflow");
  unmatched.version = reader.text_or_null("version");
  unmatched.kind = reader.word<ops::WorkflowKind>("kind", read_kind);
  unmatched.file = reader.text("file");
  unmatched.line = reader.number("line");
  unmatched.triggers = reader.texts("triggers");
  unmatched.reasons = reader.texts("reasons");
  unmatched.edit = reader.text_or_null("edit");
  return unmatched;
}

Diagnostic read_problem(Reader reader) {
  Diagnostic problem;
  problem.code = kept_code(reader.text("code"));
  problem.severity =
      reader.word<Severity>("severity", [](std::string_view word) { return value_of(severity_words, word); });
  problem.place.file = reader.text_or_null("file");
  problem.place.line = reader.number("line");
  problem.place.column = reader.number("column");
  problem.place.length = reader.number("length");
  problem.message = reader.text("message");
  problem.hint = reader.text_or_null("hint");
  problem.source_line = reader.text_or_null("source_line");
  return problem;
}

/// What is wrong with a job; nothing when what is shown of it, its steps, is what is executed.
std::string_view contradiction(const PlannedJob& job, ops::WorkflowKind kind) {
  switch (kind) {
    case ops::WorkflowKind::pipeline:
      return job.script == job_script(job.steps) ? "" : "script";
    case ops::WorkflowKind::workflow:
      return job.shell_per_step && !job.steps.empty() ? "" : "steps";
    default:
      return job.argv.empty() ? "argv" : "";
  }
}

/// A plan that was edited may contradict itself.
void check_jobs(Reader& reader, const std::vector<WorkflowRun>& runs) {
  for (std::size_t r = 0; r < runs.size(); ++r) {
    if (!runs[r].skipped.empty()) continue;
    for (std::size_t j = 0; j < runs[r].jobs.size(); ++j) {
      const auto wrong = contradiction(runs[r].jobs[j], runs[r].kind);
      if (wrong.empty()) continue;
      reader.blame("matched[" + std::to_string(r) + "].jobs[" + std::to_string(j) + "]." + std::string(wrong),
                   wrong == "script" ? "made of the job's steps" : "what the job executes");
    }
  }
}

tl::unexpected<Diagnostic> invalid(std::string message) {
  return fail({.code = "plan-json-invalid",
               .message = "this is no plan: " + std::move(message),
               .hint = "give what 'plan --json' of this version printed"});
}

}  // namespace

Result<Plan> plan_from_json(const nlohmann::ordered_json& json) {
  std::string wrong;
  Reader reader(json, "", wrong);
  const std::string schema = reader.text("schema");
  if (wrong.empty() && schema != plan_schema) {
    return invalid("its schema is '" + schema + "', expected '" + std::string(plan_schema) + "'");
  }
  Plan plan;
  if (const Json* event = reader.find("event")) {
    auto read = event::event_from_json(*event);
    if (!read) return invalid("event: " + read.error().message);
    plan.event = *std::move(read);
  } else {
    reader.blame("event", "an object");
  }
  plan.matched = reader.items<WorkflowRun>("matched", read_run);
  plan.unmatched = reader.items<Unmatched>("unmatched", read_unmatched);
  plan.problems = reader.items<Diagnostic>("problems", read_problem);
  if (wrong.empty() && !plan.has_errors()) check_jobs(reader, plan.matched);
  if (!wrong.empty()) return invalid(std::move(wrong));
  return plan;
}

}  // namespace lifecycle::plan
