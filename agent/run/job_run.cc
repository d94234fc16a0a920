#include "agent/run/job_run.h"

#include <algorithm>

#include "agent/run/planned_record.h"
#include "agent/run/run_diagnostics.h"

namespace lifecycle::run {
namespace {

/// The end of a legacy workflow: of all its steps together.
struct ShellStepsEnd {
  JobEnd end;
  JobVerdict verdict;
  StepEnd last;
};

void append(std::vector<Leftover>& list, const std::vector<Leftover>& more) {
  list.insert(list.end(), more.begin(), more.end());
}

bool goes_on(const JobVerdict& verdict) {
  return verdict.step == StepResult::passed || verdict.step == StepResult::failed;
}

/// Each step in its own shell, as the platform's `spawn(step, {shell: true})`; all of them, also after one that
/// failed, whose status is then the job's.
asio::awaitable<ShellStepsEnd> run_shell_steps(RunScope& scope, PreparedJob& prepared, JobOutput& output) {
  ShellStepsEnd whole;
  whole.verdict.exit = 0;
  const std::size_t count = prepared.shell_steps.size();
  for (std::size_t index = 0; index < count; ++index) {
    JobEnd end;
    end.reason = EndReason::cancelled;
    const bool begun = scope.stop.level() == 0;
    if (begun) {
      output.step_started(static_cast<int>(index));
      JobTask task = prepared.task;
      task.argv = {"/bin/sh", "-c", prepared.shell_steps[index]};
      end = co_await scope.run_task(std::move(task), output, scope.stop);
    }
    JobVerdict verdict = judge(end, scope.stop_state(), scope.options.timeout);
    if (!begun) verdict.exit.reset();
    whole.last = {verdict.step, end.exit, end.signal};
    append(whole.end.leftovers, end.leftovers);
    append(whole.end.survivors, end.survivors);
    whole.end.error = end.error;
    if (verdict.result != RunResult::success && (whole.verdict.result == RunResult::success || !goes_on(verdict))) {
      whole.verdict = verdict;
      whole.end.exit = end.exit;
      whole.end.signal = end.signal;
    }
    if (!goes_on(verdict)) break;
    if (index + 1 < count) output.step_ended(whole.last);
  }
  co_return whole;
}

}  // namespace

void settle(JobRecord& record, const JobEnd& end, const JobVerdict& verdict, const StepLog& steps) {
  record.ended = now();
  record.result = verdict.result;
  record.reason = verdict.reason;
  record.exit = verdict.exit;
  if (end.signal != 0) record.signal = end.signal;
  record.leftovers = end.leftovers;
  record.survivors = end.survivors;
  record.step_times = steps.times_known();
  record.steps = steps.records();
  for (const StepRecord& step : record.steps) {
    if (!record.step_times || step.result == StepResult::not_run) continue;
    record.last_step = step.last;
    const bool failed = step.result == StepResult::failed || step.result == StepResult::timed_out;
    if (failed && !record.failed_step) record.failed_step = step.first;
  }
}

void fail_before_start(JobRecord& record, const Diagnostic& error) {
  record.result = RunResult::error;
  record.reason = error.message;
  record.ended = now();
}

void remove_directories(RunScope& scope, PreparedJob& prepared) {
  for (auto* directory : {&prepared.directory, &prepared.state}) {
    if (!directory->has_value()) continue;
    if (scope.options.discard) {
      scope.options.discard(*std::move(*directory));
      continue;
    }
    const auto removed = (*directory)->remove();
    if (!removed) scope.say(removed.error());
  }
}

void announce_leftovers(RunScope& scope, const std::string& job, const std::vector<Leftover>& leftovers) {
  if (leftovers.empty()) return;
  std::string names;
  for (const Leftover& leftover : leftovers) {
    names += (names.empty() ? "" : ", ") + leftover.name + "(" + std::to_string(leftover.pid) + ")";
  }
  scope.announce("job " + job + ": " + std::to_string(leftovers.size()) +
                 (leftovers.size() == 1 ? " background process" : " background processes") + " ended: " + names);
}

asio::awaitable<JobRecord> run_job(RunScope& scope, const plan::WorkflowRun& workflow, const plan::PlannedJob& job) {
  JobRecord record = planned_record(job);
  record.started = now();
  auto prepared = prepare_job(workflow, job, scope.options, scope.values);
  if (!prepared) {
    scope.say(prepared.error());
    fail_before_start(record, prepared.error());
    mask_texts(record, scope.mask);
    co_return record;
  }
  record.tries = 1;
  const auto output = scope.make_output(Layout::grouped, {}, shown_steps(job));
  ShellStepsEnd whole;
  if (job.shell_per_step) {
    output->steps_are_known();
    whole = co_await run_shell_steps(scope, *prepared, *output);
  } else {
    if (!job.argv.empty()) {
      output->steps_are_known();
      output->step_started(0);
    }
    whole.end = co_await scope.run_task(prepared->task, *output, scope.stop);
    whole.verdict = judge(whole.end, scope.stop_state(), scope.options.timeout);
    whole.last = {whole.verdict.step, whole.end.exit, whole.end.signal};
  }
  output->finish(whole.last);
  settle(record, whole.end, whole.verdict, output->steps());
  if (whole.end.error) scope.say(*whole.end.error);
  announce_leftovers(scope, job.name, record.leftovers);
  remove_directories(scope, *prepared);
  mask_texts(record, scope.mask);
  co_return record;
}

}  // namespace lifecycle::run
