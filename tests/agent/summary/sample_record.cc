#include "tests/agent/summary/sample_record.h"

namespace lifecycle::summary {
namespace {

using run::JobRecord;
using run::RunRecord;
using run::RunResult;
using run::StepRecord;
using run::StepResult;
using run::WorkflowRecord;

Instant at(int milliseconds_since_start) { return Instant(std::chrono::milliseconds(milliseconds_since_start)); }

WorkflowRecord& add_workflow(RunRecord& record, ops::WorkflowKind kind, std::string name, RunResult result) {
  WorkflowRecord& workflow = record.workflows.emplace_back();
  workflow.workflow = std::move(name);
  workflow.version = "1.0.0";
  workflow.kind = kind;
  workflow.file = "ops.yml";
  workflow.line = 3;
  workflow.result = result;
  workflow.started = at(0);
  workflow.ended = at(90000);
  return workflow;
}

JobRecord& add_job(WorkflowRecord& workflow, std::string name, RunResult result, int from, int to) {
  JobRecord& job = workflow.jobs.emplace_back();
  job.name = std::move(name);
  job.result = result;
  job.started = at(from);
  job.ended = at(to);
  job.tries = 1;
  return job;
}

void add_step(JobRecord& job, int first, int last, std::string text, StepResult result, int from, int to) {
  StepRecord& step = job.steps.emplace_back();
  step.index = static_cast<int>(job.steps.size()) - 1;
  step.first = first;
  step.last = last;
  step.text = std::move(text);
  step.result = result;
  if (result == StepResult::not_run) return;
  step.started = at(from);
  step.ended = at(to);
}

}  // namespace

RunRecord sample_record() {
  RunRecord record;
  record.id = "run-1";
  record.result = RunResult::failure;
  record.processes_left = 0;

  WorkflowRecord& web = add_workflow(record, ops::WorkflowKind::service, "web", RunResult::success);
  web.address = "http://127.0.0.1:8080";
  add_step(add_job(web, "web", RunResult::success, 0, 90000), 0, 0, "node server.js", StepResult::passed, 0, 90000);

  WorkflowRecord& build = add_workflow(record, ops::WorkflowKind::pipeline, "build", RunResult::failure);
  JobRecord& test = add_job(build, "test", RunResult::success, 1000, 2250);
  add_step(test, 0, 0, "git clone \"$URL\" .", StepResult::passed, 1000, 1500);
  add_step(test, 1, 3, "if [ -f package.json ]; then\n  npm ci\nfi", StepResult::passed, 1500, 2250);
  test.leftovers = {{123, "sleep"}, {77, "node"}};
  JobRecord& ship = add_job(build, "ship to production", RunResult::failure, 2250, 62250);
  add_step(ship, 0, 0, "make image", StepResult::passed, 2250, 62000);
  add_step(ship, 1, 1, "docker push registry.example/a-name-that-is-long-enough-to-be-cut:latest", StepResult::failed,
           62000, 62250);
  add_step(ship, 2, 2, "echo never", StepResult::not_run, 0, 0);
  ship.steps[1].exit = 1;
  ship.reason = "exit 1";
  ship.failed_step = 1;
  JobRecord& after = build.jobs.emplace_back();
  after.name = "after";
  after.reason = "skipped (ship to production failed)";
  add_step(after, 0, 0, "echo after", StepResult::not_run, 0, 0);

  WorkflowRecord& old = add_workflow(record, ops::WorkflowKind::workflow, "alt-über", RunResult::success);
  JobRecord& self_reading = add_job(old, "alt-über", RunResult::success, 62250, 63000);
  self_reading.step_times = false;
  add_step(self_reading, 0, 1, "grep x \"$0\"\ntrue", StepResult::passed, 62250, 63000);

  WorkflowRecord& skipped = record.workflows.emplace_back();
  skipped.workflow = "database";
  skipped.kind = ops::WorkflowKind::service;
  skipped.reason = "needs executor: container";
  return record;
}

RunRecord hostile_record(const std::string& text) {
  RunRecord record;
  record.result = RunResult::failure;
  WorkflowRecord& workflow = add_workflow(record, ops::WorkflowKind::pipeline, text, RunResult::failure);
  JobRecord& job = add_job(workflow, text, RunResult::failure, 0, 10);
  job.reason = text;
  job.failed_step = 0;
  job.leftovers = {{1, text}};
  add_step(job, 0, 0, text, StepResult::failed, 0, 10);
  return record;
}

}  // namespace lifecycle::summary
