#include "agent/os/directory_remover.h"

#include <pthread.h>
#include <signal.h>
#include <unistd.h>

#include <condition_variable>
#include <deque>
#include <mutex>
#include <utility>

namespace lifecycle::os {

/// Owned by the remover and by its thread, so that a thread that is busy may be left alone.
struct DirectoryRemover::State {
  std::mutex mutex;  // guards all below
  std::condition_variable changed;
  std::deque<TemporaryDirectory> waiting;
  std::string under_way;  // path; empty: none
  std::vector<Diagnostic> failures;
  bool closing = false;

  [[nodiscard]] bool is_done() const { return waiting.empty() && under_way.empty(); }
  void run();
};

void DirectoryRemover::State::run() {
  std::unique_lock lock(mutex);
  while (true) {
    changed.wait(lock, [this] { return closing || !waiting.empty(); });
    if (waiting.empty()) return;
    TemporaryDirectory directory = std::move(waiting.front());
    waiting.pop_front();
    under_way = directory.path().string();
    lock.unlock();
    const auto removed = directory.remove();
    lock.lock();
    if (!removed) failures.push_back(removed.error());
    under_way.clear();
    changed.notify_all();
  }
}

DirectoryRemover::DirectoryRemover() : state_(std::make_shared<State>()) {}

DirectoryRemover::~DirectoryRemover() {
  if (!thread_.joinable()) return;
  if (abandoned_) {
    thread_.detach();
    return;
  }
  {
    const std::lock_guard lock(state_->mutex);
    state_->closing = true;
  }
  state_->changed.notify_all();
  thread_.join();
}

void DirectoryRemover::remove(TemporaryDirectory directory) {
  if (::rmdir(directory.path().c_str()) == 0) {
    static_cast<void>(directory.remove());  // nothing is there any more; it only has to know
    return;
  }
  {
    const std::lock_guard lock(state_->mutex);
    state_->waiting.push_back(std::move(directory));
  }
  state_->changed.notify_all();
  if (thread_.joinable()) return;
  sigset_t all;
  sigset_t before;
  sigfillset(&all);
  pthread_sigmask(SIG_SETMASK, &all, &before);  // signals are for the agent's own thread
  thread_ = std::thread([state = state_] { state->run(); });
  pthread_sigmask(SIG_SETMASK, &before, nullptr);
}

bool DirectoryRemover::finish_within(std::chrono::milliseconds limit) {
  std::unique_lock lock(state_->mutex);
  return state_->changed.wait_for(lock, limit, [this] { return state_->is_done(); });
}

std::vector<std::string> DirectoryRemover::abandon() {
  abandoned_ = true;
  const std::lock_guard lock(state_->mutex);
  std::vector<std::string> left;
  if (!state_->under_way.empty()) left.push_back(state_->under_way);
  for (const TemporaryDirectory& directory : state_->waiting) left.push_back(directory.path().string());
  return left;
}

std::vector<Diagnostic> DirectoryRemover::take_failures() {
  const std::lock_guard lock(state_->mutex);
  return std::exchange(state_->failures, {});
}

}  // namespace lifecycle::os
