// What bash is given: the script of a pipeline job, the arguments of a command or service.
#pragma once

#include <string>
#include <vector>

#include "agent/base/result.h"
#include "agent/ops/ops_file.h"

namespace lifecycle::plan {

/// The platform's header and the steps, one after the other: `#!/bin/bash`, `set -euo pipefail`,
/// `IFS=$'\n\t'`; the first step stands on line 4.
[[nodiscard]] std::string job_script(const std::vector<std::string>& steps);

/// bash -c 'RUN "$@"' NAME ARGS…. Without arguments a RUN that `"$@"` cannot follow stays as it is.
/// Errors: run-takes-no-arguments.
[[nodiscard]] Result<std::vector<std::string>> command_argv(const ops::Workflow& workflow,
                                                            const std::vector<std::string>& arguments);

}  // namespace lifecycle::plan
