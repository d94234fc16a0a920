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
    if (finding.blame == doctor::Blame::nobody) continue;
    code = stronger(code, finding.blame == doctor::Blame::machine ? ExitCode::environment : ExitCode::usage);
  }
  return code;
}

std::string summary_text(const std::vector<doctor::Finding>& findings) {
  int stopping = 0;
  int others = 0;
  for (const doctor::Finding& finding : findings) {
    if (finding.blame != doctor::Blame::nobody) {
      ++stopping;
    } else if (finding.state == doctor::State::problem) {
      ++others;
    }
  }
  std::string text = "nothing stands in the way of a run";
  if (stopping > 0) {
    text = std::to_string(stopping) + (stopping == 1 ? " problem stands" : " problems stand") + " in the way of a run";
  }
  return text + (others > 0 ? ", but insights events would not arrive\n" : "\n");
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
