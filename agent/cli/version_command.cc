#include <nlohmann/json.hpp>
#include <string>

#include "agent/cli/commands.h"
#include "agent/cli/program_version.h"

namespace lifecycle::cli {

ExitCode version_command(const Call& call) {
  const ProgramVersion& version = program_version();
  if (!call.settings.is_on("json")) {
    call.output.print("lifecycle-agent " + std::string(version.version) + " (" + std::string(version.commit) + ", " +
                      std::string(version.compiler) + ")\n");
    return ExitCode::success;
  }
  nlohmann::ordered_json document;
  document["schema"] = "lifecycle-agent/version/1";
  document["version"] = version.version;
  document["commit"] = version.commit;
  document["compiler"] = version.compiler;
  call.output.print(document.dump(2) + "\n");
  return ExitCode::success;
}

}  // namespace lifecycle::cli
