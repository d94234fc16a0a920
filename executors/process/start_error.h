// Why a job could not start, in words that say what to do. Pure; values of variables never enter a message.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "agent/base/diagnostic.h"
#include "executors/process/launch.h"

namespace lifecycle::process {

/// An entry or an argument that no exec would take; the limit holds for every program in the job.
[[nodiscard]] std::optional<Diagnostic> check_sizes(const std::vector<std::string>& argv,
                                                    const std::vector<std::string>& env);

/// The system's words for an errno.
[[nodiscard]] std::string system_reason(int error);

[[nodiscard]] Diagnostic program_not_found(std::string_view program, std::string_view path);

/// `error` of exec, with E2BIG explained by the largest variables.
[[nodiscard]] Diagnostic explain_failure(const LaunchFailure& failure, const LaunchPlan& plan, std::string_view path);

/// A pipe, a file or a directory that each job needs could not be made.
[[nodiscard]] Diagnostic explain_system_error(std::string_view what, int error);

}  // namespace lifecycle::process
