// A planned job made ready to start: its directory, its environment, the task for the executor.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "agent/base/result.h"
#include "agent/os/files.h"
#include "agent/plan/plan.h"
#include "agent/run/executor.h"
#include "agent/run/job_environment.h"
#include "agent/run/plan_run.h"

namespace lifecycle::run {

struct PreparedJob {
  JobTask task;  // of a legacy workflow: for all its steps, without argv
  /// The job's own, removed with this value: where it starts, and the state of a legacy workflow.
  std::optional<os::TemporaryDirectory> directory;
  std::optional<os::TemporaryDirectory> state;
  /// Steps of a legacy workflow with their marks replaced.
  std::vector<std::string> shell_steps;
};

/// Makes directories, so it is called right before the start. Errors: secret-gone, job-workdir-missing,
/// directory-unmakeable.
[[nodiscard]] Result<PreparedJob> prepare_job(const plan::WorkflowRun& workflow, const plan::PlannedJob& job,
                                              const RunOptions& options, const KnownValues& values);

/// Every mark replaced (plan::state_directory_mark). The platform replaced the first of each alone and ran the step
/// with the others as they stood, which no step can have wanted.
[[nodiscard]] std::string replace_marks(std::string_view step, std::string_view state_directory,
                                        std::string_view config_directory);

}  // namespace lifecycle::run
