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

std::optional<std::string> outputs_text(const std::vector<RunOutput>& outputs, const dialect::Dialect& dialect,
                                        const std::function<std::string()>& token) {
  std::string text;
  for (const RunOutput& output : outputs) {
    std::string delimiter = token();
    while (output.value.find(delimiter) != std::string::npos) delimiter += token();
    const auto entry = dialect.output_entry(output.name, output.value, delimiter);
    if (!entry) return std::nullopt;
    text += *entry;
  }
  return text;
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
