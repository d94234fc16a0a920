// What is known of a job's steps while it runs, and the record that becomes of it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "agent/run/run_record.h"

namespace lifecycle::run {

/// The moment of a step's begin or end, and how many bytes of output had come by then.
struct StepMark {
  Instant time{};
  std::uint64_t output_bytes = 0;
};

/// A pure value. Order of calls: begin (else nothing is known of the groups), start for each group, end.
class StepLog {
 public:
  /// `steps`: the texts; each stands alone until begin() tells the groups.
  explicit StepLog(std::vector<std::string> steps);

  /// The groups. Where times cannot be known all steps become one group, since nothing tells which of them ran.
  void begin(const std::vector<StepGroup>& groups, bool times_known);
  /// Group `index` starts; the one before has ended and let the shell go on.
  void start(int index, StepMark mark);
  /// The group that runs has ended like this; those that never started stay not_run.
  void end(StepResult result, std::optional<int> exit, StepMark mark);

  [[nodiscard]] const std::vector<StepRecord>& records() const { return records_; }
  [[nodiscard]] std::size_t step_count() const { return steps_.size(); }
  [[nodiscard]] bool times_known() const { return times_known_; }
  /// The group that runs; nothing before the first, after end(), or where nobody tells.
  [[nodiscard]] std::optional<int> running() const { return running_ ? std::optional<int>(current_) : std::nullopt; }

 private:
  void close_current(StepResult result, std::optional<int> exit, StepMark mark);

  std::vector<std::string> steps_;
  std::vector<StepRecord> records_;
  bool times_known_ = true;
  int current_ = -1;
  bool running_ = false;
  std::uint64_t bytes_at_start_ = 0;
};

}  // namespace lifecycle::run
