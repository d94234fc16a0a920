#include "agent/summary/summary_rows.h"

#include <algorithm>
#include <optional>

#include "agent/base/duration.h"
#include "agent/base/utf8.h"
#include "agent/base/visible_text.h"
#include "agent/run/job_verdict.h"
#include "agent/run/step_title.h"

namespace lifecycle::summary {
namespace {

constexpr std::size_t step_columns = 100;
constexpr std::size_t detail_step_columns = 40;

/// Texts of a record as a summary may show them.
class Shown {
 public:
  explicit Shown(const mask::MaskTable& mask) : mask_(mask) {}
  [[nodiscard]] std::string text(std::string_view value) const { return visible(repair_utf8(mask_.mask_text(value))); }
  [[nodiscard]] std::string line(std::string_view value, std::size_t columns) const {
    return run::one_line(repair_utf8(mask_.mask_text(value)), columns);
  }
  [[nodiscard]] std::string processes(const std::vector<run::Leftover>& processes) const {
    std::string list;
    for (const run::Leftover& process : processes) {
      list += (list.empty() ? "" : ", ") + text(process.name) + "(" + std::to_string(process.pid) + ")";
    }
    return list;
  }

 private:
  const mask::MaskTable& mask_;
};

std::string duration_text(const std::optional<Instant>& from, const std::optional<Instant>& to) {
  if (!from || !to) return {};
  return print_duration(std::max(*to - *from, Instant::duration::zero()));
}

std::string number_text(const run::StepRecord& step) {
  std::string number = std::to_string(step.first + 1);
  if (step.last > step.first) number += "-" + std::to_string(step.last + 1);
  return number;
}

std::string step_result_text(const run::StepRecord& step) {
  if (step.result == run::StepResult::not_run) return "not run";
  if (step.result == run::StepResult::timed_out) return "timed out";
  std::string text(run::print_result(step.result));
  if (step.result == run::StepResult::failed && step.exit) text += ", exit " + std::to_string(*step.exit);
  return text;
}

std::string steps_text(const run::JobRecord& job) {
  int all = 0;
  int passed = 0;
  for (const run::StepRecord& step : job.steps) {
    const int count = step.last - step.first + 1;
    all += count;
    if (step.result == run::StepResult::passed) passed += count;
  }
  if (all == 0) return {};
  return (job.step_times ? std::to_string(passed) : "?") + "/" + std::to_string(all);
}

/// Why a job ended as it did, with the step at fault.
std::string detail_text(const run::JobRecord& job, const Shown& shown) {
  std::string reason = shown.text(job.reason);
  const auto failed = std::find_if(job.steps.begin(), job.steps.end(), [&job](const run::StepRecord& step) {
    return job.failed_step && step.first == *job.failed_step;
  });
  if (failed == job.steps.end()) return reason;
  return "step " + number_text(*failed) + " '" + shown.line(failed->text, detail_step_columns) + "': " + reason;
}

std::string workflow_text(const run::WorkflowRecord& workflow, const Shown& shown) {
  std::string text = std::string(ops::print_kind(workflow.kind)) + " " + shown.text(workflow.workflow);
  if (!workflow.version.empty()) text += " " + shown.text(workflow.version);
  return text;
}

JobRow job_row(const run::WorkflowRecord& workflow, const run::JobRecord& job, const Shown& shown) {
  JobRow row;
  row.workflow = workflow_text(workflow, shown);
  if (workflow.kind == ops::WorkflowKind::pipeline) row.job = shown.text(job.name);
  row.steps = steps_text(job);
  row.time = duration_text(job.started, job.ended);
  row.result = run::print_result(job.result);
  row.detail = detail_text(job, shown);
  if (row.detail.empty() && !workflow.address.empty()) row.detail = "answered at " + shown.text(workflow.address);
  row.leftovers = shown.processes(job.leftovers);
  for (const run::StepRecord& step : job.steps) {
    row.step_rows.push_back({number_text(step), shown.line(step.text, step_columns),
                             duration_text(step.started, step.ended), step_result_text(step)});
  }
  return row;
}

JobRow jobless_row(const run::WorkflowRecord& workflow, const Shown& shown) {
  JobRow row;
  row.workflow = workflow_text(workflow, shown);
  row.time = duration_text(workflow.started, workflow.ended);
  row.result = run::print_result(workflow.result);
  row.detail = shown.text(workflow.reason);
  return row;
}

std::string headline_text(const run::RunRecord& record) {
  if (record.workflows.empty()) return "no workflow matched, nothing ran";
  std::optional<Instant> first;
  std::optional<Instant> last;
  for (const run::WorkflowRecord& workflow : record.workflows) {
    if (workflow.started && (!first || *workflow.started < *first)) first = workflow.started;
    if (workflow.ended && (!last || *workflow.ended > *last)) last = workflow.ended;
  }
  std::string text(run::print_result(record.result));
  if (record.signal != 0) text += " by " + run::print_signal(record.signal);
  if (first && last) text += " in " + duration_text(first, last);
  return text;
}

std::string left_text(const run::RunRecord& record, const Shown& shown) {
  std::string text = "processes left: " + std::to_string(record.processes_left);
  std::string names;
  for (const run::WorkflowRecord& workflow : record.workflows) {
    for (const run::JobRecord& job : workflow.jobs) {
      if (!job.survivors.empty()) names += (names.empty() ? "" : ", ") + shown.processes(job.survivors);
    }
  }
  return names.empty() ? text : text + " (would not end: " + names + ")";
}

}  // namespace

std::string outcome_text(const JobRow& row) {
  if (row.detail.empty()) return row.result;
  if (row.detail.starts_with(row.result)) return row.detail;  // `skipped (build failed)`, `cancelled by SIGTERM`
  if (row.result == run::print_result(run::RunResult::skipped)) return row.result + " (" + row.detail + ")";
  return row.result + ": " + row.detail;
}

std::string full_name(const JobRow& row) { return row.job.empty() ? row.workflow : row.workflow + ", job " + row.job; }

SummaryRows summary_rows(const run::RunRecord& record, const mask::MaskTable& mask) {
  const Shown shown(mask);
  SummaryRows rows;
  bool times_missing = false;
  for (const run::WorkflowRecord& workflow : record.workflows) {
    if (workflow.jobs.empty()) rows.jobs.push_back(jobless_row(workflow, shown));
    for (const run::JobRecord& job : workflow.jobs) {
      rows.jobs.push_back(job_row(workflow, job, shown));
      times_missing = times_missing || !job.step_times;
    }
  }
  rows.headline = headline_text(record);
  rows.processes_left = left_text(record, shown);
  if (!record.output_lost.empty()) rows.remarks.push_back("the log is not complete: " + shown.text(record.output_lost));
  if (times_missing) {
    rows.remarks.emplace_back(
        "step times are missing (?) where a script could not be fed step by step, since it reads itself");
  }
  return rows;
}

}  // namespace lifecycle::summary
