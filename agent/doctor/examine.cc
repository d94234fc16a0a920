#include "agent/doctor/examine.h"

#include "agent/doctor/delivery_findings.h"
#include "agent/doctor/event_findings.h"
#include "agent/doctor/workflow_findings.h"

namespace lifecycle::doctor {

std::string_view print_state(State state) {
  switch (state) {
    case State::fine:
      return "fine";
    case State::note:
      return "note";
    case State::problem:
      return "problem";
  }
  return {};
}

std::vector<Finding> examine(const World& world) {
  std::vector<Finding> findings;
  add_event_findings(world, findings);
  add_workflow_findings(world, findings);
  add_delivery_findings(world, findings);
  return findings;
}

}  // namespace lifecycle::doctor
