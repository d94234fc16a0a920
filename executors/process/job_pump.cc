#include "executors/process/job_pump.h"

#include <sched.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <boost/asio/post.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <cerrno>
#include <utility>

namespace lifecycle::process {
namespace {

namespace asio = boost::asio;
using std::chrono::microseconds;
using std::chrono::milliseconds;

constexpr std::size_t buffer_size = std::size_t{256} * 1024;
constexpr microseconds longest_spin{100};
constexpr milliseconds longest_breath{2};
constexpr milliseconds pause_after{20};
constexpr milliseconds ask_again{5};

}  // namespace

JobPump::JobPump(const asio::any_io_executor& executor, run::JobSink& sink, Setup setup)
    : executor_(executor),
      sink_(sink),
      output_(executor, setup.output.release()),
      script_(std::move(setup.script)),
      may_spin_(std::move(setup.may_spin)),
      on_end_(std::move(setup.on_end)),
      wakeup_(executor),
      buffer_(std::make_unique_for_overwrite<char[]>(buffer_size)) {}

void JobPump::hold() { held_ = true; }

void JobPump::main_ended(bool success) {
  ended_well_ = success;
  wakeup_.ring();
}

void JobPump::finish() {
  finish_ = true;
  wakeup_.ring();
}

void JobPump::close() {
  boost::system::error_code ignored;
  output_.close(ignored);
  if (script_) script_->fifo->close();
}

bool JobPump::feeding() const { return script_ && !settled_; }

bool JobPump::waits_for_shell() const { return feeding() && !held_ && !abandoned_ && script_->fifo->is_open(); }

asio::awaitable<void> JobPump::run() {
  last_breath_ = last_bytes_ = run::Clock::now();
  for (;;) {
    if (feeding()) co_await feed();
    std::size_t count = 0;
    const Got got = output_ended() ? Got::nothing : read_some(buffer_size, count);
    if (got == Got::bytes) {
      co_await hand_over(count);
      continue;
    }
    if (got == Got::end) {
      end_output();
      continue;
    }
    if (finish_ && !feeding()) break;
    if (output_ended() && !feeding()) break;
    co_await sleep();
  }
  end_output();
}

asio::awaitable<void> JobPump::sleep() {
  if (!output_ended()) arm_output();
  if (waits_for_shell()) arm_script();
  co_await wakeup_.sleep_until(next_deadline());
  if (!paused_ && sink_.holds() && run::Clock::now() >= last_bytes_ + pause_after) {
    paused_ = true;
    sink_.pause();
  }
}

run::Clock::time_point JobPump::next_deadline() const {
  auto deadline = run::Clock::time_point::max();
  if (!paused_ && sink_.holds()) deadline = last_bytes_ + pause_after;
  if (waits_for_shell() && !script_->fifo->tells_when_taken())
    deadline = std::min(deadline, run::Clock::now() + ask_again);
  return deadline;
}

asio::awaitable<void> JobPump::feed() {
  for (;;) {
    if (ended_well_ || finish_) {
      co_await settle_last_group();
      co_return;
    }
    if (!waits_for_shell()) co_return;
    std::optional<int> asked;
    std::size_t before = 0;
    if (script_->feeder.anything_written()) {
      if (!all_taken()) {
        abandoned_ = script_->fifo->has_let_go() && script_->fifo->is_abandoned();
        co_return;
      }
      script_->fifo->let_go();
      asked = script_->feeder.asked_for(0);
      // What the pipe holds now is of the groups before. Counting it suffices: the shell may go on while it is shown.
      before = asked ? unread_output() : 0;
      if (asked) script_->feeder.begin(*asked);
    }
    const bool sent = send_more();
    if (asked) co_await show_start(*asked, before);
    if (!sent) co_return;
  }
}

bool JobPump::send_more() {
  const auto piece = script_->feeder.next(script_->fifo->piece_size());
  const std::size_t count = piece.empty() ? 0 : script_->fifo->write(piece);
  script_->feeder.wrote(count);
  if (count == 0) abandoned_ = script_->fifo->is_abandoned();
  if (script_->feeder.all_written() && script_->fifo->has_let_go()) script_->fifo->close();
  return count > 0;
}

asio::awaitable<void> JobPump::show_start(int group, std::size_t bytes_before) {
  co_await hand_over_next(bytes_before);
  sink_.step_started(group);
  if (!sink_.has_room()) co_await sink_.room();
  co_await breathe();
}

asio::awaitable<void> JobPump::settle_last_group() {
  settled_ = true;
  if (!held_) {
    auto group = script_->feeder.asked_for(script_->fifo->unread());
    if (group) co_await begin_without_more(*group);
    group = ended_well_.value_or(false) ? script_->feeder.empty_group_at_end() : std::nullopt;
    if (group) co_await begin_without_more(*group);
  }
  script_->fifo->close();
}

asio::awaitable<void> JobPump::begin_without_more(int group) {
  script_->feeder.begin(group);
  co_await show_start(group, unread_output());
}

bool JobPump::all_taken() {
  if (script_->fifo->unread() == 0) return true;
  if (!may_spin_()) return false;
  const auto until = run::Clock::now() + longest_spin;
  while (run::Clock::now() < until) {
    ::sched_yield();  // the kernel may have put the shell behind us on our own processor
    if (script_->fifo->unread() == 0) return true;
  }
  return false;
}

std::size_t JobPump::unread_output() {
  int waiting = 0;
  if (output_ended() || ::ioctl(output_.native_handle(), FIONREAD, &waiting) != 0) return 0;
  return static_cast<std::size_t>(std::max(waiting, 0));
}

asio::awaitable<void> JobPump::hand_over_next(std::size_t bytes) {
  while (bytes > 0 && !output_ended()) {
    std::size_t count = 0;
    if (read_some(std::min(bytes, buffer_size), count) != Got::bytes) break;
    bytes -= count;
    co_await hand_over(count);
  }
}

JobPump::Got JobPump::read_some(std::size_t limit, std::size_t& count) {
  for (;;) {
    const ssize_t got = ::read(output_.native_handle(), buffer_.get(), limit);
    if (got > 0) {
      count = static_cast<std::size_t>(got);
      return Got::bytes;
    }
    if (got == 0) return Got::end;
    if (errno == EAGAIN) return Got::nothing;
    if (errno != EINTR) return Got::end;
  }
}

asio::awaitable<void> JobPump::hand_over(std::size_t count) {
  sink_.bytes(std::string_view(buffer_.get(), count));
  if (!sink_.has_room()) co_await sink_.room();
  last_bytes_ = run::Clock::now();
  paused_ = false;
  co_await breathe();
}

/// Endless output that the sink takes at once must not keep signals and timers of the same thread from being heard.
asio::awaitable<void> JobPump::breathe() {
  if (run::Clock::now() < last_breath_ + longest_breath) co_return;
  auto turn = asio::post(executor_, asio::use_awaitable);
  co_await std::move(turn);
  last_breath_ = run::Clock::now();
}

void JobPump::end_output() {
  if (output_ended()) return;
  boost::system::error_code ignored;
  output_.close(ignored);
  on_end_();
}

void JobPump::arm_output() {
  if (output_armed_) return;
  output_armed_ = true;
  output_.async_wait(asio::posix::descriptor_base::wait_read,
                     [self = shared_from_this()](const boost::system::error_code&) {
                       self->output_armed_ = false;
                       self->wakeup_.ring();
                     });
}

void JobPump::arm_script() {
  if (script_armed_ || !script_->fifo->tells_when_taken()) return;
  script_armed_ = true;
  script_->fifo->writer().async_wait(asio::posix::descriptor_base::wait_write,
                                     [self = shared_from_this()](const boost::system::error_code&) {
                                       self->script_armed_ = false;
                                       self->wakeup_.ring();
                                     });
}

}  // namespace lifecycle::process
