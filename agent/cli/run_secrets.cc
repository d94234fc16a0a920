#include "agent/cli/run_secrets.h"

#include <set>
#include <string_view>

#include "agent/cli/reporting_settings.h"

namespace lifecycle::cli {

Result<void> add_run_secrets(const Call& call, const ReadyPlan& ready, mask::MaskTable& mask) {
  mask_token(call, mask);
  std::set<std::string_view> added;
  for (const plan::WorkflowRun& planned : ready.plan.matched) {
    for (const plan::PlannedJob& job : planned.jobs) {
      for (const plan::EnvEntry& entry : job.env) {
        if (!entry.is_masked() || !added.insert(entry.name).second) continue;
        const auto value = ready.secrets.find(entry.name);
        if (!value) continue;  // the run says so before anything starts
        const auto refused = mask.add(entry.name, *value, mask::SecretOrigin::declared);
        if (!refused) continue;
        if (refused->severity == Severity::error) return fail(*refused);
        call.output.say(*refused);
      }
    }
  }
  return {};
}

}  // namespace lifecycle::cli
