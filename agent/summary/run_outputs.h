// What a run hands to the steps after it: `matched`, `result` and `runs`.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "adapters/dialect/native_action.h"
#include "agent/mask/mask_table.h"
#include "agent/run/run_record.h"

namespace lifecycle::summary {

using RunOutput = dialect::NamedOutput;

/// `matched`: a JSON list of workflow names. `result`: success, failure (an error too), cancelled or none.
/// `runs`: the record's workflows without steps, as JSON. Each on one line, masked.
[[nodiscard]] std::vector<RunOutput> run_outputs(const run::RunRecord& record, const mask::MaskTable& mask);

/// The same out of a record that was written (lifecycle-agent/run/1); nothing when it is none.
[[nodiscard]] std::optional<std::vector<RunOutput>> outputs_of_record(const nlohmann::ordered_json& record);

[[nodiscard]] std::string_view result_output(run::RunResult result);

/// 128 random bits as letters and digits.
[[nodiscard]] std::string random_token();

}  // namespace lifecycle::summary
