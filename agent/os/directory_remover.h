// Removes directories on a thread of its own: a job may leave a tree that takes a disk many seconds to forget, and
// neither a signal nor the next job waits for that.
#pragma once

#include <chrono>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "agent/base/diagnostic.h"
#include "agent/os/files.h"

namespace lifecycle::os {

class DirectoryRemover {
 public:
  DirectoryRemover();
  ~DirectoryRemover();  // waits for all, unless abandoned
  DirectoryRemover(const DirectoryRemover&) = delete;
  DirectoryRemover& operator=(const DirectoryRemover&) = delete;

  /// An empty one goes at once; others one after the other, in this order. The thread starts with the first of them.
  void remove(TemporaryDirectory directory);
  /// Waits until all are removed, at most so long; whether they are.
  [[nodiscard]] bool finish_within(std::chrono::milliseconds limit);
  /// Waits no more: the paths that are not removed yet. The thread ends with the program.
  [[nodiscard]] std::vector<std::string> abandon();
  /// What could not be removed since the last call (directory-unremovable).
  [[nodiscard]] std::vector<Diagnostic> take_failures();

 private:
  struct State;
  std::shared_ptr<State> state_;
  std::thread thread_;
  bool abandoned_ = false;
};

}  // namespace lifecycle::os
