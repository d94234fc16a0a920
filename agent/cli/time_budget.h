// How the time that a CI leaves after its first signal is shared out.
#pragma once

#include <chrono>
#include <optional>

namespace lifecycle::cli {

using std::chrono::milliseconds;

/// What a run may take after the first signal, and the two graces in it.
struct TimeBudget {
  milliseconds total{};
  milliseconds interrupt{};
  milliseconds terminate{};
};

/// Everything ends within one second less than the CI's own grace, and never later than 9 s: interrupt and terminate
/// take 45 % each, the rest is for summary and report. Graces given by flag replace their share.
[[nodiscard]] TimeBudget time_budget(std::chrono::seconds ci_grace, std::optional<milliseconds> interrupt,
                                     std::optional<milliseconds> terminate);

using SteadyTime = std::chrono::steady_clock::time_point;

/// When the report must have ended: after an undisturbed run `limit` from now; after a signal at the budget's end, but
/// it always gets 300 ms.
[[nodiscard]] SteadyTime report_deadline(SteadyTime now, milliseconds limit, std::optional<SteadyTime> signalled,
                                         milliseconds total);

}  // namespace lifecycle::cli
