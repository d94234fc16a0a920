#include "agent/plan/workflow_plan.h"

#include <algorithm>
#include <iterator>

#include "agent/plan/workdir_choice.h"

namespace lifecycle::plan {
namespace {

bool asks_for_container(const ops::Workflow& workflow) {
  return workflow.executor == ops::ExecutorChoice::container ||
         std::ranges::find(workflow.jobs, ops::ExecutorChoice::container, &ops::Job::executor) != workflow.jobs.end();
}

bool asks(const ops::Workflow& service, std::string_view action) {
  return std::ranges::find(service.trigger, action) != service.trigger.end();
}

std::string joined(const std::vector<std::string>& words) {
  std::string text;
  for (const std::string& word : words) text += (text.empty() ? "" : ", ") + word;
  return text;
}

/// On the platform a service is an image built from its Dockerfile; as a process it runs only where that was
/// asked for, or where nothing is to be built.
bool must_be_built(const ops::Workflow& workflow) {
  return workflow.kind == ops::WorkflowKind::service && asks(workflow, "build") &&
         workflow.executor != ops::ExecutorChoice::process;
}

/// What an event does with a service stands in its trigger; without one the event starts it.
bool is_started_by_event(const ops::Workflow& workflow) {
  return workflow.kind != ops::WorkflowKind::service || workflow.trigger.empty() || asks(workflow, "start");
}

std::string not_started(const ops::Workflow& service) {
  return "needs executor: container, since its trigger holds " + joined(service.trigger) +
         " but not start: an event is to make its image, not to start it; run " + service.name +
         " --executor process starts it as a process of this machine";
}

/// Why the workflow is not run here; empty: it is. And by what it would be run.
struct Verdict {
  std::string skipped;
  std::string executor = "process";
};

Verdict judge(const ops::Workflow& workflow, const event::Event& event, const PlanOptions& options, bool by_event) {
  if (options.fork_secrets == ForkSecrets::refuse_run && event::is_from_fork(event)) {
    return {"refused: the change comes from a fork, or may (--refuse-forks)"};
  }
  if (by_event && !is_started_by_event(workflow)) return {not_started(workflow), "container"};
  if (options.executor == ops::ExecutorChoice::process) return {};
  if (asks_for_container(workflow)) {
    return {
        "needs executor: container, which the file asks for and this version does not have; --executor process "
        "runs it as processes of this machine",
        "container"};
  }
  if (must_be_built(workflow)) {
    return {
        "needs executor: container, since its trigger holds build: its image is built from a Dockerfile; "
        "`executor: process` or --executor process runs it as a process of this machine",
        "container"};
  }
  return {};
}

void note_ignored_keys(WorkflowRun& run, const ops::Workflow& workflow) {
  if (workflow.ignored_keys.empty()) return;
  run.notes.push_back(joined(workflow.ignored_keys) + (workflow.ignored_keys.size() == 1 ? " has" : " have") +
                      " no meaning in the process executor");
}

/// Its image is neither built nor published where the service runs as a process.
void note_undone_actions(WorkflowRun& run, bool by_event) {
  std::vector<std::string> undone = run.service_trigger;
  std::erase_if(undone, [](const std::string& action) { return action != "build" && action != "publish"; });
  if (!by_event || undone.empty()) return;
  run.notes.push_back(joined(undone) + " of its trigger " + (undone.size() == 1 ? "is" : "are") +
                      " skipped (needs executor: container): the service runs as a process, without an image");
}

void note_withheld(WorkflowRun& run, const event::Event& event) {
  if (run.withheld.empty()) return;
  const bool known = event::lies_in_fork(event).has_value();
  run.notes.push_back("secrets withheld (set empty): " + joined(run.withheld) + "; " +
                      (known ? "the change comes from a fork; --allow-fork-secrets gives them"
                             : "nothing tells here that the change does not come from a fork; --fork false "
                               "(LIFECYCLE_EVENT_FORK) says so, --allow-fork-secrets gives them in any case"));
}

}  // namespace

WorkflowRun plan_workflow(const JobPlanInput& input, const event::Event& event, Selected selected,
                          std::vector<Diagnostic>& problems) {
  const ops::Workflow& workflow = *selected.workflow;
  WorkflowRun run;
  run.workflow = workflow.name;
  run.version = workflow.version;
  run.kind = workflow.kind;
  run.file = selected.file->path;
  run.line = workflow.place.line;
  run.directory = folder_of(selected.file->path, input.options);
  run.trigger = std::move(selected.trigger);
  run.matched_name = std::move(selected.matched_name);
  run.match_reason = std::move(selected.reason);
  const bool by_event = !run.trigger.empty();
  Verdict verdict = judge(workflow, event, input.options, by_event);
  run.skipped = std::move(verdict.skipped);
  run.executor = std::move(verdict.executor);
  run.ports = workflow.ports;
  run.service_trigger = workflow.kind == ops::WorkflowKind::service ? workflow.trigger : std::vector<std::string>{};
  run.health = workflow.health;
  run.environment = input.options.environment.empty() ? workflow.environment : input.options.environment;
  PlannedJobs planned = plan_jobs(input, workflow, run.directory);
  run.jobs = std::move(planned.jobs);
  if (!run.skipped.empty()) return run;
  run.withheld.assign(planned.withheld.begin(), planned.withheld.end());
  run.notes = std::move(planned.notes);
  note_ignored_keys(run, workflow);
  note_undone_actions(run, by_event);
  note_withheld(run, event);
  std::ranges::move(planned.diagnostics, std::back_inserter(problems));
  return run;
}

}  // namespace lifecycle::plan
