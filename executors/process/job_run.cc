#include "executors/process/job_run.h"

#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/this_coro.hpp>
#include <utility>

namespace lifecycle::process {
namespace {

namespace asio = boost::asio;
using run::Clock;
using run::EndReason;
using run::milliseconds;
using run::StopReason;

constexpr milliseconds first_tick{5};
constexpr milliseconds longest_tick{50};
constexpr milliseconds kill_tick{1};
constexpr milliseconds kill_effort{20};
constexpr milliseconds drain_limit{200};
constexpr int highest_wish = 3;

StopTimes times_of(const run::JobTask& task, const ProcessExecutorOptions& options) {
  StopTimes times;
  times.interrupt = task.grace_int;
  times.terminate = task.grace_term;
  times.linger = task.linger;
  times.leftovers = options.leftover_grace;
  times.kill = options.kill_limit;
  return times;
}

}  // namespace

JobRun::JobRun(std::shared_ptr<ExecutorState> state, run::JobTask task, run::JobSink& sink, run::StopSignal& stop)
    : state_(std::move(state)),
      task_(std::move(task)),
      sink_(sink),
      stop_(stop),
      number_(state_->next_job++),
      wakeup_(state_->executor),
      ladder_(times_of(task_, state_->options)),
      child_watch_(state_->executor) {}

/// Only when the whole program goes down in the middle of a run: nothing is waited for any more.
JobRun::~JobRun() {
  if (job_.main.pid <= 0) return;
  signal_group(SIGKILL);
  if (job_.cgroup) job_.cgroup->kill();
}

asio::awaitable<run::JobEnd> JobRun::run() {
  run::JobEnd end;
  if (stop_.level() > 0) {
    end.reason = stop_.reason() == StopReason::timed_out ? EndReason::timed_out : EndReason::cancelled;
    co_return end;
  }
  auto started = co_await start_job(state_, number_, task_, sink_);
  if (!started) {
    end.reason = EndReason::not_started;
    end.error = std::move(started).error();
    co_return end;
  }
  job_ = std::move(*started);
  make_watches();
  state_->tree.own(job_.main.pid, true);
  ++state_->running;
  if (task_.timeout) timeout_at_ = Clock::now() + *task_.timeout;
  sink_.started(job_.groups, job_.times_known);
  watch_main();
  watch_children();
  watch_stop_signal();
  start_pump();
  co_await supervise();
  co_await drain_output();
  co_await join_helpers();
  co_return finish();
}

/// All that may throw for want of descriptors, before anything refers to this object; the destructor then ends the job.
void JobRun::make_watches() {
  JobPump::Setup setup;
  setup.output = std::move(job_.output);
  setup.script = std::move(job_.script);
  setup.may_spin = [state = state_] { return state->options.may_spin && state->running < state->cpus; };
  setup.on_end = [self = weak_from_this()] {
    if (const auto job = self.lock()) job->wakeup_.ring();
  };
  pump_ = std::make_shared<JobPump>(state_->executor, sink_, std::move(setup));
  main_watch_.emplace(state_->executor, job_.main.pidfd.get());
  static_cast<void>(job_.main.pidfd.release());
  child_watch_.add(SIGCHLD);
}

void JobRun::start_pump() {
  ++helpers_;
  // The pump's end by an exception is that of its cancellation; what it had to hand over is lost then by intention.
  auto ended = [self = shared_from_this()](const std::exception_ptr&) {
    self->pump_done_ = true;
    --self->helpers_;
    self->wakeup_.ring();
  };
  asio::co_spawn(state_->executor, pump_->run(), asio::bind_cancellation_slot(pump_cancel_.slot(), std::move(ended)));
}

void JobRun::watch_stop_signal() {
  ++helpers_;
  auto ended = [self = shared_from_this()](const std::exception_ptr&) {
    --self->helpers_;
    self->wakeup_.ring();
  };
  asio::co_spawn(state_->executor, watch_stop(), asio::bind_cancellation_slot(stop_cancel_.slot(), std::move(ended)));
}

asio::awaitable<void> JobRun::watch_stop() {
  int seen = 0;
  while (seen < highest_wish) {
    co_await stop_.wait_above(seen);
    const auto cancellation = co_await asio::this_coro::cancellation_state;
    if (cancellation.cancelled() != asio::cancellation_type::none) co_return;
    seen = stop_.level();
    wakeup_.ring();
  }
}

void JobRun::watch_main() {
  main_watch_->async_wait(asio::posix::descriptor_base::wait_read,
                          [self = shared_from_this()](const boost::system::error_code&) { self->wakeup_.ring(); });
}

/// Orphans that end are taken from the list of zombies at once: the agent may be the init of a container.
void JobRun::watch_children() {
  child_watch_.async_wait([self = shared_from_this()](const boost::system::error_code& failed, int) {
    // A signal that came just before the watch was cancelled arrives without an error.
    if (failed || self->ladder_.stage() == StopStage::over) return;
    self->wakeup_.ring();
    self->watch_children();
  });
}

asio::awaitable<void> JobRun::supervise() {
  for (;;) {
    look();
    if (ladder_.stage() == StopStage::over) co_return;
    co_await wakeup_.sleep_until(next_look());
  }
}

void JobRun::look() {
  state_->tree.reap_orphans();
  look_at_main();
  look_at_wishes();
  StopFacts facts;
  facts.main_ended = status_.has_value();
  facts.output_ended = pump_->output_ended();
  facts.wish = wish_;
  const bool running_on = !facts.main_ended && facts.wish == 0;
  const bool lingering = facts.main_ended && !facts.output_ended && facts.wish == 0 &&
                         ladder_.stage() < StopStage::interrupt &&
                         Clock::now() < ladder_.deadline().value_or(Clock::time_point::max());
  facts.anything_left = running_on || lingering || anything_left();
  act(ladder_.advance(Clock::now(), facts));
  survived_ = facts.anything_left && ladder_.stage() == StopStage::over;
}

void JobRun::look_at_main() {
  if (status_) return;
  siginfo_t info{};
  // The status is only looked at: while the process is a zombie its id, which is the group's too, stays its own.
  if (::waitid(P_PID, static_cast<id_t>(job_.main.pid), &info, WEXITED | WNOHANG | WNOWAIT) != 0 || info.si_pid == 0) {
    return;
  }
  status_ = info.si_code == CLD_EXITED ? info.si_status << 8 : info.si_status;
  take_back_terminal();
  const bool interrupted = WIFSIGNALED(*status_) && WTERMSIG(*status_) == SIGINT;
  if (job_.foreground && interrupted && wish_ == 0) {
    // Ctrl-C reached the command, which owned the terminal, and was meant for the run.
    reason_ = EndReason::cancelled;
    stop_.raise(StopReason::cancelled, SIGINT);
  }
  pump_->main_ended(*status_ == 0);
}

void JobRun::look_at_wishes() {
  const bool ended = status_.has_value();
  if (timeout_at_ && !timed_out_ && !ended && wish_ == 0 && Clock::now() >= *timeout_at_) timed_out_ = true;
  const int wish = std::min(highest_wish, stop_.level() + (timed_out_ ? 1 : 0));
  if (wish <= wish_) return;
  if (wish_ == 0 && !ended) {
    const bool by_time = timed_out_ || stop_.reason() == StopReason::timed_out;
    reason_ = by_time ? EndReason::timed_out : EndReason::cancelled;
  }
  wish_ = wish;
  if (stop_.level() > 0) {
    ladder_.set_graces(stop_.grace_int.value_or(task_.grace_int), stop_.grace_term.value_or(task_.grace_term));
  }
  if (!ended) pump_->hold();
}

void JobRun::act(StopAct act) {
  switch (act) {
    case StopAct::none:
      return;
    case StopAct::interrupt:
      signal_group(SIGINT);
      signal_group(SIGCONT);
      tick_ = first_tick;
      return;
    case StopAct::terminate:
      signal_all(SIGTERM);
      tick_ = first_tick;
      return;
    case StopAct::kill:
      kill_all();
      tick_ = kill_tick;
      return;
  }
}

void JobRun::signal_group(int signal) const { ::kill(-job_.main.pid, signal); }

/// A stopped process hears a polite signal only when it is continued.
void JobRun::signal_all(int signal) {
  const auto processes = living();
  note_leftovers(processes);
  for (const ProcessInfo& process : processes) ProcessTree::send(process, signal);
  for (const ProcessInfo& process : processes) ProcessTree::send(process, SIGCONT);
}

/// The kernel kills a control group in one act. Without one, what forks faster than it is killed needs several looks.
void JobRun::kill_all() {
  const auto until = Clock::now() + kill_effort;
  note_leftovers(living());  // whom the kill hits first is chance, and none of them is seen after it
  if (!status_) killed_with_all_ = true;
  if (job_.cgroup) job_.cgroup->kill();
  do {
    const auto processes = living();
    note_leftovers(processes);
    for (const ProcessInfo& process : processes) ProcessTree::send(process, SIGKILL);
    state_->tree.reap_orphans();
    if (processes.empty()) return;
  } while (Clock::now() < until);
}

std::vector<ProcessInfo> JobRun::living() const {
  const pid_t main = status_ ? -1 : job_.main.pid;  // a zombie has no children any more
  return state_->tree.living({number_, main, job_.cgroup ? &*job_.cgroup : nullptr});
}

/// Two empty looks in a row: a parent that ends between the two halves of one hides its children from it.
bool JobRun::anything_left() const { return !living().empty() || !living().empty(); }

void JobRun::note_leftovers(const std::vector<ProcessInfo>& living) {
  MainProcess main = status_ ? MainProcess::ended : MainProcess::runs;
  if (killed_with_all_) main = MainProcess::killed_with_all;
  leftovers_.add(left_over(living, main, job_.main.pid, ::getsid(job_.main.pid), ::getpid()));
}

Clock::time_point JobRun::next_look() {
  auto next = ladder_.deadline().value_or(Clock::time_point::max());
  if (timeout_at_ && !timed_out_ && ladder_.stage() == StopStage::running) next = std::min(next, *timeout_at_);
  // How a process ends that is no child of ours is heard by nobody.
  if (ladder_.watches_closely()) {
    next = std::min(next, Clock::now() + tick_);
    if (ladder_.stage() != StopStage::kill) tick_ = std::min(tick_ * 2, longest_tick);
  }
  return next;
}

/// What lies in the pipe is handed over, however slow the sink; but a stopped run does not wait for a stuck one.
asio::awaitable<void> JobRun::drain_output() {
  pump_->finish();
  std::optional<Clock::time_point> limit;
  while (!pump_done_) {
    if (!limit && (wish_ > 0 || stop_.level() > 0)) limit = Clock::now() + drain_limit;
    if (limit && Clock::now() >= *limit) break;
    co_await wakeup_.sleep_until(limit.value_or(Clock::time_point::max()));
  }
}

asio::awaitable<void> JobRun::join_helpers() {
  boost::system::error_code ignored;
  pump_cancel_.emit(asio::cancellation_type::terminal);
  stop_cancel_.emit(asio::cancellation_type::terminal);
  child_watch_.cancel(ignored);
  main_watch_->close(ignored);
  while (helpers_ > 0) co_await wakeup_.sleep_until(Clock::time_point::max());
  pump_->close();
}

void JobRun::take_back_terminal() const {
  if (!job_.foreground) return;
  sigset_t stop_output;
  sigset_t before;
  sigemptyset(&stop_output);
  sigaddset(&stop_output, SIGTTOU);
  ::pthread_sigmask(SIG_BLOCK, &stop_output, &before);  // a process in the background is stopped for asking, else
  ::tcsetpgrp(0, ::getpgrp());
  ::pthread_sigmask(SIG_SETMASK, &before, nullptr);
}

run::JobEnd JobRun::finish() {
  run::JobEnd end;
  end.reason = reason_;
  end.last_group = pump_->last_group();
  end.leftovers = leftovers_.take();
  if (survived_) {
    for (const ProcessInfo& process : living()) end.survivors.push_back({process.pid, process.name});
  }
  look_at_main();
  if (status_) {
    end.signal = WIFSIGNALED(*status_) ? WTERMSIG(*status_) : 0;
    end.exit = end.signal != 0 ? 128 + end.signal : WEXITSTATUS(*status_);
    ::waitpid(job_.main.pid, nullptr, 0);
    state_->tree.disown(job_.main.pid);
  }
  job_.main.pid = -1;
  state_->tree.reap_orphans();
  job_.cgroup.reset();
  job_.ops.reset();
  job_.directory.reset();
  --state_->running;
  return end;
}

}  // namespace lifecycle::process
