// One thread takes events off a queue and sends them. What to do after each attempt is RetryPolicy's; when all is
// over is the deadline's, which wakes both the waiting and the sending. The thread owns its state together with the
// Reporter, so that a system call that will not return (a resolver, a library being loaded) cannot hold up the end.
#include "agent/report/reporter.h"

#include <pthread.h>

#include <algorithm>
#include <condition_variable>
#include <csignal>
#include <deque>
#include <mutex>
#include <random>
#include <system_error>
#include <thread>

#include "agent/http/retry_after.h"
#include "agent/http/url.h"
#include "agent/report/delivery_outcome.h"

namespace lifecycle::report {
namespace {

using http::AttemptVerdict;
using http::Clock;
using std::chrono::milliseconds;

/// After so many failed answers in a row an event lets those behind it go first: it may be the event's own fault.
constexpr int patience = 6;
/// In less time than this no further try is begun.
constexpr milliseconds last_moment{100};

struct Delivery {
  std::size_t index = 0;  // of its record
  std::string body;
};

std::string replaced(std::string text, const std::string& secret) {
  if (secret.empty()) return text;
  for (std::size_t at = text.find(secret); at != std::string::npos; at = text.find(secret, at + 3)) {
    text.replace(at, secret.size(), "***");
  }
  return text;
}

std::function<double()> jitter() {
  return [engine = std::minstd_rand(std::random_device{}())]() mutable {
    return std::uniform_real_distribution<double>(0, 1)(engine);
  };
}

void block_signals() {
  sigset_t all;
  ::sigfillset(&all);
  ::pthread_sigmask(SIG_BLOCK, &all, nullptr);
}

}  // namespace

bool ReportOutcome::all_delivered() const {
  return std::ranges::all_of(reported, [](const auto& record) { return record.result == "delivered"; });
}

struct Reporter::State {
  State(ReportSettings checked, http::BackoffLimits backoff)
      : settings(std::move(checked)), client(settings.transport), policy(backoff, jitter()) {}

  const ReportSettings settings;
  http::HttpClient client;
  std::thread thread;

  std::mutex mutex;  // guards all below
  std::condition_variable changed;
  std::deque<Delivery> queue;
  std::vector<run::ReportedRecord> records;
  DeliveryTrouble trouble;
  http::RetryPolicy policy;
  Clock::time_point not_before;  // of the next attempt
  bool told = false;             // by the endpoint
  std::optional<Clock::time_point> deadline;
  bool closing = false;     // nothing more will be enqueued
  std::string verdict_all;  // what becomes of all the rest without trying; empty: they are tried
  bool done = false;

  using Lock = std::unique_lock<std::mutex>;

  void start(std::shared_ptr<State> self) {
    if (thread.joinable()) return;
    try {
      thread = std::thread([self = std::move(self)] { self->work(); });
    } catch (const std::system_error& error) {  // RLIMIT_NPROC, pids.max
      trouble.last_error = {.code = "delivery-deferred",
                            .message = std::string("no thread could be started: ") + error.what()};
    }
  }

  void work() {
    block_signals();
    Lock lock(mutex);
    while (next_is_there(lock)) {
      if (verdict_all.empty() && !may_try(lock)) verdict_all = "deferred";
      Delivery delivery = std::move(queue.front());
      queue.pop_front();
      if (verdict_all.empty()) {
        attempt(lock, std::move(delivery));
      } else {
        records[delivery.index].result = verdict_all;
      }
    }
    done = true;
    changed.notify_all();
  }

  bool next_is_there(Lock& lock) {
    changed.wait(lock, [this] { return closing || !queue.empty(); });
    return !queue.empty();
  }

  [[nodiscard]] bool is_over() const { return deadline && *deadline <= Clock::now(); }

  /// Waits for the next attempt's time; false when it is not to be before the deadline.
  bool may_try(Lock& lock) {
    for (;;) {
      if (is_over()) return false;
      const auto now = Clock::now();
      if (not_before <= now) return true;
      if (deadline && not_before >= *deadline) {
        if (told) trouble.told_to_wait = std::chrono::duration_cast<milliseconds>(not_before - now);
        if (told || *deadline - now < last_moment) return false;
        not_before = now + (*deadline - now) / 2;  // a back-off of ours leaves room for another try
      }
      changed.wait_until(lock, not_before);
    }
  }

  void attempt(Lock& lock, Delivery delivery) {
    run::ReportedRecord& record = records[delivery.index];
    const http::HttpRequest request = delivery_request(settings, record.key, delivery.body);
    lock.unlock();
    auto answer = client.send(request);
    lock.lock();
    judge(std::move(delivery), answer);
  }

  void judge(Delivery delivery, const Result<http::HttpResponse>& answer) {
    run::ReportedRecord& record = records[delivery.index];  // the vector may have grown meanwhile
    http::AttemptResult result;
    if (answer) {
      result.status = answer->status;
      const auto now = std::chrono::floor<milliseconds>(std::chrono::system_clock::now());
      result.retry_after = http::parse_retry_after(answer->retry_after, now);
    } else {
      result.retryable = http::is_worth_retrying(answer.error());
    }
    ++record.tries;
    record.status = result.status;
    const http::RetryDecision decision = policy.after(result);
    switch (decision.verdict) {
      case AttemptVerdict::delivered:
        record.result = "delivered";
        policy.reset();
        trouble.failures = trouble.last_status = 0;
        trouble.last_error.reset();
        break;
      case AttemptVerdict::retry:
        retry_later(std::move(delivery), answer, decision);
        break;
      case AttemptVerdict::unauthorised:
        record.result = verdict_all = "refused";
        trouble.unauthorised = result.status;
        break;
      case AttemptVerdict::refused:
        record.result = "refused";
        policy.reset();
        note_refusal(record, *answer);
        break;
      case AttemptVerdict::hopeless:
        record.result = verdict_all = "deferred";
        note_failure(answer);
        break;
    }
  }

  void retry_later(Delivery delivery, const Result<http::HttpResponse>& answer, const http::RetryDecision& decision) {
    note_failure(answer);
    not_before = Clock::now() + decision.delay;
    told = decision.told;
    if (answer && policy.failures() >= patience && !queue.empty()) {
      policy.reset();
      queue.push_back(std::move(delivery));
    } else {
      queue.push_front(std::move(delivery));
    }
  }

  void note_failure(const Result<http::HttpResponse>& answer) {
    ++trouble.failures;
    if (answer) {
      trouble.last_status = answer->status;
      trouble.last_error.reset();
      return;
    }
    // That the time was over says less than what went wrong before.
    const bool known = trouble.last_status != 0 || trouble.last_error;
    if (known && answer.error().code == "http-deadline") return;
    trouble.last_error = answer.error();
    trouble.last_status = 0;
  }

  void note_refusal(const run::ReportedRecord& record, const http::HttpResponse& answer) {
    if (trouble.refused_status != 0) return;
    trouble.refused_status = answer.status;
    trouble.refused_event = record.event_name + " " + record.event_action;
    trouble.refused_words = replaced(words_of_answer(answer.body), settings.token);
    if (answer.status < 300 || answer.status >= 400) return;
    const auto moved = http::parse_http_url(answer.location);
    if (moved) trouble.moved_to = http::display_url(*moved);
  }
};

Result<std::unique_ptr<Reporter>> Reporter::create(ReportSettings settings, const mask::MaskTable& mask,
                                                   http::BackoffLimits backoff) {
  auto checked = checked_settings(std::move(settings));
  if (!checked) return fail(std::move(checked).error());
  auto state = std::make_shared<State>(std::move(*checked), backoff);
  state->trouble.host = http::parse_http_url(state->settings.events_url)->authority;
  if (!state->settings.token.empty()) state->trouble.token_place = state->settings.token_place;
  return std::unique_ptr<Reporter>(new Reporter(std::move(state), mask));
}

Reporter::Reporter(std::shared_ptr<State> state, const mask::MaskTable& mask) : state_(std::move(state)), mask_(mask) {}

Reporter::~Reporter() {
  if (!finished_) static_cast<void>(finish(Clock::now()));
}

void Reporter::enqueue(const InsightsEvent& event) {
  run::ReportedRecord record;
  record.event_name = mask_.mask_text(event.name);
  record.event_action = mask_.mask_text(event.action);
  record.key = event.key;
  record.result = "deferred";
  std::string body = encode_masked(event.body, mask_);
  const std::lock_guard lock(state_->mutex);
  state_->queue.push_back({state_->records.size(), std::move(body)});
  state_->records.push_back(std::move(record));
  state_->start(state_);
  state_->changed.notify_all();
}

void Reporter::set_deadline(Clock::time_point deadline) {
  const std::lock_guard lock(state_->mutex);
  if (state_->deadline && *state_->deadline <= deadline) return;
  state_->deadline = deadline;
  state_->client.set_deadline(deadline);
  state_->changed.notify_all();
}

ReportOutcome Reporter::finish(Clock::time_point deadline) {
  set_deadline(deadline);
  State& state = *state_;
  State::Lock lock(state.mutex);
  finished_ = true;
  state.closing = true;
  if (!state.told) {
    state.not_before = Clock::now();
    state.policy.reset();
  }
  state.changed.notify_all();
  if (state.thread.joinable()) {
    constexpr milliseconds to_notice{200};
    // The deadline may move closer while we wait.
    while (!state.done && Clock::now() < *state.deadline + to_notice) {
      state.changed.wait_until(lock, *state.deadline + to_notice);
    }
    std::thread thread = std::move(state.thread);
    const bool done = state.done;
    lock.unlock();
    if (done) {
      thread.join();
    } else {
      thread.detach();
    }
    lock.lock();
  }
  ReportOutcome outcome;
  outcome.reported = state.records;
  outcome.diagnostics = delivery_diagnostics(state.records, state.trouble, state.settings.strictness);
  lock.unlock();
  for (Diagnostic& diagnostic : outcome.diagnostics) {
    diagnostic.message = mask_.mask_text(diagnostic.message);
    diagnostic.hint = mask_.mask_text(diagnostic.hint);
  }
  return outcome;
}

}  // namespace lifecycle::report
