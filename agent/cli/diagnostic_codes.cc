#include "agent/cli/diagnostic_codes.h"

#include "adapters/ci/ci_table.h"
#include "adapters/forge/github_payload.h"
#include "agent/cli/command_line.h"
#include "agent/cli/commands.h"
#include "agent/cli/completion_script.h"
#include "agent/cli/gather.h"
#include "agent/cli/kept_outputs.h"
#include "agent/cli/native_actions.h"
#include "agent/cli/native_output.h"
#include "agent/cli/ops_files.h"
#include "agent/cli/program.h"
#include "agent/cli/run_workflows.h"
#include "agent/cli/settings.h"
#include "agent/event/event_json.h"
#include "agent/http/http_client.h"
#include "agent/mask/mask_table.h"
#include "agent/ops/ops_file.h"
#include "agent/os/files.h"
#include "agent/plan/plan.h"
#include "agent/report/report_diagnostics.h"
#include "agent/run/plan_run.h"
#include "agent/secrets/secret_store.h"
#include "agent/trigger/trigger.h"
#include "executors/process/process_diagnostics.h"

namespace lifecycle::cli {
namespace {

std::vector<DiagnosticCode> own_codes() {
  std::vector<DiagnosticCode> codes;
  for (const auto& part :
       {command_line_diagnostic_codes(), settings_diagnostic_codes(), completion_diagnostic_codes(),
        program_diagnostic_codes(), ops_files_diagnostic_codes(), gather_diagnostic_codes(), init_diagnostic_codes(),
        run_command_diagnostic_codes(), run_workflows_diagnostic_codes(), native_output_diagnostic_codes(),
        native_actions_diagnostic_codes(), kept_outputs_diagnostic_codes()}) {
    codes.insert(codes.end(), part.begin(), part.end());
  }
  return codes;
}

}  // namespace

std::vector<RoomCodes> all_diagnostic_codes() {
  return {{"Command line", own_codes()},
          {"Files", os::os_diagnostic_codes()},
          {"Event", event::event_diagnostic_codes()},
          {"CI", ci::ci_diagnostic_codes()},
          {"Payload", forge::forge_diagnostic_codes()},
          {"Triggers", trigger::trigger_diagnostic_codes()},
          {"ops.yml", ops::ops_diagnostic_codes()},
          {"Plan", plan::plan_diagnostic_codes()},
          {"Secrets", secrets::secrets_diagnostic_codes()},
          {"Masking", mask::mask_diagnostic_codes()},
          {"Run", run::run_diagnostic_codes()},
          {"Process executor", process::process_diagnostic_codes()},
          {"HTTP", http::http_diagnostic_codes()},
          {"Report", report::report_diagnostic_codes()}};
}

std::optional<DiagnosticCode> find_diagnostic_code(std::string_view code) {
  for (const RoomCodes& room : all_diagnostic_codes()) {
    for (const DiagnosticCode& entry : room.codes) {
      if (entry.code == code) return entry;
    }
  }
  return std::nullopt;
}

}  // namespace lifecycle::cli
