// One workflow of a plan in words, for plan_text.
#pragma once

#include <string>
#include <vector>

#include "agent/plan/plan.h"
#include "agent/plan/plan_text.h"

namespace lifecycle::plan {

/// The few styles that the text uses; none without colour.
class Style {
 public:
  explicit Style(TextColour colour) : on_(colour == TextColour::ansi) {}
  [[nodiscard]] std::string bold(std::string_view text) const { return wrap("1", text); }
  [[nodiscard]] std::string dim(std::string_view text) const { return wrap("2", text); }
  [[nodiscard]] std::string good(std::string_view text) const { return wrap("32", text); }
  [[nodiscard]] std::string warn(std::string_view text) const { return wrap("33", text); }
  [[nodiscard]] std::string bad(std::string_view text) const { return wrap("31", text); }

 private:
  [[nodiscard]] std::string wrap(std::string_view code, std::string_view text) const {
    if (!on_) return std::string(text);
    return "\x1b[" + std::string(code) + "m" + std::string(text) + "\x1b[0m";
  }
  bool on_;
};

/// `name` padded to a column, then the value.
[[nodiscard]] std::string print_row(std::string_view indent, std::string_view name, std::string_view value);

/// Variables, one a line: name, source, value or where it comes from.
[[nodiscard]] std::string print_variables(std::string_view indent, const std::vector<EnvEntry>& env,
                                          const Style& style);

/// `common`: sorted variables that every job has alike and that are shown elsewhere.
[[nodiscard]] std::string print_run(const WorkflowRun& run, const std::vector<EnvEntry>& common, const Style& style);

/// A workflow that matched and is not run here: why.
[[nodiscard]] std::string print_skipped(const WorkflowRun& run, const Style& style);

[[nodiscard]] std::string print_unmatched(const Unmatched& unmatched, const Style& style);

}  // namespace lifecycle::plan
