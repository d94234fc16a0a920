#include <nlohmann/json.hpp>

#include "agent/base/utf8.h"
#include "agent/event/event_json.h"
#include "agent/run/run_record.h"

namespace lifecycle::run {
namespace {

using Json = nlohmann::ordered_json;

// Step texts and process names are foreign bytes: JSON holds UTF-8 only.
Json text(std::string_view value) { return repair_utf8(value); }

Json text_or_null(std::string_view value) { return value.empty() ? Json(nullptr) : text(value); }

template <class T>
Json number_or_null(const std::optional<T>& value) {
  return value ? Json(*value) : Json(nullptr);
}

Json instant_or_null(const std::optional<Instant>& instant) {
  return instant ? Json(print_instant(*instant)) : Json(nullptr);
}

Json duration_or_null(const std::optional<Instant>& from, const std::optional<Instant>& to) {
  if (!from || !to) return nullptr;
  return static_cast<double>((*to - *from).count()) / 1000.0;
}

Json processes(const std::vector<Leftover>& leftovers) {
  Json list = Json::array();
  for (const Leftover& leftover : leftovers) list.push_back({{"pid", leftover.pid}, {"name", text(leftover.name)}});
  return list;
}

Json step_json(const StepRecord& step) {
  return {{"index", step.index},
          {"first", step.first},
          {"last", step.last},
          {"text", text(step.text)},
          {"result", print_result(step.result)},
          {"started", instant_or_null(step.started)},
          {"ended", instant_or_null(step.ended)},
          {"exit", number_or_null(step.exit)},
          {"output_bytes", step.output_bytes}};
}

enum class Steps { with, without };

Json job_json(const JobRecord& job, Steps steps) {
  Json json = {{"name", text(job.name)},
               {"result", print_result(job.result)},
               {"reason", text_or_null(job.reason)},
               {"exit", number_or_null(job.exit)},
               {"signal", number_or_null(job.signal)},
               {"failed_step", number_or_null(job.failed_step)},
               {"last_step", number_or_null(job.last_step)},
               {"tries", job.tries},
               {"step_times", job.step_times},
               {"started", instant_or_null(job.started)},
               {"ended", instant_or_null(job.ended)},
               {"duration_s", duration_or_null(job.started, job.ended)},
               {"leftovers", processes(job.leftovers)},
               {"survivors", processes(job.survivors)}};
  if (steps == Steps::without) return json;
  json["steps"] = Json::array();
  for (const StepRecord& step : job.steps) json["steps"].push_back(step_json(step));
  return json;
}

Json workflow_json(const WorkflowRecord& workflow, Steps steps) {
  Json json = {{"workflow", text(workflow.workflow)},
               {"version", text_or_null(workflow.version)},
               {"kind", ops::print_kind(workflow.kind)},
               {"file", text(workflow.file)},
               {"line", workflow.line},
               {"result", print_result(workflow.result)},
               {"reason", text_or_null(workflow.reason)},
               {"address", text_or_null(workflow.address)},
               {"started", instant_or_null(workflow.started)},
               {"ended", instant_or_null(workflow.ended)},
               {"duration_s", duration_or_null(workflow.started, workflow.ended)},
               {"jobs", Json::array()}};
  for (const JobRecord& job : workflow.jobs) json["jobs"].push_back(job_json(job, steps));
  return json;
}

Json reported_json(const ReportedRecord& reported) {
  return {{"event_name", text(reported.event_name)},
          {"event_action", text(reported.event_action)},
          {"key", text(reported.key)},
          {"result", text(reported.result)},
          {"status", reported.status},
          {"tries", reported.tries}};
}

}  // namespace

Json to_json(const RunRecord& record) {
  Json json = {{"schema", "lifecycle-agent/run/1"},
               {"id", text(record.id)},
               {"result", print_result(record.result)},
               {"signal", record.signal == 0 ? Json(nullptr) : Json(record.signal)},
               {"processes_left", record.processes_left},
               {"output_lost", record.output_lost.empty() ? Json(nullptr) : Json(text(record.output_lost))},
               {"event", event::to_json(record.event)},
               {"workflows", Json::array()},
               {"reported", Json::array()}};
  for (const WorkflowRecord& workflow : record.workflows) {
    json["workflows"].push_back(workflow_json(workflow, Steps::with));
  }
  for (const ReportedRecord& reported : record.reported) json["reported"].push_back(reported_json(reported));
  return json;
}

Json runs_json(const RunRecord& record) {
  Json list = Json::array();
  for (const WorkflowRecord& workflow : record.workflows) list.push_back(workflow_json(workflow, Steps::without));
  return list;
}

}  // namespace lifecycle::run
