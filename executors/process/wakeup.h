// Lets a coroutine sleep until somebody rings or a time has come; a ring before the sleep is not lost.
#pragma once

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <utility>

#include "agent/run/executor.h"

namespace lifecycle::process {

class Wakeup {
 public:
  explicit Wakeup(const boost::asio::any_io_executor& executor) : timer_(executor) {}

  void ring() {
    rung_ = true;
    timer_.cancel();
  }

  /// One sleeper at a time. Returns also when the sleeping coroutine is cancelled.
  boost::asio::awaitable<void> sleep_until(run::Clock::time_point deadline) {
    if (!rung_) {
      timer_.expires_at(deadline);
      auto wait = timer_.async_wait(boost::asio::as_tuple(boost::asio::use_awaitable));
      co_await std::move(wait);
    }
    rung_ = false;
  }

 private:
  boost::asio::steady_timer timer_;
  bool rung_ = false;
};

}  // namespace lifecycle::process
