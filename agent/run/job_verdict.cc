#include "agent/run/job_verdict.h"

#include <cstring>

#include "agent/base/duration.h"

namespace lifecycle::run {
namespace {

/// The status of a timeout in our report, as timeout(1) gives it.
constexpr int timeout_status = 124;

std::string timed_out_text(std::optional<milliseconds> limit) {
  return limit ? "timed out after " + print_duration(*limit) : "timed out";
}

std::string cancelled_text(int signal) { return signal == 0 ? "cancelled" : "cancelled by " + print_signal(signal); }

}  // namespace

std::string print_signal(int signal) {
  const char* name = ::sigabbrev_np(signal);
  return name != nullptr ? "SIG" + std::string(name) : "signal " + std::to_string(signal);
}

std::string print_status(int exit, int signal) {
  std::string text = "exit " + std::to_string(exit);
  if (signal != 0) text += " (" + print_signal(signal) + ")";
  return text;
}

JobVerdict judge(const JobEnd& end, StopState stop, std::optional<milliseconds> limit) {
  if (end.error) return {RunResult::error, StepResult::not_run, end.error->message, std::nullopt};
  const bool stopped = end.reason == EndReason::cancelled || (stop.level > 0 && end.exit != 0);
  if (end.reason == EndReason::timed_out || (stopped && stop.reason == StopReason::timed_out)) {
    return {RunResult::failure, StepResult::timed_out, timed_out_text(limit), timeout_status};
  }
  if (stopped) return {RunResult::cancelled, StepResult::cancelled, cancelled_text(stop.signal), end.exit};
  if (end.reason == EndReason::not_started) {
    return {RunResult::error, StepResult::not_run, "could not start", std::nullopt};
  }
  if (end.exit == 0) return {RunResult::success, StepResult::passed, {}, 0};
  return {RunResult::failure, StepResult::failed, print_status(end.exit, end.signal), end.exit};
}

NotBegun not_begun(StopState stop, std::optional<milliseconds> limit) {
  if (stop.reason == StopReason::timed_out) {
    return {RunResult::skipped, "skipped (the run " + timed_out_text(limit) + ")"};
  }
  return {RunResult::cancelled, cancelled_text(stop.signal) + " before it began"};
}

}  // namespace lifecycle::run
