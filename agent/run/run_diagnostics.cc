#include "agent/run/run_diagnostics.h"

#include "agent/base/duration.h"
#include "agent/run/plan_run.h"

namespace lifecycle::run {
namespace {

constexpr DiagnosticCode code_secret_gone{
    "secret-gone", "a secret or config of the plan has no value now",
    "The plan names the place where the value was found; when the run began that place had it no more (a plan made "
    "earlier or elsewhere, a file removed meanwhile). Nothing was started. Put the value back, or plan again."};
constexpr DiagnosticCode code_workdir_missing{
    "job-workdir-missing", "a job's working directory does not exist",
    "The directory that `workdir` names, or the folder of the ops.yml, is not there. Make it, or change the key."};
constexpr DiagnosticCode code_empty_directory{
    "job-empty-directory", "a job that failed had started in an empty directory",
    "On the platform every job of a pipeline starts in an empty directory of its own and clones what it needs; the "
    "agent does the same. A job that expects the files of the checkout needs `workdir: workspace` in ops.yml, or "
    "`--workdir workspace`."};
constexpr DiagnosticCode code_workflow_note{
    "workflow-note", "something about a workflow that its author should know before it runs",
    "Keys that have no meaning for the executor in use, secrets that are withheld from a fork's change, and the like. "
    "The run goes on."};
constexpr DiagnosticCode code_port_taken{
    "service-port-taken", "the port of a service is in use before the service starts",
    "Another process accepts connections on the port that the service is to listen on, so an answer from there would "
    "prove nothing. Stop the other process, or give the service another port."};
constexpr DiagnosticCode code_not_ready{
    "service-not-ready", "a service did not become ready in time",
    "A service is ready when its port accepts a connection and, where `health` is declared, a GET of that path is "
    "answered with 2xx or 3xx. The message holds the last error of the probe; the service's own output says more."};
constexpr DiagnosticCode code_ended_early{
    "service-ended-early", "a service ended while it was needed",
    "A service lives until the last of the run's other workflows has ended. This one ended by itself; whatever its "
    "status, that is a failure."};
constexpr DiagnosticCode code_processes_left{
    "processes-left", "processes of the run could not be ended",
    "They survived SIGKILL, so they sit in the kernel (state D), most often on a dead network mount or disk."};
constexpr DiagnosticCode code_executor_failed{
    "executor-failed", "an executor stopped with an error of its own",
    "The job could not be carried out for a reason outside of it. The message holds the system's reason."};

std::string names_of(const std::vector<Leftover>& processes) {
  std::string text;
  for (const Leftover& process : processes) {
    if (!text.empty()) text += ", ";
    text += process.name + "(" + std::to_string(process.pid) + ")";
  }
  return text;
}

std::string service(const plan::WorkflowRun& planned) { return "service '" + planned.workflow + "'"; }

}  // namespace

Diagnostic secret_gone(const plan::EnvEntry& entry) {
  const std::string kind = entry.source == plan::EnvSource::config ? "config" : "secret";
  std::string message = kind + " '" + entry.name + "' has no value";
  if (!entry.provider.empty()) message += "; the plan found it in " + entry.provider;
  return {.code = code_secret_gone.code,
          .message = std::move(message),
          .hint = "put it back, or name another place with --secrets-dir or --env-file"};
}

Diagnostic workdir_missing(std::string_view job, std::string_view path) {
  return {.code = code_workdir_missing.code,
          .message =
              "job '" + std::string(job) + "' cannot start: its directory '" + std::string(path) + "' does not exist"};
}

Diagnostic failed_in_empty_directory(std::string_view workflow, std::string_view job) {
  return {.code = code_empty_directory.code,
          .severity = Severity::note,
          .message = "job '" + std::string(job) + "' of '" + std::string(workflow) +
                     "' had started in an empty directory, as on the platform",
          .hint = "if it needs the files of this checkout, set `workdir: workspace` on the pipeline or the job"};
}

Diagnostic workflow_note(const plan::WorkflowRun& planned, std::string_view note) {
  return {.code = code_workflow_note.code,
          .severity = Severity::note,
          .message = std::string(ops::print_kind(planned.kind)) + " '" + planned.workflow + "': " + std::string(note)};
}

Diagnostic service_port_taken(const plan::WorkflowRun& planned, int port, std::string_view address) {
  return {.code = code_port_taken.code,
          .message = service(planned) + " cannot start: port " + std::to_string(port) +
                     " is in use already, something answers at " + std::string(address),
          .hint = "stop what listens there, or give the service another port"};
}

Diagnostic service_not_ready(const plan::WorkflowRun& planned, milliseconds limit, std::string_view error) {
  return {.code = code_not_ready.code,
          .message = service(planned) + " was not ready after " + print_duration(limit) + ": " + std::string(error)};
}

Diagnostic service_ended_early(const plan::WorkflowRun& planned, std::string_view status) {
  return {.code = code_ended_early.code, .message = service(planned) + " ended early with " + std::string(status)};
}

Diagnostic processes_left(const std::vector<Leftover>& alive) {
  return {.code = code_processes_left.code,
          .severity = Severity::warning,
          .message = std::to_string(alive.size()) + (alive.size() == 1 ? " process" : " processes") +
                     " of the run could not be ended: " + names_of(alive)};
}

Diagnostic executor_failed(std::string_view job, std::string_view what) {
  return {.code = code_executor_failed.code,
          .message = "job '" + std::string(job) + "' could not be carried out: " + std::string(what)};
}

std::vector<DiagnosticCode> run_diagnostic_codes() {
  return {code_secret_gone, code_workdir_missing, code_empty_directory, code_workflow_note,  code_port_taken,
          code_not_ready,   code_ended_early,     code_processes_left,  code_executor_failed};
}

}  // namespace lifecycle::run
