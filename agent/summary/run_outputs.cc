#include "agent/summary/run_outputs.h"

#include <nlohmann/json.hpp>
#include <random>

#include "agent/run/planned_record.h"

namespace lifecycle::summary {
namespace {

using Json = nlohmann::ordered_json;

run::RunRecord masked_record(run::RunRecord record, const mask::MaskTable& mask) {
  run::mask_texts(record, mask);
  return record;
}

std::string print_json(const Json& json) { return json.dump(-1, ' ', false, Json::error_handler_t::replace); }

}  // namespace

std::string_view result_output(run::RunResult result) {
  switch (result) {
    case run::RunResult::success:
      return "success";
    case run::RunResult::failure:
    case run::RunResult::error:
      return "failure";
    case run::RunResult::cancelled:
      return "cancelled";
    case run::RunResult::skipped:
      return "none";
  }
  return "failure";
}

std::vector<RunOutput> run_outputs(const run::RunRecord& record, const mask::MaskTable& mask) {
  const run::RunRecord shown = masked_record(record, mask);
  Json matched = Json::array();
  for (const run::WorkflowRecord& workflow : shown.workflows) matched.push_back(workflow.workflow);
  return {{"matched", print_json(matched)},
          {"result", std::string(result_output(record.result))},
          {"runs", print_json(run::runs_json(shown))}};
}

namespace {

std::optional<std::string> result_of(const Json& word) {
  for (const run::RunResult result : {run::RunResult::success, run::RunResult::failure, run::RunResult::error,
                                      run::RunResult::cancelled, run::RunResult::skipped}) {
    if (word == run::print_result(result)) return std::string(result_output(result));
  }
  return std::nullopt;
}

}  // namespace

std::optional<std::vector<RunOutput>> outputs_of_record(const Json& record) {
  const bool is_record = record.is_object() && record.value("schema", Json()) == "lifecycle-agent/run/1";
  if (!is_record || !record.value("workflows", Json()).is_array()) return std::nullopt;
  const auto result = result_of(record.value("result", Json()));
  if (!result) return std::nullopt;
  Json matched = Json::array();
  Json runs = Json::array();
  for (Json workflow : record["workflows"]) {
    if (!workflow.is_object() || !workflow.contains("workflow")) return std::nullopt;
    matched.push_back(workflow["workflow"]);
    if (auto jobs = workflow.find("jobs"); jobs != workflow.end() && jobs->is_array()) {
      for (Json& job : *jobs) {
        if (job.is_object()) job.erase("steps");
      }
    }
    runs.push_back(std::move(workflow));
  }
  return std::vector<RunOutput>{{"matched", print_json(matched)}, {"result", *result}, {"runs", print_json(runs)}};
}

std::string random_token() {
  constexpr std::string_view digits = "0123456789abcdef";
  std::random_device random;
  std::string token = "lifecycle_";
  for (int word = 0; word < 4; ++word) {
    auto bits = random();
    for (int digit = 0; digit < 8; ++digit, bits >>= 4U) token += digits[bits & 0xFU];
  }
  return token;
}

}  // namespace lifecycle::summary
