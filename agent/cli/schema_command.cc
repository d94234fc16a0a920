#include "agent/cli/commands.h"
#include "agent/ops/ops_schema.h"

namespace lifecycle::cli {

ExitCode schema_command(const Call& call) {
  call.output.print(ops::ops_schema());
  return ExitCode::success;
}

}  // namespace lifecycle::cli
