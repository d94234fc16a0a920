// A workflow's jobs as they will run.
#pragma once

#include <set>
#include <string>
#include <vector>

#include "agent/plan/job_environment.h"
#include "agent/plan/plan.h"

namespace lifecycle::plan {

struct JobPlanInput {
  const SharedEnvironment& shared;
  const Environment& host;
  const PlanOptions& options;
  const SecretIndex& secrets;
  const PackageIndex& packages;
};

struct PlannedJobs {
  std::vector<PlannedJob> jobs;
  std::set<std::string> withheld;
  std::vector<std::string> notes;       // each once
  std::vector<Diagnostic> diagnostics;  // each once
};

/// `directory`: the absolute folder of the workflow's file.
[[nodiscard]] PlannedJobs plan_jobs(const JobPlanInput& input, const ops::Workflow& workflow,
                                    const std::string& directory);

}  // namespace lifecycle::plan
