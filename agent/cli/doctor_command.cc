#include <nlohmann/json.hpp>

#include "agent/cli/commands.h"
#include "agent/cli/doctor_text.h"
#include "agent/cli/doctor_world.h"
#include "agent/cli/json_text.h"
#include "agent/doctor/examine.h"

namespace lifecycle::cli {
namespace {

/// What a run would end with for the same reason.
ExitCode verdict(const std::vector<doctor::Finding>& findings) {
  ExitCode code = ExitCode::success;
  for (const doctor::Finding& finding : findings) {
    if (finding.state != doctor::State::problem) continue;
    code = stronger(code, finding.blame == doctor::Blame::machine ? ExitCode::environment : ExitCode::usage);
  }
  return code;
}

std::string summary_text(const std::vector<doctor::Finding>& findings) {
  int problems = 0;
  for (const doctor::Finding& finding : findings) problems += finding.state == doctor::State::problem ? 1 : 0;
  if (problems == 0) return "nothing stands in the way of a run\n";
  return std::to_string(problems) + (problems == 1 ? " problem stands" : " problems stand") + " in the way of a run\n";
}

}  // namespace

ExitCode doctor_command(const Call& call) {
  const doctor::World world = look_around(call);
  const auto findings = doctor::examine(world);
  if (call.settings.is_on("json")) {
    call.output.print(json_text(doctor_json(world, findings, call.settings)));
    return verdict(findings);
  }
  call.output.print_words(findings_text(findings, call.output.paint()));
  call.output.print_words("\nsettings\n" + settings_text(call.settings) + "\n" + summary_text(findings));
  return verdict(findings);
}

}  // namespace lifecycle::cli
