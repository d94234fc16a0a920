// What a run leaves behind besides what the CI is told: the record, and the exit code.
#pragma once

#include "agent/cli/call.h"
#include "agent/run/run_record.h"

namespace lifecycle::cli {

/// --result. Errors: file-unwritable.
[[nodiscard]] Result<void> write_record(const Call& call, const run::RunRecord& record);

/// What the run exits with: by its result; a cancelled one by its signal.
[[nodiscard]] ExitCode exit_code_of(const run::RunRecord& record);

}  // namespace lifecycle::cli
