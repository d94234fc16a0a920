#include "agent/run/planned_record.h"

#include "agent/run/masked_event.h"
#include "agent/run/step_log.h"
#include "agent/run/step_title.h"

namespace lifecycle::run {

std::vector<std::string> shown_steps(const plan::PlannedJob& job) {
  if (job.argv.empty() || !job.steps.empty()) return job.steps;
  return {command_text(job.argv)};
}

JobRecord planned_record(const plan::PlannedJob& job) {
  JobRecord record;
  record.name = job.name;
  record.steps = StepLog(shown_steps(job)).records();
  return record;
}

WorkflowRecord planned_record(const plan::WorkflowRun& workflow) {
  WorkflowRecord record;
  record.workflow = workflow.workflow;
  record.version = workflow.version;
  record.kind = workflow.kind;
  record.file = workflow.file;
  record.line = workflow.line;
  for (const plan::PlannedJob& job : workflow.jobs) record.jobs.push_back(planned_record(job));
  return record;
}

RunRecord planned_record(const plan::Plan& plan, std::string run_id) {
  RunRecord record;
  record.id = std::move(run_id);
  record.event = plan.event;
  for (const plan::WorkflowRun& workflow : plan.matched) record.workflows.push_back(planned_record(workflow));
  return record;
}

namespace {

void mask_text(std::string& text, const mask::MaskTable& mask) {
  if (!text.empty()) text = mask.mask_text(text);
}

void mask_names(std::vector<Leftover>& processes, const mask::MaskTable& mask) {
  for (Leftover& process : processes) mask_text(process.name, mask);
}

}  // namespace

void mask_texts(JobRecord& record, const mask::MaskTable& mask) {
  mask_text(record.reason, mask);
  mask_names(record.leftovers, mask);
  mask_names(record.survivors, mask);
  for (StepRecord& step : record.steps) mask_text(step.text, mask);
}

void mask_texts(WorkflowRecord& record, const mask::MaskTable& mask) {
  mask_text(record.reason, mask);
  for (JobRecord& job : record.jobs) mask_texts(job, mask);
}

void mask_texts(RunRecord& record, const mask::MaskTable& mask) {
  for (WorkflowRecord& workflow : record.workflows) {
    mask_texts(workflow, mask);
    for (std::string* text : {&workflow.workflow, &workflow.version, &workflow.file, &workflow.address}) {
      mask_text(*text, mask);
    }
    for (JobRecord& job : workflow.jobs) mask_text(job.name, mask);
  }
  mask_texts(record.event, mask);
}

}  // namespace lifecycle::run
