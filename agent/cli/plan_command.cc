#include <nlohmann/json.hpp>

#include "agent/cli/commands.h"
#include "agent/cli/gather.h"
#include "agent/cli/json_text.h"
#include "agent/cli/plan_secrets.h"
#include "agent/plan/plan_text.h"

namespace lifecycle::cli {

ExitCode plan_command(const Call& call) {
  const auto gathered = gather_plan(call, call.operands);
  if (!gathered) return fail_with_all(call, gathered.error());
  const plan::Plan& plan = gathered->plan;
  if (call.settings.is_on("json")) {
    call.output.print(json_text(plan::to_json(plan)));
    return ExitCode::success;
  }
  // A file may repeat a secret's value; the JSON form, which a run executes as it is, keeps it.
  mask::MaskTable mask;
  if (const auto added = add_plan_secrets(call, plan, gathered->secrets, mask); !added) {
    return call.fail_with(added.error());
  }
  const bool colours = call.output.paint() == Paint::colours;
  call.output.print_words(
      mask.mask_text(plan::print_plan(plan, colours ? plan::TextColour::ansi : plan::TextColour::plain)));
  say_ops_warnings(call, gathered->ops_warnings);
  return ExitCode::success;
}

}  // namespace lifecycle::cli
