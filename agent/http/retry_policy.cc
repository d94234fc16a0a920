#include "agent/http/retry_policy.h"

#include <algorithm>
#include <utility>

namespace lifecycle::http {
namespace {

using std::chrono::milliseconds;

AttemptVerdict judge(const AttemptResult& attempt) {
  const int status = attempt.status;
  if (status == 0) return attempt.retryable ? AttemptVerdict::retry : AttemptVerdict::hopeless;
  if (status >= 200 && status < 300) return AttemptVerdict::delivered;
  if (status == 401 || status == 403) return AttemptVerdict::unauthorised;
  if (status == 408 || status == 425 || status == 429 || status >= 500) return AttemptVerdict::retry;
  return AttemptVerdict::refused;
}

}  // namespace

RetryPolicy::RetryPolicy(BackoffLimits limits, std::function<double()> random)
    : limits_(limits), random_(std::move(random)) {}

RetryDecision RetryPolicy::after(const AttemptResult& attempt) {
  RetryDecision decision{.verdict = judge(attempt)};
  if (decision.verdict != AttemptVerdict::retry) return decision;
  const milliseconds ceiling = std::min(limits_.cap, limits_.base * (1 << std::min(failures_, 20)));
  ++failures_;
  decision.delay = milliseconds(static_cast<milliseconds::rep>(random_() * static_cast<double>(ceiling.count())));
  if (attempt.retry_after && *attempt.retry_after > decision.delay) {
    decision.delay = *attempt.retry_after;
    decision.told = true;
  }
  return decision;
}

}  // namespace lifecycle::http
