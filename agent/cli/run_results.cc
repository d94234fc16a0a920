#include "agent/cli/run_results.h"

#include <csignal>
#include <nlohmann/json.hpp>

#include "agent/cli/json_text.h"
#include "agent/os/files.h"

namespace lifecycle::cli {
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
