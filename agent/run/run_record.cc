#include "agent/run/run_record.h"

#include <algorithm>

namespace lifecycle::run {

std::string_view print_result(RunResult result) {
  switch (result) {
    case RunResult::success:
      return "success";
    case RunResult::failure:
      return "failure";
    case RunResult::cancelled:
      return "cancelled";
    case RunResult::skipped:
      return "skipped";
    case RunResult::error:
      return "error";
  }
  return "error";
}

std::string_view print_result(StepResult result) {
  switch (result) {
    case StepResult::passed:
      return "passed";
    case StepResult::failed:
      return "failed";
    case StepResult::not_run:
      return "not_run";
    case StepResult::cancelled:
      return "cancelled";
    case StepResult::timed_out:
      return "timed_out";
  }
  return "not_run";
}

namespace {

int weight(RunResult result) {
  switch (result) {
    case RunResult::skipped:
      return 0;
    case RunResult::success:
      return 1;
    case RunResult::error:
      return 2;
    case RunResult::failure:
      return 3;
    case RunResult::cancelled:
      return 4;
  }
  return 2;
}

}  // namespace

RunResult combine(RunResult one, RunResult other) { return weight(one) >= weight(other) ? one : other; }

RunResult combined_result(const std::vector<JobRecord>& jobs) {
  RunResult result = RunResult::skipped;
  for (const JobRecord& job : jobs) result = combine(result, job.result);
  return result;
}

RunResult combined_result(const std::vector<WorkflowRecord>& workflows) {
  RunResult result = RunResult::skipped;
  for (const WorkflowRecord& workflow : workflows) result = combine(result, workflow.result);
  return result;
}

}  // namespace lifecycle::run
