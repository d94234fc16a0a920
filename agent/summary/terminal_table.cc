#include "agent/summary/terminal_table.h"

#include <algorithm>
#include <array>

#include "adapters/dialect/neutraliser.h"
#include "agent/summary/columns.h"
#include "agent/summary/summary_rows.h"

namespace lifecycle::summary {
namespace {

constexpr std::size_t least_columns = 80;
constexpr std::size_t gap = 2;
/// Names are cut where they are longer, so that the result keeps room.
constexpr std::array<std::size_t, 4> widest{30, 20, 11, 10};

using Row = std::array<std::string, 5>;  // workflow, job, steps, time, result

std::string result_text(const JobRow& row) { return row.detail.empty() ? row.result : row.result + ": " + row.detail; }

std::array<std::size_t, 4> column_widths(const std::vector<Row>& rows) {
  std::array<std::size_t, 4> widths{};
  for (const Row& row : rows) {
    for (std::size_t index = 0; index < widths.size(); ++index) {
      widths[index] = std::min(widest[index], std::max(widths[index], display_width(row[index])));
    }
  }
  return widths;
}

std::string row_line(const Row& row, const std::array<std::size_t, 4>& widths, std::size_t columns) {
  std::string line;
  std::size_t used = 0;
  for (std::size_t index = 0; index < widths.size(); ++index) {
    if (widths[index] == 0) continue;
    line += pad_to_width(cut_to_width(row[index], widths[index]), widths[index] + gap);
    used += widths[index] + gap;
  }
  line += cut_to_width(row.back(), columns - used);
  line.erase(line.find_last_not_of(' ') + 1);
  return line + "\n";
}

class TextSink final : public ByteSink {
 public:
  void take(std::string_view bytes) override { text.append(bytes); }
  std::string text;
};

std::string neutralised(std::string_view text, dialect::DialectKind kind) {
  TextSink sink;
  dialect::Neutraliser neutraliser({.kind = kind});
  neutraliser.feed(text, sink);
  neutraliser.flush(sink);
  return std::move(sink.text);
}

}  // namespace

std::string terminal_table(const run::RunRecord& record, const mask::MaskTable& mask, TableOptions options) {
  const std::size_t columns = std::max(options.columns, least_columns);
  const SummaryRows shown = summary_rows(record, mask);
  std::vector<Row> rows{{"workflow", "job", "steps", "time", "result"}};
  const bool has_jobs =
      std::any_of(shown.jobs.begin(), shown.jobs.end(), [](const JobRow& row) { return !row.job.empty(); });
  if (!has_jobs) rows.front()[1].clear();
  for (const JobRow& job : shown.jobs) rows.push_back({job.workflow, job.job, job.steps, job.time, result_text(job)});
  const auto widths = column_widths(rows);

  std::string text = "\n";
  if (!shown.jobs.empty()) {
    for (const Row& row : rows) text += row_line(row, widths, columns);
  }
  for (const JobRow& job : shown.jobs) {
    if (job.leftovers.empty()) continue;
    const std::string name = job.job.empty() ? job.workflow : job.workflow + ", job " + job.job;
    text += cut_to_width("left over by " + name + ", ended: " + job.leftovers, columns) + "\n";
  }
  for (const std::string& remark : shown.remarks) text += remark + "\n";
  text += shown.headline + "; " + shown.processes_left + "\n";
  return neutralised(text, options.kind);
}

}  // namespace lifecycle::summary
