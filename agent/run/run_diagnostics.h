// What a run has to say beside its output, each with its code.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "agent/base/diagnostic.h"
#include "agent/plan/plan.h"
#include "agent/run/executor.h"

namespace lifecycle::run {

[[nodiscard]] Diagnostic secret_gone(const plan::EnvEntry& entry);
[[nodiscard]] Diagnostic workdir_missing(std::string_view job, std::string_view path);
[[nodiscard]] Diagnostic failed_in_empty_directory(std::string_view workflow, std::string_view job);
[[nodiscard]] Diagnostic workflow_note(const plan::WorkflowRun& planned, std::string_view note);
[[nodiscard]] Diagnostic service_port_taken(const plan::WorkflowRun& planned, int port, std::string_view address);
[[nodiscard]] Diagnostic service_not_ready(const plan::WorkflowRun& planned, milliseconds limit,
                                           std::string_view error);
[[nodiscard]] Diagnostic service_ended_early(const plan::WorkflowRun& planned, std::string_view status);
[[nodiscard]] Diagnostic processes_left(const std::vector<Leftover>& alive);
[[nodiscard]] Diagnostic executor_failed(std::string_view job, std::string_view what);

}  // namespace lifecycle::run
