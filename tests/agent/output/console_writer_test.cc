#include "agent/output/console_writer.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <chrono>
#include <csignal>
#include <filesystem>
#include <iterator>
#include <string>
#include <thread>
#include <vector>

namespace lifecycle::output {
namespace {

using namespace std::chrono_literals;

/// A pipe whose ends close by themselves.
class Pipe {
 public:
  Pipe() {
    std::signal(SIGPIPE, SIG_IGN);
    EXPECT_EQ(::pipe2(fds_, O_CLOEXEC), 0);
  }
  ~Pipe() {
    close_reader();
    close_writer();
  }
  Pipe(const Pipe&) = delete;
  Pipe& operator=(const Pipe&) = delete;

  [[nodiscard]] int reader() const { return fds_[0]; }
  [[nodiscard]] int writer() const { return fds_[1]; }
  void close_reader() { close(fds_[0]); }
  void close_writer() { close(fds_[1]); }

  /// Writes until nothing more fits; how much that was.
  std::size_t fill() const {
    const int flags = ::fcntl(writer(), F_GETFL);
    EXPECT_EQ(::fcntl(writer(), F_SETFL, flags | O_NONBLOCK), 0);
    std::size_t total = 0;
    for (char byte = 'f'; ::write(writer(), &byte, 1) == 1;) ++total;
    EXPECT_EQ(::fcntl(writer(), F_SETFL, flags), 0);
    return total;
  }

  /// Up to `limit` bytes; fewer at the end of the stream.
  std::string read(std::size_t limit) const {
    std::string text;
    char buffer[65536];
    while (text.size() < limit) {
      const ssize_t count = ::read(reader(), buffer, std::min(sizeof buffer, limit - text.size()));
      if (count <= 0) break;
      text.append(buffer, static_cast<std::size_t>(count));
    }
    return text;
  }

 private:
  static void close(int& fd) {
    if (fd >= 0) ::close(fd);
    fd = -1;
  }
  int fds_[2] = {-1, -1};
};

std::string numbered_lines(int count) {
  std::string text;
  for (int i = 0; i < count; ++i) text += "line " + std::to_string(i) + "\n";
  return text;
}

TEST(ConsoleWriters, WriteEverythingInOrder) {
  Pipe pipe;
  const std::string text = numbered_lines(200000);
  std::string received;
  std::thread reader([&] { received = pipe.read(text.size() + 1); });
  {
    ConsoleWriter writer(pipe.writer(), 4096);
    std::size_t at = 0;
    std::size_t length = 1;
    while (at < text.size()) {
      writer.take(std::string_view(text).substr(at, length));
      at += length;
      length = length * 7 % 9973 + 1;
    }
    EXPECT_TRUE(writer.flush());
    EXPECT_EQ(writer.error(), 0);
  }
  pipe.close_writer();
  reader.join();
  EXPECT_TRUE(received == text);
}

TEST(ConsoleWriters, WriteAtOnce) {
  Pipe pipe;
  ConsoleWriter writer(pipe.writer());
  writer.take("prompt? ");
  EXPECT_EQ(pipe.read(8), "prompt? ");
}

TEST(ConsoleWriters, StartNoThreadWithoutBytes) {
  ConsoleWriter writer(-1);
  writer.take("");
  EXPECT_TRUE(writer.flush());
  EXPECT_EQ(writer.error(), 0);
}

std::ptrdiff_t threads() {
  return std::distance(std::filesystem::directory_iterator("/proc/self/task"), std::filesystem::directory_iterator());
}

TEST(ConsoleWriters, WriteShortTextsWithoutAThread) {
  Pipe pipe;
  const auto before = threads();
  ConsoleWriter writer(pipe.writer(), 4096);
  std::string text;
  for (int i = 0; i < 100; ++i) {
    writer.take(std::to_string(i) + "\n");
    text += std::to_string(i) + "\n";
    if (i == 49) {
      EXPECT_EQ(pipe.read(text.size()), text) << "not yet written when take() came back";
      text.clear();
    }
  }
  EXPECT_EQ(pipe.read(text.size()), text);
  EXPECT_EQ(threads(), before);
}

TEST(ConsoleWriters, KeepTheOrderWhenAThreadBecomesNecessary) {
  Pipe pipe;
  const auto before = threads();
  const std::string filled(pipe.fill(), 'f');
  ConsoleWriter writer(pipe.writer());
  for (const char* part : {"one\n", "two\n", "three\n"}) writer.take(part);
  EXPECT_EQ(threads(), before + 1);
  EXPECT_EQ(pipe.read(filled.size()), filled);
  EXPECT_EQ(pipe.read(14), "one\ntwo\nthree\n");
  writer.flush();
  writer.take("four\n");
  EXPECT_EQ(pipe.read(5), "four\n");
}

TEST(ConsoleWriters, AppendToAFile) {
  const std::string path = testing::TempDir() + "/console_writer_test." + std::to_string(::getpid());
  const int file = ::open(path.c_str(), O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
  ASSERT_GE(file, 0);
  ::unlink(path.c_str());
  const std::string text = numbered_lines(3000);
  {
    ConsoleWriter writer(file);
    writer.take("short\n");
    writer.take(text);
    writer.take("end\n");
  }
  std::string received(text.size() + 20, '\0');
  const auto count = ::pread(file, received.data(), received.size(), 0);
  received.resize(static_cast<std::size_t>(std::max<ssize_t>(count, 0)));
  ::close(file);
  EXPECT_TRUE(received == "short\n" + text + "end\n");
}

TEST(ConsoleWriters, BlockWhenTheRingIsFullAndNotBefore) {
  Pipe pipe;
  const int pipe_size = ::fcntl(pipe.writer(), F_GETPIPE_SZ);
  ConsoleWriter writer(pipe.writer(), 10000);
  const std::size_t total = static_cast<std::size_t>(pipe_size) + 50000;
  std::atomic<bool> all_taken = false;
  std::thread producer([&] {
    writer.take(std::string(total, 'x'));
    all_taken = true;
  });
  std::this_thread::sleep_for(50ms);
  EXPECT_FALSE(all_taken);
  EXPECT_FALSE(writer.has_room());
  EXPECT_EQ(pipe.read(total).size(), total);
  producer.join();
  EXPECT_TRUE(writer.flush());
  EXPECT_TRUE(writer.has_room());
}

TEST(ConsoleWriters, CallOnceWhenThereIsRoom) {
  Pipe pipe;
  const std::size_t filled = pipe.fill();
  ConsoleWriter writer(pipe.writer(), 10000);
  std::atomic<int> calls = 0;
  writer.when_room([&] { ++calls; });
  EXPECT_EQ(calls, 1);
  writer.take(std::string(9000, 'y'));
  ASSERT_FALSE(writer.has_room());
  writer.when_room([&] { ++calls; });
  EXPECT_EQ(calls, 1);
  EXPECT_EQ(pipe.read(filled + 9000).size(), filled + 9000);
  for (int i = 0; i < 1000 && calls == 1; ++i) std::this_thread::sleep_for(5ms);
  EXPECT_EQ(calls, 2);
  EXPECT_TRUE(writer.has_room());
}

TEST(ConsoleWriters, DropADeadReaderAndGoOn) {
  Pipe pipe;
  pipe.close_reader();
  ConsoleWriter writer(pipe.writer(), 4096);
  writer.take("nobody reads this");
  EXPECT_FALSE(writer.flush());
  EXPECT_EQ(writer.error(), EPIPE);
  writer.take(std::string(100000, 'x'));
  EXPECT_TRUE(writer.has_room());
  EXPECT_FALSE(writer.flush());
}

TEST(ConsoleWriters, WakeABlockedProducerWhenTheReaderDies) {
  Pipe pipe;
  ConsoleWriter writer(pipe.writer(), 4096);
  std::thread producer([&] { writer.take(std::string(1 << 20, 'x')); });
  std::this_thread::sleep_for(30ms);
  pipe.close_reader();
  producer.join();
  EXPECT_EQ(writer.error(), EPIPE);
  EXPECT_FALSE(writer.flush());
}

TEST(ConsoleWriters, DropAFullDisk) {
  const int full = ::open("/dev/full", O_WRONLY | O_CLOEXEC);
  ASSERT_GE(full, 0);
  {
    ConsoleWriter writer(full);
    writer.take("x");
    EXPECT_FALSE(writer.flush());
    EXPECT_EQ(writer.error(), ENOSPC);
  }
  ::close(full);
}

TEST(ConsoleWriters, DropAClosedDescriptor) {
  Pipe pipe;
  const int fd = pipe.writer();
  pipe.close_writer();
  ConsoleWriter writer(fd);
  writer.take("x");
  EXPECT_FALSE(writer.flush());
  EXPECT_EQ(writer.error(), EBADF);
}

TEST(ConsoleWriters, WaitWhenTheDescriptorIsNonBlocking) {
  Pipe pipe;
  ASSERT_EQ(::fcntl(pipe.writer(), F_SETFL, O_NONBLOCK), 0);
  const std::string text = numbered_lines(100000);
  std::string received;
  std::thread reader([&] {
    std::this_thread::sleep_for(30ms);
    received = pipe.read(text.size());
  });
  ConsoleWriter writer(pipe.writer());
  writer.take(text);
  EXPECT_TRUE(writer.flush());
  reader.join();
  EXPECT_TRUE(received == text);
}

TEST(ConsoleWriters, LeaveAStuckReader) {
  Pipe pipe;
  const std::size_t filled = pipe.fill();
  {
    ConsoleWriter writer(pipe.writer(), 4096);
    writer.take(std::string(1000, 'x'));
    EXPECT_FALSE(writer.flush_within(20ms));
    writer.abandon();
  }
  // The thread left behind ends once the pipe is read.
  EXPECT_EQ(pipe.read(filled + 1000).size(), filled + 1000);
}

TEST(ConsoleWriters, TakeFromSeveralThreads) {
  Pipe pipe;
  constexpr int producers = 4;
  constexpr int lines = 2000;
  std::string received;
  std::thread reader([&] { received = pipe.read(producers * lines * 8); });
  ConsoleWriter writer(pipe.writer(), 1000);
  std::vector<std::thread> threads;
  for (int i = 0; i < producers; ++i) {
    threads.emplace_back([&writer, i] {
      for (int k = 0; k < lines; ++k) writer.take("thread" + std::to_string(i) + "\n");
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_TRUE(writer.flush());
  reader.join();
  ASSERT_EQ(received.size(), producers * lines * 8U);
  for (std::size_t at = 0; at < received.size(); at += 8) {
    ASSERT_EQ(received.compare(at, 6, "thread"), 0) << at;
    ASSERT_EQ(received[at + 7], '\n');
  }
}

}  // namespace
}  // namespace lifecycle::output
