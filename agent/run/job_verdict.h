// How the end of a job reads: its result, the result of the step that was running, and why.
#pragma once

#include <optional>
#include <string>

#include "agent/run/run_record.h"

namespace lifecycle::run {

/// What the run was asked meanwhile.
struct StopState {
  int level = 0;
  StopReason reason = StopReason::none;
  int signal = 0;
};

struct JobVerdict {
  RunResult result = RunResult::success;
  StepResult step = StepResult::passed;
  std::string reason;       // "exit 143 (SIGTERM)", "timed out after 5m"; empty for success
  std::optional<int> exit;  // 124 after a timeout; the step holds the child's own
};

/// `limit`: of the timeout that may have ended it. A job that failed after the run was asked to stop counts as
/// stopped: a CI signals our children as well, and whoever dies first decides nothing.
[[nodiscard]] JobVerdict judge(const JobEnd& end, StopState stop, std::optional<milliseconds> limit);

/// `exit 1`, `exit 143 (SIGTERM)`.
[[nodiscard]] std::string print_status(int exit, int signal);
/// `SIGTERM`; `signal 34` where there is no name.
[[nodiscard]] std::string print_signal(int signal);

/// For a job or workflow that was not begun because the run stops.
struct NotBegun {
  RunResult result = RunResult::cancelled;
  std::string reason;
};
[[nodiscard]] NotBegun not_begun(StopState stop, std::optional<milliseconds> limit);

}  // namespace lifecycle::run
