#include "agent/run/console_floor.h"

#include <algorithm>

namespace lifecycle::run {

void ConsoleFloor::write(std::string_view bytes) {
  if (bytes.empty()) return;
  written_ += bytes.size();
  console_.take(bytes);
}

void ConsoleFloor::wait_for_turn(Voice& voice) {
  if (std::find(waiting_.begin(), waiting_.end(), &voice) == waiting_.end()) waiting_.push_back(&voice);
  if (on_contention) on_contention();
}

void ConsoleFloor::serve_waiting() {
  while (holder_ == nullptr && !waiting_.empty()) {
    Voice& next = *waiting_.front();
    waiting_.pop_front();
    next.speak_pending();
  }
}

void ConsoleFloor::interrupt() {
  if (!is_contended()) return;
  Voice& silent = *std::exchange(holder_, nullptr);
  if (breaks_ == LineBreaks::ours) {
    write("\n");
    silent.line_broken_ = true;
    silent.prefix_due_ = true;
  }
  serve_waiting();
}

void ConsoleFloor::forget(Voice& voice) {
  std::erase(waiting_, &voice);
  if (holder_ == &voice) holder_ = nullptr;
}

void Voice::take(std::string_view bytes) {
  if (bytes.empty()) return;
  at_line_start_ = bytes.back() == '\n';
  const bool other_speaks = floor_.holder_ != nullptr && floor_.holder_ != this;
  if (other_speaks || !pending_.empty()) {
    pending_.append(bytes);
    floor_.wait_for_turn(*this);
    return;
  }
  speak(bytes);
}

void Voice::speak(std::string_view bytes) {
  const auto last_line = floor_.waiting_.empty() ? std::string_view::npos : bytes.rfind('\n');
  if (last_line == std::string_view::npos) {
    emit(bytes);
    return;
  }
  // Others wait: the whole lines go out, then it is their turn, then ours again for the unfinished rest.
  emit(bytes.substr(0, last_line + 1));
  const std::string_view rest = bytes.substr(last_line + 1);
  if (!rest.empty()) {
    pending_.append(rest);
    floor_.waiting_.push_back(this);
  }
  floor_.serve_waiting();
}

void Voice::speak_pending() {
  const std::string text = std::exchange(pending_, {});
  speak(text);
  if (pending_.empty() && on_drained) on_drained();
}

void Voice::emit(std::string_view bytes) {
  if (line_broken_) {
    line_broken_ = false;
    if (bytes.front() == '\n') bytes.remove_prefix(1);
    if (bytes.empty()) {
      floor_.holder_ = nullptr;
      return;
    }
  }
  const bool ends_line = bytes.back() == '\n';
  if (prefix_.empty()) {
    floor_.write(bytes);
  } else {
    while (!bytes.empty()) {
      if (prefix_due_) floor_.write(prefix_);
      const auto line_end = std::min(bytes.find('\n'), bytes.size() - 1);
      prefix_due_ = bytes[line_end] == '\n';
      floor_.write(bytes.substr(0, line_end + 1));
      bytes.remove_prefix(line_end + 1);
    }
  }
  floor_.holder_ = ends_line ? nullptr : this;
}

void Voice::close() {
  while (!pending_.empty()) {
    if (floor_.holder_ == nullptr) {
      floor_.serve_waiting();
    } else {
      floor_.interrupt();
    }
  }
  floor_.forget(*this);
  floor_.serve_waiting();
}

}  // namespace lifecycle::run
