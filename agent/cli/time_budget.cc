#include "agent/cli/time_budget.h"

#include <algorithm>

namespace lifecycle::cli {
namespace {

using namespace std::chrono_literals;

constexpr milliseconds longest = 9s;
constexpr milliseconds shortest = 1s;  // a CI that leaves less kills us anyway
constexpr milliseconds report_at_least = 300ms;

}  // namespace

TimeBudget time_budget(std::chrono::seconds ci_grace, std::optional<milliseconds> interrupt,
                       std::optional<milliseconds> terminate) {
  TimeBudget budget;
  budget.total = std::clamp(milliseconds(ci_grace) - milliseconds(1s), shortest, longest);
  const milliseconds share = budget.total * 45 / 100;
  budget.interrupt = interrupt.value_or(share);
  budget.terminate = terminate.value_or(share);
  // Graces by flag may be longer than the CI's: whoever gives them knows more than the table.
  budget.total = std::max(budget.total, budget.interrupt + budget.terminate);
  return budget;
}

SteadyTime report_deadline(SteadyTime now, milliseconds limit, std::optional<SteadyTime> signalled,
                           milliseconds total) {
  if (!signalled) return now + limit;
  return std::max(now + report_at_least, std::min(now + limit, *signalled + total));
}

}  // namespace lifecycle::cli
