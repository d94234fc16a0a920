// A run in which everything occurs that a summary can show.
#pragma once

#include "agent/run/run_record.h"

namespace lifecycle::summary {

[[nodiscard]] run::RunRecord sample_record();

/// One workflow of one job of one step, all of it named by a stranger.
[[nodiscard]] run::RunRecord hostile_record(const std::string& text);

}  // namespace lifecycle::summary
