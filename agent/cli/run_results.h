// What a run leaves behind: the table, the CI's summary and outputs files, the record.
#pragma once

#include <string>

#include "adapters/dialect/dialect.h"
#include "agent/cli/call.h"
#include "agent/mask/mask_table.h"
#include "agent/run/run_record.h"

namespace lifecycle::cli {

/// The summary and outputs of the CI, where it has files for them. A file that cannot be written is a warning: the
/// workflows' result stands.
void write_ci_files(const Call& call, const run::RunRecord& record, const mask::MaskTable& mask,
                    const dialect::Dialect& dialect);

/// The outputs where no workflow ran: a later step finds them whatever happened. `code`: what the command ends with.
void write_outputs_without_run(const Call& call, ExitCode code);

/// --result. Errors: file-unwritable.
[[nodiscard]] Result<void> write_record(const Call& call, const run::RunRecord& record);

/// What the run exits with: by its result; a cancelled one by its signal.
[[nodiscard]] ExitCode exit_code_of(const run::RunRecord& record);

}  // namespace lifecycle::cli
