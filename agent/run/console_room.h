// Tells every job that waits for the console that it has room again; the console's thread itself tells one.
#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/steady_timer.hpp>
#include <memory>
#include <vector>

#include "agent/output/console_writer.h"

namespace lifecycle::run {

/// Lives on the io thread; the console outlives it.
class ConsoleRoom final : public std::enable_shared_from_this<ConsoleRoom> {
 public:
  ConsoleRoom(boost::asio::any_io_executor executor, output::ConsoleWriter& console)
      : executor_(std::move(executor)), console_(console) {}

  [[nodiscard]] bool has_room() const { return console_.has_room(); }
  /// Cancels the timer, later, when there is room.
  void wake_when_free(const std::shared_ptr<boost::asio::steady_timer>& waiting);

 private:
  void wake_all();

  boost::asio::any_io_executor executor_;
  output::ConsoleWriter& console_;
  std::vector<std::weak_ptr<boost::asio::steady_timer>> waiting_;
  bool asked_ = false;
};

}  // namespace lifecycle::run
