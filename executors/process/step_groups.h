// Which steps form one command of the shell (an `if` spread over six of them), for captions and results: a wrong group
// costs a wrong caption, never a wrong run. The judge is `bash -n`; steps that are obviously whole do not ask it.
#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "agent/run/executor.h"
#include "executors/process/process_tree.h"

namespace lifecycle::process {

/// True only for text that is certainly a whole list of simple commands: quotes closed, no reserved word, no
/// substitution, no here-document, no operator at its end.
[[nodiscard]] bool is_obviously_complete(std::string_view text);

enum class Syntax { complete, open, wrong };

/// What `bash -n` said of a text, by its exit status and its messages in the locale C. An open here-document is only
/// a warning.
[[nodiscard]] Syntax judge_messages(int exit, std::string_view messages);

/// An odd number of backslashes at the end: a continuation, unless they stand in a comment.
[[nodiscard]] bool ends_in_backslash(std::string_view text);

/// Collects steps into groups from left to right.
class GroupBuilder {
 public:
  void add(std::string_view step);
  /// The text since the last boundary.
  [[nodiscard]] const std::string& open_text() const { return text_; }
  [[nodiscard]] bool is_single() const { return first_ == next_ - 1; }
  void close();
  /// All groups; what is still open is the last one.
  [[nodiscard]] std::vector<run::StepGroup> finish();

 private:
  std::vector<run::StepGroup> groups_;
  std::string text_;
  int first_ = 0;
  int next_ = 0;
};

struct GroupingLimits {
  run::milliseconds total{3000};  // then every further step stands alone
  run::milliseconds probe{2000};  // takes 2 ms on an idle machine
};

/// Asks `bash` as often as needed. `probes`, if given, counts how often that was.
[[nodiscard]] boost::asio::awaitable<std::vector<run::StepGroup>> group_steps(boost::asio::any_io_executor executor,
                                                                              ProcessTree& tree, std::string bash,
                                                                              std::vector<std::string> steps,
                                                                              GroupingLimits limits,
                                                                              int* probes = nullptr);

}  // namespace lifecycle::process
