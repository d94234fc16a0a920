#include "executors/process/process_diagnostics.h"

namespace lifecycle::process {

std::vector<DiagnosticCode> process_diagnostic_codes() {
  return {exec_failed,   environment_too_large, workdir_unusable,
          launch_failed, ops_directory_missing, step_times_missing};
}

}  // namespace lifecycle::process
