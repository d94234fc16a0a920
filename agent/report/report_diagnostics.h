// The codes of this room.
#pragma once

#include <vector>

#include "agent/base/diagnostic.h"

namespace lifecycle::report {

[[nodiscard]] std::vector<DiagnosticCode> report_diagnostic_codes();

}  // namespace lifecycle::report
