// The end of a run as Markdown, for GITHUB_STEP_SUMMARY and its like.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "agent/mask/mask_table.h"
#include "agent/run/run_record.h"

namespace lifecycle::summary {

/// GitHub fails the upload of a step's summary above 1 MiB (GitHub docs, "Workflow commands", Step isolation and
/// limits); several agents in one step share the file, so room is left for them.
constexpr std::size_t summary_limit = std::size_t{1000} << 10;

/// At most `limit` bytes, cut between rows with a line that says so. Masked; names and step texts are text
/// wherever they stand: no Markdown or HTML of theirs works.
[[nodiscard]] std::string markdown_summary(const run::RunRecord& record, const mask::MaskTable& mask,
                                           std::size_t limit = summary_limit);

}  // namespace lifecycle::summary
