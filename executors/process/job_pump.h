// Moves a job's bytes: its output to the sink, its script to the shell, in an order that keeps each step's output under
// its own header. Reads no faster than the sink takes, so memory does not grow with the output.
#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/posix/stream_descriptor.hpp>
#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <vector>

#include "agent/os/file_descriptor.h"
#include "agent/run/executor.h"
#include "executors/process/script_fifo.h"
#include "executors/process/step_feeder.h"
#include "executors/process/wakeup.h"

namespace lifecycle::process {

/// A script that is fed: where it goes and what may be sent when.
struct FedScript {
  std::unique_ptr<ScriptFifo> fifo;
  StepFeeder feeder;
};

class JobPump : public std::enable_shared_from_this<JobPump> {
 public:
  struct Setup {
    os::FileDescriptor output;        // non-blocking reading end; nobody shares its description
    std::optional<FedScript> script;  // nothing: a plain file or a program
    std::function<bool()> may_spin;   // wait for the shell by asking again and again, for at most 100 µs
    std::function<void()> on_end;     // the output has ended
  };

  JobPump(const boost::asio::any_io_executor& executor, run::JobSink& sink, Setup setup);

  /// Pumps until the output has ended and the script is of no more use, or until finish() finds the pipe empty.
  boost::asio::awaitable<void> run();

  /// Lets the shell have nothing more: the run is being stopped, no further step shall begin. What is half sent stays
  /// half sent; an end of file there would make the shell run a cut command.
  void hold();
  /// The shell has ended. What it has taken tells which group was its last.
  void main_ended(bool success);
  /// End as soon as the pipe is empty, whoever still holds its other end.
  void finish();
  [[nodiscard]] bool output_ended() const { return !output_.is_open(); }
  [[nodiscard]] int last_group() const { return script_ ? script_->feeder.current() : -1; }
  /// Lets go of the descriptors; to be called when run() has returned.
  void close();

 private:
  enum class Got { bytes, nothing, end };

  boost::asio::awaitable<void> feed();
  /// Tells the sink of a group that has begun, after what was written before it: so many bytes of the pipe, no more,
  /// since the group, or a background job, may be writing already.
  boost::asio::awaitable<void> show_start(int group, std::size_t bytes_before);
  boost::asio::awaitable<void> settle_last_group();
  boost::asio::awaitable<void> begin_without_more(int group);
  boost::asio::awaitable<void> hand_over_next(std::size_t bytes);
  boost::asio::awaitable<void> hand_over(std::size_t count);
  boost::asio::awaitable<void> breathe();
  boost::asio::awaitable<void> sleep();
  Got read_some(std::size_t limit, std::size_t& count);
  [[nodiscard]] bool all_taken();
  [[nodiscard]] std::size_t unread_output();
  [[nodiscard]] bool feeding() const;
  [[nodiscard]] bool waits_for_shell() const;
  [[nodiscard]] run::Clock::time_point next_deadline() const;
  bool send_more();
  void arm_output();
  void arm_script();
  void end_output();

  boost::asio::any_io_executor executor_;
  run::JobSink& sink_;
  boost::asio::posix::stream_descriptor output_;
  std::optional<FedScript> script_;
  std::function<bool()> may_spin_;
  std::function<void()> on_end_;
  Wakeup wakeup_;
  std::unique_ptr<char[]> buffer_;  // not zeroed: each page that is touched costs a fault
  run::Clock::time_point last_bytes_{};
  run::Clock::time_point last_breath_{};
  std::optional<bool> ended_well_;  // the shell has ended
  bool settled_ = false;
  bool held_ = false;
  bool finish_ = false;
  bool abandoned_ = false;  // the shell has closed the script or become another program
  bool paused_ = false;     // the sink has been told of this pause
  bool output_armed_ = false;
  bool script_armed_ = false;
};

}  // namespace lifecycle::process
