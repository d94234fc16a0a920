// The end of a run on the terminal: one row per job, what was left over, how many processes are left.
#pragma once

#include <cstddef>
#include <string>

#include "adapters/dialect/dialect.h"
#include "agent/mask/mask_table.h"
#include "agent/run/run_record.h"

namespace lifecycle::summary {

struct TableOptions {
  std::size_t columns = 100;  // of the terminal; at least 80 are used
  /// Whose commands the table must not hold: names come from files that a stranger's change may have edited.
  dialect::DialectKind kind = dialect::DialectKind::plain;
};

/// Lines with their LF. Masked; no control bytes.
[[nodiscard]] std::string terminal_table(const run::RunRecord& record, const mask::MaskTable& mask,
                                         TableOptions options);

}  // namespace lifecycle::summary
