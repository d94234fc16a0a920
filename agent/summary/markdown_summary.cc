#include "agent/summary/markdown_summary.h"

#include "adapters/dialect/escaping.h"
#include "agent/summary/summary_rows.h"

namespace lifecycle::summary {
namespace {

using dialect::escape_markdown;

constexpr std::string_view cut_remark =
    "\n\nThis summary was cut: the rest would exceed what the CI accepts. The log has all of it, and so has the "
    "record that `--result FILE` writes.\n";

/// Text that grows up to a limit by whole pieces; the first that does not fit ends it.
class LimitedText {
 public:
  explicit LimitedText(std::size_t limit) : limit_(limit) {}
  /// `closing`: what must follow whatever happens (an open element's end).
  bool add(std::string_view piece, std::string_view closing = {}) {
    if (cut_ || text_.size() + piece.size() + closing.size() + cut_remark.size() > limit_) {
      cut_ = true;
      return false;
    }
    text_ += piece;
    return true;
  }
  void close(std::string_view closing) { text_ += closing; }
  [[nodiscard]] std::string finish() {
    if (cut_) text_ += cut_remark;
    return text_.size() <= limit_ ? std::move(text_) : std::string();
  }

 private:
  std::size_t limit_;
  std::string text_;
  bool cut_ = false;
};

std::string code(std::string_view text) { return text.empty() ? "" : "<code>" + escape_markdown(text) + "</code>"; }

std::string job_line(const JobRow& row) {
  return "| " + escape_markdown(row.workflow) + " | " + escape_markdown(row.job) + " | " + row.steps + " | " +
         row.time + " | " + escape_markdown(outcome_text(row)) + " | " + escape_markdown(row.leftovers) + " |\n";
}

std::string step_line(const StepRow& row) {
  return "| " + row.number + " | " + code(row.text) + " | " + row.time + " | " + row.result + " |\n";
}

void add_steps(LimitedText& text, const JobRow& row) {
  constexpr std::string_view end = "\n</details>\n";
  if (row.step_rows.empty()) return;
  const std::string head = "\n<details><summary>Steps of " + escape_markdown(full_name(row)) +
                           "</summary>\n\n| step | | time | result |\n|---|---|---|---|\n";
  if (!text.add(head, end)) return;
  for (const StepRow& step : row.step_rows) {
    if (!text.add(step_line(step), end)) break;
  }
  text.close(end);
}

}  // namespace

std::string markdown_summary(const run::RunRecord& record, const mask::MaskTable& mask, std::size_t limit) {
  const SummaryRows rows = summary_rows(record, mask);
  LimitedText text(limit);
  text.add("### lifecycle-agent: " + escape_markdown(rows.headline) + "\n\n");
  if (!rows.jobs.empty()) {
    text.add("| workflow | job | steps | time | result | left over and ended |\n|---|---|---|---|---|---|\n");
    for (const JobRow& row : rows.jobs) {
      if (!text.add(job_line(row))) break;
    }
    text.add("\n");
  }
  text.add("**" + escape_markdown(rows.processes_left) + "**\n");
  for (const std::string& remark : rows.remarks) text.add("\n" + escape_markdown(remark) + "\n");
  for (const JobRow& row : rows.jobs) add_steps(text, row);
  return text.finish();
}

}  // namespace lifecycle::summary
