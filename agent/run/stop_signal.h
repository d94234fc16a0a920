// The wish to stop a run, raised by a signal or a timeout, heard by everything that waits.
#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/steady_timer.hpp>
#include <chrono>
#include <memory>
#include <optional>
#include <vector>

namespace lifecycle::run {

enum class StopReason { none, cancelled, timed_out };

/// Lives on the io thread. Level 0: run on; 1: interrupt; 2: terminate at once; 3: kill at once.
class StopSignal {
 public:
  explicit StopSignal(boost::asio::any_io_executor executor);

  /// Raises level 1 with a reason, or one level more when raised already (a second signal skips a rung).
  void raise(StopReason reason, int signal = 0);
  [[nodiscard]] int level() const { return level_; }
  [[nodiscard]] StopReason reason() const { return reason_; }
  [[nodiscard]] int signal() const { return signal_; }
  /// Graces that replace the task's own, as the CI grants them; set before raise.
  std::optional<std::chrono::milliseconds> grace_int;
  std::optional<std::chrono::milliseconds> grace_term;

  /// Returns when level() is above `seen`, or at the deadline.
  boost::asio::awaitable<void> wait_above(int seen);
  boost::asio::awaitable<void> wait_above(int seen, std::chrono::steady_clock::time_point deadline);

 private:
  boost::asio::any_io_executor executor_;
  // Shared with the waiting coroutines: their frames may be destroyed after this object.
  std::shared_ptr<std::vector<boost::asio::steady_timer*>> waiting_;
  int level_ = 0;
  int signal_ = 0;
  StopReason reason_ = StopReason::none;
};

}  // namespace lifecycle::run
