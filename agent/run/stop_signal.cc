#include "agent/run/stop_signal.h"

#include <algorithm>
#include <boost/asio/as_tuple.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <utility>

namespace lifecycle::run {

namespace asio = boost::asio;

namespace {

using Waiting = std::shared_ptr<std::vector<asio::steady_timer*>>;

constexpr int highest_level = 3;

/// Stands in the list for as long as its coroutine waits, also when that is cancelled or destroyed.
class Listed {
 public:
  Listed(Waiting waiting, asio::steady_timer& timer) : waiting_(std::move(waiting)), timer_(&timer) {
    waiting_->push_back(timer_);
  }
  Listed(const Listed&) = delete;
  Listed& operator=(const Listed&) = delete;
  ~Listed() { std::erase(*waiting_, timer_); }

 private:
  Waiting waiting_;
  asio::steady_timer* timer_;
};

}  // namespace

StopSignal::StopSignal(asio::any_io_executor executor)
    : executor_(std::move(executor)), waiting_(std::make_shared<std::vector<asio::steady_timer*>>()) {}

void StopSignal::raise(StopReason reason, int signal) {
  if (level_ == 0) {
    reason_ = reason;
    signal_ = signal;
  }
  level_ = std::min(level_ + 1, highest_level);
  for (asio::steady_timer* timer : *waiting_) timer->cancel();
}

asio::awaitable<void> StopSignal::wait_above(int seen) {
  return wait_above(seen, std::chrono::steady_clock::time_point::max());
}

asio::awaitable<void> StopSignal::wait_above(int seen, std::chrono::steady_clock::time_point deadline) {
  while (level_ <= seen && std::chrono::steady_clock::now() < deadline) {
    asio::steady_timer timer(executor_, deadline);
    const Listed listed(waiting_, timer);
    auto wait = timer.async_wait(asio::as_tuple(asio::use_awaitable));
    co_await std::move(wait);
    const auto cancellation = co_await asio::this_coro::cancellation_state;
    if (cancellation.cancelled() != asio::cancellation_type::none) co_return;
  }
}

}  // namespace lifecycle::run
