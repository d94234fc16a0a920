#include <algorithm>
#include <nlohmann/json.hpp>

#include "agent/cli/commands.h"
#include "agent/cli/gather.h"
#include "agent/cli/json_text.h"
#include "agent/cli/plan_secrets.h"
#include "agent/plan/plan_text.h"
#include "agent/plan/workflow_name.h"
#include "agent/plan/workflow_selection.h"

namespace lifecycle::cli {
namespace {

/// The plan without all other workflows: `why --json` says the same as `plan --json`, of one.
plan::Plan only(plan::Plan plan, std::string_view workflow) {
  const plan::WorkflowName asked = plan::read_workflow_name(workflow);
  const auto is_other = [&](const auto& one) {
    return !plan::names(asked, one.file, one.kind, one.workflow, one.version);
  };
  std::erase_if(plan.matched, is_other);
  std::erase_if(plan.unmatched, is_other);
  return plan;
}

Diagnostic with_hint(const Diagnostic& error, const plan::Plan& plan, std::string_view workflow) {
  if (error.code != "workflow-unknown") return error;
  std::vector<plan::WorkflowTitle> known;
  const auto add = [&](const auto& one) { known.push_back({one.file, one.kind, one.workflow, one.version}); };
  std::ranges::for_each(plan.matched, add);
  std::ranges::for_each(plan.unmatched, add);
  return plan::unknown_workflow(workflow, known);
}

}  // namespace

ExitCode why_command(const Call& call) {
  auto gathered = gather_plan(call, {});
  if (!gathered) return fail_with_all(call, gathered.error());
  const bool colours = call.output.paint() == Paint::colours;
  const std::string& workflow = call.operands.front();
  mask::MaskTable mask;
  if (const auto added = add_plan_secrets(call, gathered->plan, gathered->secrets, mask); !added) {
    return call.fail_with(added.error());
  }
  const auto text =
      plan::print_why(gathered->plan, workflow, colours ? plan::TextColour::ansi : plan::TextColour::plain);
  if (!text) return call.fail_with(with_hint(text.error(), gathered->plan, workflow));
  if (call.settings.is_on("json")) {
    call.output.print(json_text(plan::to_json(only(std::move(gathered->plan), workflow))));
  } else {
    call.output.print_words(mask.mask_text(*text));
  }
  return ExitCode::success;
}

}  // namespace lifecycle::cli
