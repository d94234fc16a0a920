// The problem: our stdout may block for as long as its reader likes, and must not be made non-blocking, since
// O_NONBLOCK belongs to the open file description that we share with our parent. So one thread blocks instead of
// the agent: bytes are copied into a ring of fixed size, the thread writes them out, a full ring makes take() wait
// and thus the workflow too. A reader that is gone, or a full disk, ends the console and nothing else.
//
// Most of the time nothing blocks. What is short and can go out at once is written by whoever brings it; the thread
// starts when something cannot.
//
// Waking the thread costs more than writing a line: after a write it sleeps for `pace` and then takes what has come,
// unless much comes sooner or somebody waits for it. A byte after a pause goes out at once.
#include "agent/output/console_writer.h"

#include <poll.h>
#include <pthread.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <climits>
#include <condition_variable>
#include <csignal>
#include <cstdint>
#include <cstring>
#include <mutex>
#include <optional>
#include <thread>
#include <utility>

namespace lifecycle::output {
namespace {

constexpr std::chrono::milliseconds pace{1};

/// SIGPIPE of this thread's writes, and the signals that the agent's own thread waits for, stay off this thread.
std::thread start_without_signals(std::function<void()> work) {
  sigset_t all;
  sigset_t before;
  sigfillset(&all);
  pthread_sigmask(SIG_SETMASK, &all, &before);
  std::thread thread(std::move(work));
  pthread_sigmask(SIG_SETMASK, &before, nullptr);
  return thread;
}

/// Some bytes written, or the errno that ends the console.
struct Written {
  std::size_t bytes = 0;
  int error = 0;
};

/// Writes the two parts, in one call where it can.
Written write_some(int fd, std::string_view first, std::string_view second) {
  iovec parts[2] = {{const_cast<char*>(first.data()), first.size()}, {const_cast<char*>(second.data()), second.size()}};
  while (true) {
    const ssize_t written = ::writev(fd, parts, second.empty() ? 1 : 2);
    if (written >= 0) return {static_cast<std::size_t>(written), 0};
    if (errno == EINTR) continue;
    if (errno != EAGAIN && errno != EWOULDBLOCK) return {0, errno};
    // Someone else made the shared description non-blocking.
    pollfd ready{fd, POLLOUT, 0};
    ::poll(&ready, 1, -1);
  }
}

/// How it is told whether a short write would wait.
enum class Room {
  untold,  // a terminal may have room for a part only, a socket too
  asked,   // of a pipe poll() knows
  nowait,  // the kernel refuses a write that would wait (Linux 6.4, for pipes)
  always,  // a file, /dev/null
};

Room room_of(int fd) {
  struct stat status{};
  if (::fstat(fd, &status) != 0) return Room::untold;
  if (S_ISFIFO(status.st_mode)) return Room::nowait;
  if (S_ISREG(status.st_mode) || (S_ISCHR(status.st_mode) && ::isatty(fd) == 0)) return Room::always;
  return Room::untold;
}

ssize_t write_nowait(int fd, std::string_view bytes) {
  const iovec part{const_cast<char*>(bytes.data()), bytes.size()};
  return ::pwritev2(fd, &part, 1, -1, RWF_NOWAIT);
}

/// Writes if that needs no waiting; nothing when it does, or when it cannot be told.
std::optional<Written> write_without_waiting(int fd, std::string_view bytes, Room& room) {
  if (room == Room::untold || bytes.size() > PIPE_BUF)
    return std::nullopt;  // a pipe takes so much as a whole (pipe(7))
  ssize_t written = -1;
  if (room == Room::nowait) {
    written = write_nowait(fd, bytes);
    if (written < 0 && (errno == EOPNOTSUPP || errno == ENOSYS || errno == EINVAL)) room = Room::asked;
  }
  if (room == Room::asked) {
    pollfd ready{fd, POLLOUT, 0};
    if (::poll(&ready, 1, 0) != 1) return std::nullopt;
  }
  if (room != Room::nowait) written = ::write(fd, bytes.data(), bytes.size());
  if (written >= 0) return Written{static_cast<std::size_t>(written), 0};
  if (errno == EINTR || errno == EAGAIN || errno == EWOULDBLOCK) return std::nullopt;
  return Written{0, errno};
}

}  // namespace

/// Owned by the writer and by its thread, so that a thread that is stuck in a write may be left alone.
struct ConsoleWriter::State {
  State(int descriptor, std::size_t ring_bytes)
      : fd(descriptor),
        room(room_of(descriptor)),
        size(std::max<std::size_t>(ring_bytes, 1)),
        ring(std::make_unique_for_overwrite<char[]>(size)) {}

  const int fd;
  Room room;
  const std::size_t size;
  const std::unique_ptr<char[]> ring;  // not zeroed: most runs touch a few of its pages, and each costs a page fault

  std::mutex producers;            // one take() at a time; never held by the thread
  std::mutex mutex;                // guards all below
  std::condition_variable filled;  // the thread waits: for a byte, or while it gathers for much
  std::condition_variable drained;
  std::uint64_t put = 0;      // bytes that came into the ring
  std::uint64_t written = 0;  // bytes that left it
  int error = 0;
  bool lost = false;  // bytes went nowhere
  bool closing = false;
  bool gathering = false;  // the thread sees small change without being told
  int flushing = 0;        // how many wait until all is written
  std::function<void()> ready;

  [[nodiscard]] std::size_t used() const { return static_cast<std::size_t>(put - written); }
  [[nodiscard]] bool is_urgent() const { return closing || flushing > 0 || used() * 8 >= size; }
  [[nodiscard]] bool has_room() const { return error != 0 || used() * 2 <= size; }
  void run();
  void write_direct(std::string_view& bytes);
  void drop(int reason);
  void gather(std::unique_lock<std::mutex>& lock);
  /// The bytes from `begin` on, at most `length`, as the two parts in which they lie in the ring.
  std::pair<std::string_view, std::string_view> parts(std::uint64_t begin, std::size_t length) const;
};

std::pair<std::string_view, std::string_view> ConsoleWriter::State::parts(std::uint64_t begin,
                                                                          std::size_t length) const {
  const std::size_t at = static_cast<std::size_t>(begin % size);
  const std::size_t first = std::min(length, size - at);
  return {{ring.get() + at, first}, {ring.get(), length - first}};
}

void ConsoleWriter::State::drop(int reason) {
  error = reason;
  lost = lost || used() > 0;
  written = put;
}

void ConsoleWriter::State::gather(std::unique_lock<std::mutex>& lock) {
  gathering = true;
  filled.wait_for(lock, pace, [this] { return is_urgent(); });
  gathering = false;
}

/// Takes from `bytes` what can be written here and now; the thread has nothing to do meanwhile.
void ConsoleWriter::State::write_direct(std::string_view& bytes) {
  if (used() > 0 || error != 0 || bytes.empty()) return;
  const auto result = write_without_waiting(fd, bytes, room);
  if (!result) return;
  bytes.remove_prefix(result->bytes);
  if (result->error != 0) drop(result->error);
}

/// The thread: write, make room, tell.
void ConsoleWriter::State::run() {
  std::unique_lock lock(mutex);
  while (true) {
    filled.wait(lock, [this] { return used() > 0 || closing; });
    if (used() == 0) return;
    const auto [first, second] = parts(written, used());
    lock.unlock();
    const Written result = write_some(fd, first, second);
    lock.lock();
    written += result.bytes;
    if (result.error != 0) drop(result.error);
    drained.notify_all();
    if (ready && has_room()) {
      const std::function<void()> call = std::exchange(ready, nullptr);
      lock.unlock();
      call();
      lock.lock();
    }
    gather(lock);
  }
}

/// While one lives, the thread gathers nothing. Made and ended under the lock.
class ConsoleWriter::Hurry {
 public:
  explicit Hurry(State& state) : state_(state) {
    ++state_.flushing;
    state_.filled.notify_one();
  }
  ~Hurry() { --state_.flushing; }
  Hurry(const Hurry&) = delete;
  Hurry& operator=(const Hurry&) = delete;

 private:
  State& state_;
};

ConsoleWriter::ConsoleWriter(int fd, std::size_t ring_bytes) : state_(std::make_shared<State>(fd, ring_bytes)) {}

ConsoleWriter::~ConsoleWriter() {
  if (!thread_.joinable()) return;
  if (!abandoned_) flush();
  {
    const std::lock_guard lock(state_->mutex);
    state_->closing = true;
    if (abandoned_) state_->ready = nullptr;
    state_->filled.notify_all();
  }
  if (abandoned_) {
    thread_.detach();
  } else {
    thread_.join();
  }
}

void ConsoleWriter::take(std::string_view bytes) {
  State& state = *state_;
  const std::lock_guard producer(state.producers);
  std::unique_lock lock(state.mutex);
  state.write_direct(bytes);
  if (!thread_.joinable() && !bytes.empty() && state.error == 0) {
    thread_ = start_without_signals([held = state_] { held->run(); });
  }
  while (!bytes.empty()) {
    state.drained.wait(lock, [&state] { return state.error != 0 || state.used() < state.size; });
    if (state.error != 0) {
      state.lost = true;
      return;
    }
    if (state.used() == 0) state.put = state.written = 0;  // the same few pages again and again
    const std::uint64_t place = state.put;
    const std::size_t length = std::min(bytes.size(), state.size - state.used());
    lock.unlock();
    // The thread reads only what was put, so the free part of the ring is ours without the lock.
    const std::size_t at = static_cast<std::size_t>(place % state.size);
    const std::size_t first = std::min(length, state.size - at);
    std::memcpy(state.ring.get() + at, bytes.data(), first);
    std::memcpy(state.ring.get(), bytes.data() + first, length - first);
    bytes.remove_prefix(length);
    lock.lock();
    if (state.error != 0) continue;
    state.put += length;
    if (!state.gathering || state.is_urgent()) state.filled.notify_one();
  }
}

bool ConsoleWriter::has_room() const {
  const std::lock_guard lock(state_->mutex);
  return state_->has_room();
}

void ConsoleWriter::when_room(std::function<void()> ready) {
  {
    const std::lock_guard lock(state_->mutex);
    if (!state_->has_room()) {
      state_->ready = std::move(ready);
      return;
    }
  }
  ready();
}

bool ConsoleWriter::flush() {
  std::unique_lock lock(state_->mutex);
  const Hurry hurry(*state_);
  state_->drained.wait(lock, [this] { return state_->used() == 0; });
  return !state_->lost;
}

bool ConsoleWriter::flush_within(std::chrono::milliseconds limit) {
  std::unique_lock lock(state_->mutex);
  const Hurry hurry(*state_);
  const bool done = state_->drained.wait_for(lock, limit, [this] { return state_->used() == 0; });
  return done && !state_->lost;
}

void ConsoleWriter::abandon() { abandoned_ = true; }

int ConsoleWriter::error() const {
  const std::lock_guard lock(state_->mutex);
  return state_->error;
}

}  // namespace lifecycle::output
