// Where a job starts, and why there.
#pragma once

#include <string>

#include "agent/base/result.h"
#include "agent/plan/plan.h"

namespace lifecycle::plan {

/// Of a pipeline job: flag over the job's key over the pipeline's key over an empty directory.
/// `written`: what was asked for.
[[nodiscard]] Diagnostic workdir_outside(std::string_view written, std::string_view workspace, SourcePlace place);

/// Errors: workdir-outside (a path that leaves the workspace).
[[nodiscard]] Result<PlannedWorkdir> pipeline_workdir(const PlanOptions& options, const ops::Workflow& pipeline,
                                                      const ops::Job& job);

/// Of commands, services and legacy workflows: the folder of their file.
[[nodiscard]] PlannedWorkdir file_workdir(const std::string& directory, ops::WorkflowKind kind);

/// The absolute folder of a file as the user wrote its path.
[[nodiscard]] std::string folder_of(const std::string& file, const PlanOptions& options);

}  // namespace lifecycle::plan
