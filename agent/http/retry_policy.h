// When to try a delivery again: a state machine without clock, network or randomness of its own.
#pragma once

#include <chrono>
#include <functional>
#include <optional>

namespace lifecycle::http {

/// What became of one attempt.
struct AttemptResult {
  int status = 0;         // 0: no answer
  bool retryable = true;  // of an attempt without answer: may another one help?
  std::optional<std::chrono::milliseconds> retry_after;
};

enum class AttemptVerdict {
  delivered,     // 2xx
  retry,         // after RetryDecision::delay
  unauthorised,  // 401, 403: the same credentials will not do for anything else either
  refused,       // any other status below 500, redirects included: this request is not wanted
  hopeless,      // no answer, and none to be expected
};

struct RetryDecision {
  AttemptVerdict verdict = AttemptVerdict::delivered;
  std::chrono::milliseconds delay{0};
  bool told = false;  // the delay is the upstream's wish (Retry-After): it must not be cut short
};

struct BackoffLimits {
  std::chrono::milliseconds base{200};
  std::chrono::milliseconds cap{5000};
};

class RetryPolicy {
 public:
  /// `random` gives numbers in [0, 1).
  RetryPolicy(BackoffLimits limits, std::function<double()> random);

  /// Decides after an attempt. Without answer, 408, 425, 429 and 5xx: retry, with exponential back-off and full
  /// jitter (delay = random × min(cap, base × 2^tries)), at least Retry-After.
  [[nodiscard]] RetryDecision after(const AttemptResult& attempt);
  /// Begins anew: another request, or another reason to hope.
  void reset() { failures_ = 0; }
  [[nodiscard]] int failures() const { return failures_; }

 private:
  BackoffLimits limits_;
  std::function<double()> random_;
  int failures_ = 0;
};

}  // namespace lifecycle::http
