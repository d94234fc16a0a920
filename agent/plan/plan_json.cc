#include <nlohmann/json.hpp>

#include "agent/base/utf8.h"
#include "agent/event/event_json.h"
#include "agent/plan/plan.h"
#include "agent/plan/plan_words.h"

namespace lifecycle::plan {
namespace {

using Json = nlohmann::ordered_json;

Json or_null(const std::string& text) { return text.empty() ? Json(nullptr) : Json(text); }

/// JSON is UTF-8; a host's value may be any bytes, and a plan must run as it was made.
std::string print_hex(std::string_view bytes) {
  constexpr std::string_view digits = "0123456789abcdef";
  std::string text;
  for (const char c : bytes) {
    const auto byte = static_cast<unsigned char>(c);
    text += digits[byte >> 4U];
    text += digits[byte & 15U];
  }
  return text;
}

Json entry_json(const EnvEntry& entry) {
  Json json{{"name", entry.name}, {"source", print_source(entry.source)}, {"kind", print_value_kind(entry.kind)}};
  if (entry.kind != EnvValue::literal) {
    json["value"] = nullptr;
  } else if (first_invalid_utf8(entry.value) == std::string_view::npos) {
    json["value"] = entry.value;
  } else {
    json["value"] = repair_utf8(entry.value);
    json["value_hex"] = print_hex(entry.value);
  }
  if (!entry.provider.empty()) json["provider"] = entry.provider;
  return json;
}

Json missing_json(const MissingValue& missing) {
  return {{"kind", missing.kind}, {"name", missing.name}, {"asked", missing.asked}};
}

Json workdir_json(const PlannedWorkdir& workdir) {
  return {{"kind", print_workdir_kind(workdir.kind)}, {"path", or_null(workdir.path)}, {"reason", workdir.reason}};
}

template <class Item>
Json list_of(const std::vector<Item>& items, Json (*print)(const Item&)) {
  Json list = Json::array();
  for (const Item& item : items) list.push_back(print(item));
  return list;
}

/// Keys of what jobs can have in later versions stand here with what is meant by their absence.
Json job_json(const PlannedJob& job) {
  return {{"name", job.name},
          {"needs", Json::array()},
          {"steps", job.steps},
          {"script", or_null(job.script)},
          {"argv", job.argv},
          {"shell_per_step", job.shell_per_step},
          {"workdir", workdir_json(job.workdir)},
          {"packages", job.packages},
          {"missing_packages", job.missing_packages},
          {"image", nullptr},
          {"env", list_of(job.env, entry_json)},
          {"missing", list_of(job.missing, missing_json)},
          {"timeout", nullptr},
          {"step_timeout", nullptr},
          {"retry", nullptr},
          {"if", nullptr},
          {"allow_failure", false},
          {"matrix", nullptr},
          {"artifacts", Json::array()},
          {"outputs", Json::array()},
          {"executor", job.executor}};
}

Json port_json(const ops::PortMapping& port) { return {{"host", or_null(port.host)}, {"container", port.container}}; }

Json run_json(const WorkflowRun& run) {
  return {{"workflow", run.workflow},
          {"version", or_null(run.version)},
          {"kind", ops::print_kind(run.kind)},
          {"file", run.file},
          {"line", run.line},
          {"directory", run.directory},
          {"trigger", or_null(run.trigger)},
          {"matched_name", or_null(run.matched_name)},
          {"match_reason", run.match_reason},
          {"executor", run.executor},
          {"skipped", or_null(run.skipped)},
          {"environment", or_null(run.environment)},
          {"ports", list_of(run.ports, port_json)},
          {"service_trigger", run.service_trigger},
          {"health", or_null(run.health)},
          {"withheld", run.withheld},
          {"notes", run.notes},
          {"jobs", list_of(run.jobs, job_json)}};
}

Json unmatched_json(const Unmatched& unmatched) {
  return {{"workflow", unmatched.workflow},
          {"version", or_null(unmatched.version)},
          {"kind", ops::print_kind(unmatched.kind)},
          {"file", unmatched.file},
          {"line", unmatched.line},
          {"triggers", unmatched.triggers},
          {"reasons", unmatched.reasons},
          {"edit", or_null(unmatched.edit)}};
}

Json problem_json(const Diagnostic& problem) {
  return {{"code", problem.code},
          {"severity", print_severity(problem.severity)},
          {"file", or_null(problem.place.file)},
          {"line", problem.place.line},
          {"column", problem.place.column},
          {"length", problem.place.length},
          {"message", problem.message},
          {"hint", or_null(problem.hint)},
          {"source_line", or_null(problem.source_line)}};
}

}  // namespace

Json to_json(const Plan& plan) {
  Json json;
  json["schema"] = plan_schema;
  json["event"] = event::to_json(plan.event);
  json["matched"] = list_of(plan.matched, run_json);
  json["unmatched"] = list_of(plan.unmatched, unmatched_json);
  json["problems"] = list_of(plan.problems, problem_json);
  return json;
}

}  // namespace lifecycle::plan
