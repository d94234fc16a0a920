#include <algorithm>
#include <iterator>

#include "agent/plan/job_environment.h"
#include "agent/plan/plan.h"
#include "agent/plan/workflow_plan.h"
#include "agent/plan/workflow_selection.h"

namespace lifecycle::plan {
namespace {

std::vector<Diagnostic> check_options(const PlanOptions& options) {
  std::vector<Diagnostic> problems;
  if (options.executor == ops::ExecutorChoice::container) {
    problems.push_back({.code = "executor-unavailable",
                        .message = "--executor container: this version runs workflows as processes only",
                        .hint = "leave the flag out, or give --executor process"});
  }
  if (!options.arguments.empty() && options.names.size() != 1) {
    problems.push_back({.code = "arguments-need-one-name",
                        .message = "arguments after -- need exactly one workflow name, " +
                                   std::to_string(options.names.size()) + " were given",
                        .hint = "run NAME -- ARGUMENTS"});
  }
  return problems;
}

}  // namespace

bool Plan::has_errors() const {
  return std::ranges::find(problems, Severity::error, &Diagnostic::severity) != problems.end();
}

Plan make_plan(const event::Event& event, const std::vector<ops::OpsFile>& files, const Environment& host,
               const PlanOptions& options, const SecretIndex& secrets, const PackageIndex& packages) {
  Plan plan;
  plan.event = event;
  plan.problems = check_options(options);
  const bool misplaced = !options.arguments.empty() && options.names.size() != 1;
  PlanOptions usable = options;
  if (misplaced) usable.arguments.clear();
  Selection selection = options.names.empty() ? select_by_event(event, files) : select_by_name(files, options);
  plan.unmatched = std::move(selection.unmatched);
  std::ranges::move(selection.problems, std::back_inserter(plan.problems));
  if (selection.selected.empty()) return plan;
  const SharedEnvironment shared = shared_environment(event, host, usable, secrets);
  std::ranges::copy(shared.diagnostics, std::back_inserter(plan.problems));
  const JobPlanInput input{shared, host, usable, secrets, packages};
  for (Selected& selected : selection.selected) {
    plan.matched.push_back(plan_workflow(input, event, std::move(selected), plan.problems));
  }
  return plan;
}

}  // namespace lifecycle::plan
