#include <nlohmann/json.hpp>

#include "agent/base/utf8.h"
#include "agent/event/event_json.h"
#include "agent/plan/plan.h"
#include "agent/plan/plan_words.h"

namespace lifecycle::plan {
namespace {

using Json = nlohmann::ordered_json;

/// Reasons and edits quote what strangers wrote; the JSON library refuses to print what is no UTF-8.
Json text_json(const std::string& text) {
  return first_invalid_utf8(text) == std::string_view::npos ? text : repair_utf8(text);
}

Json or_null(const std::string& text) { return text.empty() ? Json(nullptr) : text_json(text); }

Json texts_json(const std::vector<std::string>& texts) {
  Json list = Json::array();
  for (const std::string& text : texts) list.push_back(text_json(text));
  return list;
}

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
  Json json{
      {"name", text_json(entry.name)}, {"source", print_source(entry.source)}, {"kind", print_value_kind(entry.kind)}};
  if (entry.kind != EnvValue::literal) {
    json["value"] = nullptr;
  } else if (first_invalid_utf8(entry.value) == std::string_view::npos) {
    json["value"] = entry.value;
  } else {
    json["value"] = repair_utf8(entry.value);
    json["value_hex"] = print_hex(entry.value);
  }
  if (!entry.provider.empty()) json["provider"] = text_json(entry.provider);
  return json;
}

Json missing_json(const MissingValue& missing) {
  return {{"kind", text_json(missing.kind)}, {"name", text_json(missing.name)}, {"asked", texts_json(missing.asked)}};
}

Json workdir_json(const PlannedWorkdir& workdir) {
  return {{"kind", print_workdir_kind(workdir.kind)},
          {"path", or_null(workdir.path)},
          {"reason", text_json(workdir.reason)}};
}

template <class Item>
Json list_of(const std::vector<Item>& items, Json (*print)(const Item&)) {
  Json list = Json::array();
  for (const Item& item : items) list.push_back(print(item));
  return list;
}

/// Keys of what jobs can have in later versions stand here with what is meant by their absence.
Json job_json(const PlannedJob& job) {
  return {{"name", text_json(job.name)},
          {"needs", Json::array()},
          {"steps", texts_json(job.steps)},
          {"script", or_null(job.script)},
          {"argv", texts_json(job.argv)},
          {"shell_per_step", job.shell_per_step},
          {"workdir", workdir_json(job.workdir)},
          {"packages", texts_json(job.packages)},
          {"missing_packages", texts_json(job.missing_packages)},
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
          {"executor", text_json(job.executor)}};
}

Json port_json(const ops::PortMapping& port) { return {{"host", or_null(port.host)}, {"container", port.container}}; }

Json run_json(const WorkflowRun& run) {
  return {{"workflow", text_json(run.workflow)},
          {"version", or_null(run.version)},
          {"kind", ops::print_kind(run.kind)},
          {"file", text_json(run.file)},
          {"line", run.line},
          {"directory", text_json(run.directory)},
          {"trigger", or_null(run.trigger)},
          {"matched_name", or_null(run.matched_name)},
          {"match_reason", text_json(run.match_reason)},
          {"executor", text_json(run.executor)},
          {"skipped", or_null(run.skipped)},
          {"environment", or_null(run.environment)},
          {"ports", list_of(run.ports, port_json)},
          {"service_trigger", texts_json(run.service_trigger)},
          {"health", or_null(run.health)},
          {"withheld", texts_json(run.withheld)},
          {"notes", texts_json(run.notes)},
          {"jobs", list_of(run.jobs, job_json)}};
}

Json unmatched_json(const Unmatched& unmatched) {
  return {{"workflow", text_json(unmatched.workflow)},
          {"version", or_null(unmatched.version)},
          {"kind", ops::print_kind(unmatched.kind)},
          {"file", text_json(unmatched.file)},
          {"line", unmatched.line},
          {"triggers", texts_json(unmatched.triggers)},
          {"reasons", texts_json(unmatched.reasons)},
          {"edit", or_null(unmatched.edit)}};
}

Json problem_json(const Diagnostic& problem) {
  return {{"code", problem.code},
          {"severity", print_severity(problem.severity)},
          {"file", or_null(problem.place.file)},
          {"line", problem.place.line},
          {"column", problem.place.column},
          {"length", problem.place.length},
          {"message", text_json(problem.message)},
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
