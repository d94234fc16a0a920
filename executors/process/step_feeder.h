// Which bytes of a job's script the shell may have now, and what it means that it took them. Pure.
//
// bash reads a script that cannot seek byte by byte and never past the newline that completes a command; it asks for
// the next byte only after the command has ended. So the first byte of a group, sent ahead, is a question: once it is
// taken, everything before has ended. The rest of a group and the first byte of the next go out together, which costs
// one wait a step. Nothing is injected: the shell sees exactly the bytes of the script.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "agent/run/executor.h"

namespace lifecycle::process {

/// Where each step begins in the script: the script is a header, then the steps with one newline between two, then at
/// most one newline more. Nothing when it is not that.
[[nodiscard]] std::optional<std::vector<std::size_t>> step_offsets(std::string_view script,
                                                                   const std::vector<std::string>& steps);

/// Whether a step may read the script's own file: `$0`, `${0…`, BASH_SOURCE, BASH_ARGV0, outside of single quotes as
/// far as a step alone tells. A program's `$0` (awk '{print $0}') is none.
[[nodiscard]] bool reads_own_script(std::string_view step);

class StepFeeder {
 public:
  /// `starts`: offset of each group's first byte, rising; the script is copied.
  StepFeeder(std::string script, std::vector<std::size_t> starts);

  /// What may be written now, at most `limit` bytes; empty when the shell must take something first, or all is written.
  [[nodiscard]] std::string_view next(std::size_t limit) const;
  void wrote(std::size_t count) { written_ += count; }
  [[nodiscard]] bool all_written() const { return written_ == script_.size(); }
  [[nodiscard]] bool anything_written() const { return written_ > 0; }

  /// `unread` of the written bytes lie in the pipe. The group that the shell has asked for, if that is a new one; its
  /// output may be headed now, then `begin` lets its text through.
  [[nodiscard]] std::optional<int> asked_for(std::size_t unread) const;
  void begin(int group) { current_ = group; }

  /// The shell has ended well with everything taken: groups without a single byte count as begun as well.
  [[nodiscard]] std::optional<int> empty_group_at_end() const;
  [[nodiscard]] int current() const { return current_; }

 private:
  std::string script_;
  std::vector<std::size_t> starts_;
  std::size_t written_ = 0;
  int current_ = -1;
};

}  // namespace lifecycle::process
