// What a run hands to the steps after it: `matched`, `result` and `runs`.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "adapters/dialect/dialect.h"
#include "agent/mask/mask_table.h"
#include "agent/run/run_record.h"

namespace lifecycle::summary {

struct RunOutput {
  std::string name;
  std::string value;
};

/// `matched`: a JSON list of workflow names. `result`: success, failure (an error too), cancelled or none.
/// `runs`: the record's workflows without steps, as JSON. Each on one line, masked.
[[nodiscard]] std::vector<RunOutput> run_outputs(const run::RunRecord& record, const mask::MaskTable& mask);

[[nodiscard]] std::string_view result_output(run::RunResult result);

/// The text for the CI's outputs file; nothing where the CI has none. `token` gives random texts; one that
/// occurs in a value is not used as its delimiter.
[[nodiscard]] std::optional<std::string> outputs_text(const std::vector<RunOutput>& outputs,
                                                      const dialect::Dialect& dialect,
                                                      const std::function<std::string()>& token);

/// 128 random bits as letters and digits.
[[nodiscard]] std::string random_token();

}  // namespace lifecycle::summary
