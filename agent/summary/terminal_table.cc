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

std::array<std::size_t, 4> column_widths(const std::vector<Row>& rows) {
  std::array<std::size_t, 4> widths{};
  for (const Row& row : rows) {
    for (std::size_t index = 0; index < widths.size(); ++index) {
      widths[index] = std::min(widest[index], std::max(widths[index], display_width(row[index])));
    }
  }
  return widths;
}

std::size_t room_for_result(const std::array<std::size_t, 4>& widths, std::size_t columns) {
  std::size_t used = 0;
  for (const std::size_t width : widths) used += width == 0 ? 0 : width + gap;
  return columns - used;
}

std::string row_line(const Row& row, const std::array<std::size_t, 4>& widths, std::size_t columns) {
  std::string line;
  for (std::size_t index = 0; index < widths.size(); ++index) {
    if (widths[index] != 0) line += pad_to_width(cut_to_width(row[index], widths[index]), widths[index] + gap);
  }
  line += cut_to_width(row.back(), room_for_result(widths, columns));
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
  for (const JobRow& job : shown.jobs) rows.push_back({job.workflow, job.job, job.steps, job.time, outcome_text(job)});
  const auto widths = column_widths(rows);
  const std::size_t room = room_for_result(widths, columns);

  std::string text = "\n";
  std::string below;
  for (std::size_t index = 0; index < shown.jobs.size(); ++index) {
    const JobRow& job = shown.jobs[index];
    std::string& outcome = rows[index + 1].back();
    if (display_width(outcome) > room) {
      // Why a job failed is what a reader came for: where the column is too narrow it gets a line of its own.
      below += full_name(job) + ": " + outcome + "\n";
      outcome = job.result;
    }
    if (!job.leftovers.empty()) below += full_name(job) + " left over, ended: " + job.leftovers + "\n";
  }
  if (!shown.jobs.empty()) {
    for (const Row& row : rows) text += row_line(row, widths, columns);
  }
  text += below;
  for (const std::string& remark : shown.remarks) text += remark + "\n";
  text += shown.headline + "; " + shown.processes_left + "\n";
  return neutralised(text, options.kind);
}

}  // namespace lifecycle::summary
