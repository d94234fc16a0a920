#include "agent/mask/covered_runs.h"

#include <algorithm>

namespace lifecycle::mask {
namespace {

constexpr std::size_t spent_runs_kept = 1024;

}  // namespace

void CoveredRuns::add(std::uint64_t begin, std::uint64_t end) {
  if (begin >= end) return;
  // Nearly always at the back: matches come in the order of their ends.
  std::size_t last = runs_.size();
  while (last > first_ && runs_[last - 1].begin > end) --last;
  std::size_t from = last;
  while (from > first_ && runs_[from - 1].end >= begin) {
    --from;
    begin = std::min(begin, runs_[from].begin);
    end = std::max(end, runs_[from].end);
  }
  const auto at = [this](std::size_t index) { return runs_.begin() + static_cast<std::ptrdiff_t>(index); };
  if (from == last) {
    runs_.insert(at(from), CoveredRun{begin, end});
    return;
  }
  runs_[from] = {begin, end};
  runs_.erase(at(from + 1), at(last));
}

const CoveredRun* CoveredRuns::first_after(std::uint64_t place) {
  while (first_ < runs_.size() && runs_[first_].end <= place) ++first_;
  if (first_ > spent_runs_kept) {
    runs_.erase(runs_.begin(), runs_.begin() + static_cast<std::ptrdiff_t>(first_));
    first_ = 0;
  }
  if (first_ < runs_.size()) return &runs_[first_];
  runs_.clear();
  first_ = 0;
  return nullptr;
}

}  // namespace lifecycle::mask
