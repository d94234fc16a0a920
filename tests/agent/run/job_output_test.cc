#include "agent/run/job_output.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <array>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <thread>

#include "agent/os/file_descriptor.h"

namespace lifecycle::run {
namespace {

struct Pipe {
  Pipe() {
    std::array<int, 2> ends{};
    if (::pipe2(ends.data(), O_CLOEXEC) == 0) {
      reader.reset(ends[0]);
      writer.reset(ends[1]);
    }
  }
  os::FileDescriptor reader;
  os::FileDescriptor writer;
};

/// Reads slowly at first, then to the end.
std::size_t drain(int fd) {
  std::this_thread::sleep_for(milliseconds{50});
  std::array<char, 65536> buffer{};
  std::size_t total = 0;
  for (;;) {
    const ssize_t count = ::read(fd, buffer.data(), buffer.size());
    if (count <= 0) return total;
    total += static_cast<std::size_t>(count);
  }
}

JobOutput::Wiring wiring(asio::io_context& io, ConsoleFloor& floor, output::ConsoleWriter& console,
                         mask::MaskTable& mask) {
  JobOutput::Wiring wiring;
  wiring.executor = io.get_executor();
  wiring.floor = &floor;
  wiring.room = std::make_shared<ConsoleRoom>(io.get_executor(), console);
  wiring.mask = &mask;
  wiring.say = [](const Diagnostic&) {};
  wiring.next_group_id = [] { return std::string("g"); };
  return wiring;
}

OutputStyle raw_style() {
  OutputStyle style;
  style.dialect = &dialect::dialect_of("");
  style.raw = true;
  return style;
}

constexpr std::size_t chunk_size = 4096;
constexpr int chunks = 512;

asio::awaitable<void> write_chunks(JobOutput& output, int& waits) {
  const std::string chunk = std::string(chunk_size - 1, 'x') + "\n";
  for (int index = 0; index < chunks; ++index) {
    output.bytes(chunk);
    const bool full = !output.has_room();
    if (!full) continue;
    ++waits;
    co_await output.room();
    EXPECT_TRUE(output.has_room());
  }
}

TEST(JobOutput, ASlowReaderSlowsTheJobAndLosesNothing) {
  Pipe pipe;
  std::size_t received = 0;
  std::thread reader([&received, fd = pipe.reader.get()] { received = drain(fd); });
  int waits = 0;
  {
    asio::io_context io{1};
    output::ConsoleWriter console(pipe.writer.get(), std::size_t{64} << 10);
    mask::MaskTable mask;
    ConsoleFloor floor(console, LineBreaks::none);
    JobOutput output(raw_style(), Layout::grouped, {}, {"step"}, wiring(io, floor, console, mask));
    asio::co_spawn(io, write_chunks(output, waits), asio::detached);
    io.run();
    output.finish({StepResult::passed, 0, 0});
  }
  pipe.writer.reset();
  reader.join();
  EXPECT_EQ(received, chunk_size * chunks);
  EXPECT_GT(waits, 0) << "two megabytes into a ring of 64 KiB must have waited";
}

/// The console's thread may make room between any two looks of ours: a wait that begins just then must end too.
TEST(JobOutput, NeverMissesTheMomentAtWhichTheConsoleHasRoom) {
  const os::FileDescriptor nowhere(::open("/dev/null", O_WRONLY | O_CLOEXEC));
  asio::io_context io{1};
  output::ConsoleWriter console(nowhere.get(), chunk_size + 1);  // each chunk fills it for as long as a write takes
  mask::MaskTable mask;
  ConsoleFloor floor(console, LineBreaks::none);
  JobOutput output(raw_style(), Layout::grouped, {}, {"step"}, wiring(io, floor, console, mask));
  constexpr int round_count = 60;
  int waits = 0;
  int rounds = 0;
  const auto write_again_and_again = [&]() -> asio::awaitable<void> {
    for (; rounds < round_count; ++rounds) {
      auto written = write_chunks(output, waits);
      co_await std::move(written);
    }
  };
  asio::co_spawn(io, write_again_and_again, asio::detached);
  io.run_for(std::chrono::minutes{2});
  EXPECT_EQ(rounds, round_count) << "stuck after " << waits << " waits";
  output.finish({StepResult::passed, 0, 0});
}

TEST(JobOutput, WaitsForTheFloorAsItWaitsForTheReader) {
  Pipe pipe;
  asio::io_context io{1};
  output::ConsoleWriter console(pipe.writer.get());
  mask::MaskTable mask;
  ConsoleFloor floor(console, LineBreaks::ours);
  Voice other(floor, {});
  other.take("an unfinished line");
  std::thread reader([fd = pipe.reader.get()] { drain(fd); });
  bool has_waited = false;
  {
    JobOutput output(raw_style(), Layout::prefixed, "web", {"step"}, wiring(io, floor, console, mask));
    output.bytes(std::string(100000, 'x') + "\n");
    EXPECT_FALSE(output.has_room());
    asio::co_spawn(io, output.room(), [&has_waited](const std::exception_ptr&) { has_waited = true; });
    io.poll();
    EXPECT_FALSE(has_waited);
    other.take("\n");
    io.restart();
    io.run();
    EXPECT_TRUE(has_waited);
    EXPECT_TRUE(output.has_room());
    output.finish({StepResult::passed, 0, 0});
  }
  console.flush();
  pipe.writer.reset();
  reader.join();
}

}  // namespace
}  // namespace lifecycle::run
