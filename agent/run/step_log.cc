#include "agent/run/step_log.h"

#include <algorithm>

#include "agent/run/step_title.h"

namespace lifecycle::run {
namespace {

std::vector<StepGroup> single_steps(std::size_t count) {
  std::vector<StepGroup> groups;
  groups.reserve(count);
  for (std::size_t index = 0; index < count; ++index) {
    groups.push_back({static_cast<int>(index), static_cast<int>(index)});
  }
  return groups;
}

}  // namespace

StepLog::StepLog(std::vector<std::string> steps) : steps_(std::move(steps)) {
  begin(single_steps(steps_.size()), true);
}

void StepLog::begin(const std::vector<StepGroup>& groups, bool times_known) {
  times_known_ = times_known;
  current_ = -1;
  running_ = false;
  std::vector<StepGroup> shown = groups.empty() ? single_steps(steps_.size()) : groups;
  if (!times_known && !steps_.empty()) shown = {{0, static_cast<int>(steps_.size()) - 1}};
  const bool as_before =
      std::equal(records_.begin(), records_.end(), shown.begin(), shown.end(),
                 [](const StepRecord& a, const StepGroup& b) { return a.first == b.first && a.last == b.last; });
  if (as_before) return;
  records_.clear();
  records_.reserve(shown.size());
  for (const StepGroup& group : shown) {
    StepRecord& record = records_.emplace_back();
    record.index = static_cast<int>(records_.size()) - 1;
    record.first = group.first;
    record.last = group.last;
    record.text = group_text(steps_, group);
  }
}

void StepLog::start(int index, StepMark mark) {
  close_current(StepResult::passed, std::nullopt, mark);
  if (index < 0 || static_cast<std::size_t>(index) >= records_.size()) return;
  // Groups that were never seen to start were passed on the way (empty text between two steps).
  for (int between = current_ + 1; between < index; ++between) {
    records_[static_cast<std::size_t>(between)].result = StepResult::passed;
  }
  current_ = index;
  running_ = true;
  bytes_at_start_ = mark.output_bytes;
  records_[static_cast<std::size_t>(index)].started = mark.time;
}

void StepLog::end(StepResult result, std::optional<int> exit, StepMark mark) { close_current(result, exit, mark); }

void StepLog::close_current(StepResult result, std::optional<int> exit, StepMark mark) {
  if (!running_) return;
  running_ = false;
  StepRecord& record = records_[static_cast<std::size_t>(current_)];
  record.result = result;
  record.exit = exit;
  record.ended = mark.time;
  record.output_bytes = mark.output_bytes - bytes_at_start_;
}

}  // namespace lifecycle::run
