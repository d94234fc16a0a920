#include "agent/cli/plan_secrets.h"

#include <set>
#include <string_view>

namespace lifecycle::cli {

Result<std::vector<dialect::SecretValue>> add_plan_secrets(const Call& call, const plan::Plan& plan,
                                                           const secrets::SecretStore& secrets, mask::MaskTable& mask) {
  std::set<std::string_view> added;
  std::vector<dialect::SecretValue> masked;
  for (const plan::WorkflowRun& planned : plan.matched) {
    for (const plan::PlannedJob& job : planned.jobs) {
      for (const plan::EnvEntry& entry : job.env) {
        if (!entry.is_masked() || !added.insert(entry.name).second) continue;
        const auto value = secrets.find(entry.name);
        if (!value) continue;  // the run says so before anything starts
        const auto refused = mask.add(entry.name, *value, mask::SecretOrigin::declared);
        if (!refused) {
          masked.push_back({entry.name, *value});
          continue;
        }
        if (refused->severity == Severity::error) return fail(*refused);
        call.output.say(*refused);
      }
    }
  }
  return masked;
}

}  // namespace lifecycle::cli
