#include "agent/run/plan_run.h"

#include <algorithm>
#include <boost/asio/this_coro.hpp>
#include <memory>
#include <utility>

#include "agent/base/duration.h"
#include "agent/run/job_run.h"
#include "agent/run/planned_record.h"
#include "agent/run/run_diagnostics.h"
#include "agent/run/run_scope.h"
#include "agent/run/service_probe.h"
#include "agent/run/service_run.h"

namespace lifecycle::run {
namespace {

/// Raises the run's stop when its time is over.
class RunTimeout {
 public:
  RunTimeout(const asio::any_io_executor& executor, StopSignal& stop, std::optional<milliseconds> limit)
      : timer_(executor), armed_(std::make_shared<bool>(limit.has_value())) {
    if (!limit) return;
    timer_.expires_after(*limit);
    // The handler may be queued already when the run ends: then it must touch nothing.
    timer_.async_wait([armed = armed_, stop_signal = &stop](const boost::system::error_code& error) {
      if (!error && *armed) stop_signal->raise(StopReason::timed_out);
    });
  }
  RunTimeout(const RunTimeout&) = delete;
  RunTimeout& operator=(const RunTimeout&) = delete;
  ~RunTimeout() {
    *armed_ = false;
    timer_.cancel();
  }

 private:
  asio::steady_timer timer_;
  std::shared_ptr<bool> armed_;
};

std::string full_name(const plan::WorkflowRun& planned) {
  std::string name = std::string(ops::print_kind(planned.kind)) + " " + planned.workflow;
  if (!planned.version.empty()) name += " " + planned.version;
  return name;
}

class PlanRun {
 public:
  PlanRun(const plan::Plan& plan, const RunOptions& options, RunScope& scope, RunObserver& observer)
      : plan_(plan), options_(options), scope_(scope), observer_(observer) {
    record_ = planned_record(plan, options.run_id);
    services_.resize(plan.matched.size());
  }

  asio::awaitable<RunRecord> run(const SecretValues& secrets) {
    if (fetch_values(secrets)) {
      const RunTimeout timeout(scope_.io, scope_.stop, options_.timeout);
      co_await start_services();
      co_await run_workflows();
      co_await keep_services();
      co_await stop_services();
    }
    finish();
    co_return std::move(record_);
  }

 private:
  /// Reads every secret and config once, before anything starts: a missing one of any workflow starts none.
  bool fetch_values(const SecretValues& secrets) {
    bool complete = true;
    for (std::size_t index = 0; index < plan_.matched.size(); ++index) {
      if (!plan_.matched[index].skipped.empty()) continue;
      for (const plan::PlannedJob& job : plan_.matched[index].jobs) {
        for (const plan::EnvEntry& entry : job.env) {
          if (entry.kind != plan::EnvValue::secret || scope_.values.contains(entry.name)) continue;
          auto value = secrets(entry.name);
          if (value) {
            scope_.values.emplace(entry.name, std::move(*value));
            continue;
          }
          scope_.say(secret_gone(entry));
          record_.workflows[index].result = RunResult::error;
          record_.workflows[index].reason = secret_gone(entry).message;
          complete = false;
        }
      }
    }
    if (!complete) refuse_to_start();
    return complete;
  }

  void refuse_to_start() {
    record_.result = RunResult::error;
    for (WorkflowRecord& workflow : record_.workflows) {
      if (workflow.result != RunResult::error) workflow.reason = "skipped (values of another workflow are missing)";
      skip_jobs(workflow, workflow.result, workflow.reason);
    }
  }

  /// Says what must be known before the workflow's first step. False: it is not run.
  bool begin(std::size_t index) {
    const plan::WorkflowRun& planned = plan_.matched[index];
    WorkflowRecord& record = record_.workflows[index];
    if (!planned.skipped.empty()) {
      skip_jobs(record, RunResult::skipped, planned.skipped);
      record.reason = planned.skipped;
      scope_.announce(full_name(planned) + ": " + planned.skipped);
      return false;
    }
    if (scope_.stop.level() > 0) {
      const NotBegun why = not_begun(scope_.stop_state(), options_.timeout);
      record.result = why.result;
      record.reason = why.reason;
      skip_jobs(record, why.result, why.reason);
      return false;
    }
    std::string line = full_name(planned) + " (" + planned.file + ":" + std::to_string(planned.line) + ")";
    if (!planned.trigger.empty()) line += ": " + planned.trigger;
    scope_.announce(line);
    for (const std::string& note : planned.notes) scope_.say(workflow_note(planned, note));
    record.started = now();
    observer_.workflow_started(planned, record);
    return true;
  }

  void end(std::size_t index) {
    WorkflowRecord& record = record_.workflows[index];
    record.ended = now();
    record.result = combined_result(record.jobs);
    mask_texts(record, scope_.mask);
    std::string line = full_name(plan_.matched[index]) + ": " + std::string(print_result(record.result));
    if (!record.reason.empty()) line += " (" + record.reason + ")";
    scope_.announce(line + " after " + print_duration(std::max(*record.ended - *record.started, milliseconds{0})));
    observer_.workflow_ended(plan_.matched[index], record);
  }

  static void skip_jobs(WorkflowRecord& record, RunResult result, const std::string& reason, std::size_t from = 0) {
    for (std::size_t index = from; index < record.jobs.size(); ++index) {
      record.jobs[index].result = result;
      record.jobs[index].reason = reason;
    }
  }

  asio::awaitable<void> run_workflows() {
    for (std::size_t index = 0; index < plan_.matched.size(); ++index) {
      if (plan_.matched[index].kind == ops::WorkflowKind::service) continue;
      const bool begun = begin(index);
      if (!begun) continue;
      co_await run_jobs(index);
      end(index);
    }
  }

  /// Jobs in order; the first that fails ends its workflow.
  asio::awaitable<void> run_jobs(std::size_t index) {
    const plan::WorkflowRun& planned = plan_.matched[index];
    WorkflowRecord& record = record_.workflows[index];
    for (std::size_t at = 0; at < planned.jobs.size(); ++at) {
      const plan::PlannedJob& job = planned.jobs[at];
      if (scope_.stop.level() > 0) {
        const NotBegun why = not_begun(scope_.stop_state(), options_.timeout);
        skip_jobs(record, why.result, why.reason, at);
        if (record.reason.empty()) record.reason = why.reason;
        co_return;
      }
      if (planned.kind == ops::WorkflowKind::pipeline) {
        scope_.announce("job " + job.name + " (" + std::to_string(at + 1) + " of " +
                        std::to_string(planned.jobs.size()) + ")");
      }
      JobRecord ran = co_await run_job(scope_, planned, job);
      record.jobs[at] = std::move(ran);
      if (record.jobs[at].result == RunResult::success) continue;
      record.reason = record.jobs[at].reason;
      if (planned.kind == ops::WorkflowKind::pipeline) record.reason = "job " + job.name + ": " + record.reason;
      hint_at_directory(planned, job, record.jobs[at]);
      if (scope_.stop.level() == 0) {
        skip_jobs(record, RunResult::skipped, "skipped (" + job.name + " failed)", at + 1);
        co_return;
      }
    }
  }

  /// One hint in a run: most jobs that fail in an empty directory expected the checkout there.
  void hint_at_directory(const plan::WorkflowRun& planned, const plan::PlannedJob& job, const JobRecord& record) {
    const bool failed = record.result == RunResult::failure && record.tries > 0 && scope_.stop.level() == 0;
    if (!failed || job.workdir.kind != ops::WorkdirKind::empty || hinted_) return;
    hinted_ = true;
    scope_.say(failed_in_empty_directory(planned.workflow, job.name));
  }

  asio::awaitable<void> start_services() {
    for (std::size_t index = 0; index < plan_.matched.size(); ++index) {
      const plan::WorkflowRun& planned = plan_.matched[index];
      if (planned.kind != ops::WorkflowKind::service) continue;
      const bool begun = begin(index);
      if (!begun) continue;
      if (planned.jobs.empty()) {
        end(index);
        continue;
      }
      co_await start_service(index);
    }
  }

  asio::awaitable<void> start_service(std::size_t index) {
    const plan::WorkflowRun& planned = plan_.matched[index];
    auto prepared = prepare_job(planned, planned.jobs.front(), options_, scope_.values);
    if (!prepared) {
      fail_service(index, RunResult::error, prepared.error());
      end(index);
      co_return;
    }
    const int port = awaited_port(planned.ports, prepared->task.env);
    if (port != 0) {
      const ProbeAnswer taken = co_await probe_service(port, {}, milliseconds{500});
      if (taken.ready) {
        fail_service(index, RunResult::failure, service_port_taken(planned, port, taken.address));
        remove_directories(scope_, *prepared);
        end(index);
        co_return;
      }
    }
    services_[index] = std::make_shared<ServiceRun>(scope_, planned, std::move(*prepared));
    record_.workflows[index].jobs.front().started = now();
    record_.workflows[index].jobs.front().tries = 1;
    services_[index]->start();
    const ServiceAnswer answer = co_await services_[index]->await_ready(options_.service_limit);
    if (answer.state == ServiceState::ready) {
      record_.workflows[index].address = answer.address;
      scope_.announce("service " + planned.workflow +
                      (answer.address.empty() ? " runs" : " answers at " + answer.address));
      co_return;
    }
    if (answer.state == ServiceState::late) {
      fail_service(index, RunResult::failure, service_not_ready(planned, options_.service_limit, answer.error));
    }
    co_await end_service(index);
  }

  void fail_service(std::size_t index, RunResult result, const Diagnostic& error) {
    scope_.say(error);
    WorkflowRecord& record = record_.workflows[index];
    skip_jobs(record, result, error.message);
    record.reason = error.message;
  }

  /// `--services keep`: until a signal, or until none is left.
  asio::awaitable<void> keep_services() {
    if (options_.services != ServicesChoice::keep) co_return;
    for (const auto& service : services_) {
      if (service) co_await service->until_over();
    }
  }

  asio::awaitable<void> stop_services() {
    for (const auto& service : services_) {
      if (service) service->stop();
    }
    for (std::size_t index = 0; index < services_.size(); ++index) {
      if (services_[index]) co_await end_service(index);
    }
  }

  asio::awaitable<void> end_service(std::size_t index) {
    const std::shared_ptr<ServiceRun> service = std::exchange(services_[index], nullptr);
    service->stop();
    co_await service->joined();
    const plan::WorkflowRun& planned = plan_.matched[index];
    WorkflowRecord& record = record_.workflows[index];
    JobRecord& job = record.jobs.front();
    JobVerdict verdict = judge_service(*service, planned, job);
    service->output().finish({verdict.step, service->end().exit, service->end().signal});
    settle(job, service->end(), verdict, service->output().steps());
    if (service->end().error) scope_.say(*service->end().error);
    announce_leftovers(scope_, job.name, job.leftovers);
    if (record.reason.empty()) record.reason = job.reason;
    remove_directories(scope_, service->prepared());
    end(index);
  }

  /// A service that was ended by us did what it should, whatever its status; one that ended by itself failed.
  JobVerdict judge_service(const ServiceRun& service, const plan::WorkflowRun& planned, const JobRecord& job) {
    const JobEnd& end = service.end();
    const bool failed_before = job.result == RunResult::failure;  // it was not ready in time
    if (failed_before) return {RunResult::failure, StepResult::failed, job.reason, end.exit};
    if (end.error) return judge(end, scope_.stop_state(), options_.timeout);
    if (service.ended_early()) {
      const std::string status = print_status(end.exit, end.signal);
      scope_.say(service_ended_early(planned, status));
      return {RunResult::failure, StepResult::failed, "ended early with " + status, end.exit};
    }
    if (scope_.stop.level() == 0) return {RunResult::success, StepResult::passed, {}, end.exit};
    JobEnd stopped = end;
    stopped.reason = EndReason::cancelled;
    return judge(stopped, scope_.stop_state(), options_.timeout);
  }

  void finish() {
    record_.result = combine(record_.result == RunResult::error ? RunResult::error : RunResult::skipped,
                             combined_result(record_.workflows));
    // A signal makes the run a cancelled one also where it came too late to end anything.
    if (scope_.stop.level() > 0) {
      const bool timed_out = scope_.stop.reason() == StopReason::timed_out;
      record_.result = combine(record_.result, timed_out ? RunResult::failure : RunResult::cancelled);
      record_.signal = scope_.stop.signal();
    }
    const std::vector<Leftover> alive = scope_.executor.alive();
    record_.processes_left = static_cast<int>(alive.size());
    if (!alive.empty()) scope_.say(processes_left(alive));
    mask_texts(record_, scope_.mask);
    scope_.close();
  }

  const plan::Plan& plan_;
  const RunOptions& options_;
  RunScope& scope_;
  RunObserver& observer_;
  RunRecord record_;
  std::vector<std::shared_ptr<ServiceRun>> services_;  // by the index of their workflow; those that live
  bool hinted_ = false;
};

}  // namespace

asio::awaitable<RunRecord> run_plan(const plan::Plan& plan, RunOptions options, Executor& executor,
                                    mask::MaskTable& mask, output::ConsoleWriter& console, SecretValues secrets,
                                    RunObserver& observer, StopSignal& stop,
                                    std::function<void(const Diagnostic&)> say) {
  const asio::any_io_executor io = co_await asio::this_coro::executor;
  RunScope scope(io, options, executor, mask, console, stop, std::move(say));
  PlanRun plan_run(plan, options, scope, observer);
  RunRecord record = co_await plan_run.run(secrets);
  co_return record;
}

}  // namespace lifecycle::run
