// What a run did: lifecycle-agent/run/1, written by `run --result FILE`.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "agent/base/time.h"
#include "agent/event/lifecycle_event.h"
#include "agent/ops/ops_file.h"
#include "agent/run/executor.h"

namespace lifecycle::run {

enum class RunResult { success, failure, cancelled, skipped, error };
[[nodiscard]] std::string_view print_result(RunResult result);

enum class StepResult { passed, failed, not_run, cancelled, timed_out };
[[nodiscard]] std::string_view print_result(StepResult result);

/// One entry per group of steps.
struct StepRecord {
  int index = 0;
  int first = 0;
  int last = 0;
  std::string text;  // masked
  StepResult result = StepResult::not_run;
  std::optional<Instant> started;
  std::optional<Instant> ended;
  std::optional<int> exit;  // only in the group that ended the job
  std::uint64_t output_bytes = 0;
};

struct JobRecord {
  std::string name;
  RunResult result = RunResult::skipped;
  std::string reason;  // "timed out after 5m", "skipped (build failed)"; masked
  std::optional<int> exit;
  std::optional<int> signal;
  std::optional<int> failed_step;
  std::optional<int> last_step;
  int tries = 0;
  bool step_times = true;
  std::optional<Instant> started;
  std::optional<Instant> ended;
  std::vector<Leftover> leftovers;
  std::vector<Leftover> survivors;
  std::vector<StepRecord> steps;
};

struct WorkflowRecord {
  std::string workflow;
  std::string version;
  ops::WorkflowKind kind = ops::WorkflowKind::pipeline;
  std::string file;
  int line = 0;
  RunResult result = RunResult::skipped;
  std::string reason;
  std::string address;  // of a service that answered
  std::optional<Instant> started;
  std::optional<Instant> ended;
  std::vector<JobRecord> jobs;
};

/// One delivery: what was sent and what became of it.
struct ReportedRecord {
  std::string event_name;
  std::string event_action;
  std::string key;
  std::string result;  // delivered, deferred, refused
  int status = 0;
  int tries = 0;
};

struct RunRecord {
  std::string id;
  event::Event event;
  std::vector<WorkflowRecord> workflows;
  std::vector<ReportedRecord> reported;
  RunResult result = RunResult::success;  // cancelled > failure > error > success; skipped when nothing matched
  int signal = 0;                         // the signal that cancelled it
  int processes_left = 0;                 // counted at the end
  std::string output_lost{};              // why part of stdout reached nobody; empty: all of it was written
};

/// The one of two results that stands: cancelled, failure, error, success; skipped counts for nothing. What was
/// started and failed stands above what could not start, which the entries of the record tell all the same.
[[nodiscard]] RunResult combine(RunResult one, RunResult other);
[[nodiscard]] RunResult combined_result(const std::vector<JobRecord>& jobs);
[[nodiscard]] RunResult combined_result(const std::vector<WorkflowRecord>& workflows);

[[nodiscard]] nlohmann::ordered_json to_json(const RunRecord& record);
/// The workflows without their steps, for the output `runs`.
[[nodiscard]] nlohmann::ordered_json runs_json(const RunRecord& record);

}  // namespace lifecycle::run
