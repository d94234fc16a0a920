#include "agent/cli/run_results.h"

#include <csignal>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <system_error>

#include "adapters/ci/ci_table.h"
#include "agent/cli/json_text.h"
#include "agent/cli/reporting_settings.h"
#include "agent/os/files.h"
#include "agent/summary/markdown_summary.h"
#include "agent/summary/run_outputs.h"

namespace lifecycle::cli {
namespace {

void warn(const Call& call, Diagnostic error) {
  error.severity = Severity::warning;
  call.output.say(error);
}

/// Several agents in one step share the file, and GitHub drops all of it above the limit.
void write_summary(const Call& call, const std::string& path, const run::RunRecord& record,
                   const mask::MaskTable& mask) {
  std::error_code absent;
  const auto size = std::filesystem::file_size(path, absent);
  const std::size_t used = absent ? 0 : static_cast<std::size_t>(size);
  if (used >= summary::summary_limit) return;
  const std::string text = summary::markdown_summary(record, mask, summary::summary_limit - used);
  if (const auto written = os::append_file(path, text); !written) warn(call, written.error());
}

void write_ci_outputs(const Call& call, const run::RunRecord& record, const mask::MaskTable& mask,
                      const dialect::Dialect& dialect) {
  if (dialect.kind() != dialect::DialectKind::actions) return;
  const auto path = call.environment.get("GITHUB_OUTPUT");
  if (path.empty()) return;
  const auto text = summary::outputs_text(summary::run_outputs(record, mask), dialect, summary::random_token);
  if (!text) return;
  if (const auto written = os::append_file(std::string(path), *text); !written) warn(call, written.error());
}

}  // namespace

void write_ci_files(const Call& call, const run::RunRecord& record, const mask::MaskTable& mask,
                    const dialect::Dialect& dialect) {
  if (dialect.kind() != dialect::DialectKind::actions) return;
  if (const auto path = call.environment.get("GITHUB_STEP_SUMMARY"); !path.empty()) {
    write_summary(call, std::string(path), record, mask);
  }
  write_ci_outputs(call, record, mask, dialect);
}

void write_outputs_without_run(const Call& call, ExitCode code) {
  const auto recognised = ci::recognise(call.environment, call.settings.text("ci"));
  if (!recognised) return;
  mask::MaskTable mask;
  mask_token(call, mask);
  run::RunRecord no_run;
  no_run.result =
      code == ExitCode::success || code == ExitCode::no_match ? run::RunResult::skipped : run::RunResult::error;
  write_ci_outputs(call, no_run, mask, dialect::dialect_of(recognised->row->name));
}

Result<void> write_record(const Call& call, const run::RunRecord& record) {
  const std::string path = call.settings.text("result");
  if (path.empty()) return {};
  return os::write_file(path, json_text(run::to_json(record)));
}

ExitCode exit_code_of(const run::RunRecord& record) {
  switch (record.result) {
    case run::RunResult::success:
    case run::RunResult::skipped:
      return ExitCode::success;
    case run::RunResult::failure:
      return ExitCode::workflow_failed;
    case run::RunResult::error:
      return ExitCode::environment;
    case run::RunResult::cancelled:
      return record.signal == SIGINT ? ExitCode::interrupted : ExitCode::terminated;
  }
  return ExitCode::environment;
}

}  // namespace lifecycle::cli
