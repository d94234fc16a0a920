// The problems of one file, collected with their places while reading goes on.
#pragma once

#include <cstddef>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "agent/base/diagnostic.h"
#include "agent/ops/source_text.h"

namespace lifecycle::ops {

class Findings {
 public:
  explicit Findings(const SourceText& source) : source_(source) {}

  /// Keeps the first thousand; what follows is counted, and its worst severity kept.
  void add(std::string_view code, Severity severity, SourcePlace place, std::string message, std::string hint = {});
  /// The same for the bytes [offset, end) of the source.
  void add(std::string_view code, Severity severity, std::size_t offset, std::size_t end, std::string message,
           std::string hint = {});

  /// The line of `offset` holds what no message may repeat: whatever is said of it is said without showing it.
  void hide_line(std::size_t offset) { hidden_.insert(source_.line_of(offset)); }

  /// What is added from now on is only counted: nobody sees its words.
  [[nodiscard]] bool is_full() const;

  [[nodiscard]] bool has_errors() const { return errors_; }
  /// All of them in the order of the file, each once, with the line that it is about.
  [[nodiscard]] std::vector<Diagnostic> take();

 private:
  const SourceText& source_;
  std::vector<Diagnostic> found_;
  std::set<int> hidden_;
  std::size_t left_out_ = 0;
  bool errors_ = false;
  bool errors_left_out_ = false;
};

/// A name or text of the file within a message: in quotes, cut at 60 characters, without control bytes.
[[nodiscard]] std::string in_quotes(std::string_view text);

}  // namespace lifecycle::ops
