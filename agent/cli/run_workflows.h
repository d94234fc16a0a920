// `run`, and what the action does with an ops.yml: plan, execute, report, sum up.
#pragma once

#include <string>
#include <vector>

#include "agent/cli/call.h"
#include "agent/cli/gather.h"

namespace lifecycle::cli {

struct RunRequest {
  std::vector<std::string> names;  // by name, whatever the event is; empty: by event
  std::string plan_file;           // executes this plan instead; `-`: from stdin
  std::string image;               // of reported workflow runs
};

/// Everything from the settings to the exit code.
[[nodiscard]] ExitCode run_workflows(const Call& call, const RunRequest& request);

/// What a plan needs to be carried out here.
struct ReadyPlan {
  plan::Plan plan;
  secrets::SecretStore secrets;
  ci::Recognised ci;
  std::string workspace;
};

/// Carries out a plan without errors, with signals, report, table, summary, outputs and record.
[[nodiscard]] ExitCode execute_plan(const Call& call, const RunRequest& request, const ReadyPlan& ready);

[[nodiscard]] std::vector<DiagnosticCode> run_workflows_diagnostic_codes();

}  // namespace lifecycle::cli
