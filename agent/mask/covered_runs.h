// The covered parts of a stream that are not written yet: sorted intervals that neither overlap nor touch.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace lifecycle::mask {

struct CoveredRun {
  std::uint64_t begin = 0;
  std::uint64_t end = 0;
};

class CoveredRuns {
 public:
  /// Joins the interval with those that it overlaps or touches.
  void add(std::uint64_t begin, std::uint64_t end);
  /// The first run that ends after `place`, those before are forgotten; nullptr: none.
  [[nodiscard]] const CoveredRun* first_after(std::uint64_t place);

 private:
  std::vector<CoveredRun> runs_;
  std::size_t first_ = 0;
};

}  // namespace lifecycle::mask
