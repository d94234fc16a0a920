#include "agent/run/console_room.h"

#include <boost/asio/post.hpp>

namespace lifecycle::run {

void ConsoleRoom::wake_when_free(const std::shared_ptr<boost::asio::steady_timer>& waiting) {
  waiting_.push_back(waiting);
  if (asked_) return;
  asked_ = true;
  // Called on the console's thread, which may only post: whatever is shared belongs to the io thread.
  console_.when_room([executor = executor_, weak = weak_from_this()] {
    boost::asio::post(executor, [weak] {
      if (const auto room = weak.lock()) room->wake_all();
    });
  });
}

void ConsoleRoom::wake_all() {
  asked_ = false;
  for (const auto& waiting : std::exchange(waiting_, {})) {
    if (const auto timer = waiting.lock()) timer->cancel();
  }
}

}  // namespace lifecycle::run
