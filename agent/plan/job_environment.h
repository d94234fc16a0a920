// The environment of one job: a clean one, put together layer by layer.
#pragma once

#include <set>
#include <string>
#include <vector>

#include "agent/plan/plan.h"

namespace lifecycle::plan {

/// What all jobs of a plan share, made once: the variables that are passed on, and the event's.
struct SharedEnvironment {
  std::vector<EnvEntry> entries;        // sorted by name
  std::vector<Diagnostic> diagnostics;  // event-value-…, plan-variable-reserved of --pass-env and --env
  std::set<std::string> withheld;       // names of --pass-env that tell of a secret
  bool withholds_secrets = false;       // the event is of a fork and nobody allowed it
};

[[nodiscard]] SharedEnvironment shared_environment(const event::Event& event, const Environment& host,
                                                   const PlanOptions& options, const SecretIndex& secrets);

/// What a job's environment is made of.
struct JobEnvironmentInput {
  const SharedEnvironment& shared;
  const Environment& host;
  const PlanOptions& options;
  const SecretIndex& secrets;
  const ops::Workflow& workflow;
  const ops::EnvironmentDeclaration* job = nullptr;  // of a pipeline's job
  bool home_is_job_directory = false;
};

struct JobEnvironment {
  std::vector<EnvEntry> entries;  // sorted by name
  std::vector<MissingValue> missing;
  std::set<std::string> withheld;       // names of secrets that a fork does not get
  std::vector<std::string> notes;       // values that are not used as written, and why
  std::vector<Diagnostic> diagnostics;  // secret-missing, config-missing, plan-variable-…
};

/// A secret or config that a workflow names.
struct WantedValue {
  std::string_view kind;  // "secret" or "config"
  std::string_view name;
  ops::WorkflowKind workflow_kind = ops::WorkflowKind::pipeline;
  std::string_view workflow;
  SourcePlace place{};
};

/// The error of one that no place has (secret-missing, config-missing): the workflow, the key and the places asked.
[[nodiscard]] Diagnostic value_missing(const WantedValue& wanted, const SecretIndex& secrets);

/// Order, later over earlier: passed on and the event's, about the run, then of the workflow and then of the
/// job: static (or list form) < config < secret; at last --env.
[[nodiscard]] JobEnvironment job_environment(const JobEnvironmentInput& input, std::string_view job_name);

}  // namespace lifecycle::plan
