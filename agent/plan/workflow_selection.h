// Which workflows are to run: by name, or by the event.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "agent/plan/plan.h"

namespace lifecycle::plan {

struct Selected {
  const ops::OpsFile* file = nullptr;
  const ops::Workflow* workflow = nullptr;
  std::string trigger;       // by event: the trigger's text
  std::string matched_name;  // by event: the event's name
  std::string reason;
};

struct Selection {
  std::vector<Selected> selected;  // services first, then in order of files and in them
  std::vector<Unmatched> unmatched;
  std::vector<Diagnostic> problems;
};

struct WorkflowTitle {
  std::string_view file;
  ops::WorkflowKind kind;
  std::string_view name;
  std::string_view version;
};

/// workflow-unknown: what the one who asked may have meant of the workflows that there are.
[[nodiscard]] Diagnostic unknown_workflow(std::string_view asked, const std::vector<WorkflowTitle>& known);

/// Every workflow with a trigger that matches, once; the others with the reason.
[[nodiscard]] Selection select_by_event(const event::Event& event, const std::vector<ops::OpsFile>& files);

/// The workflows that are named, each once, in the order of the names. Problems: workflow-unknown,
/// workflow-ambiguous, arguments-need-one-name.
[[nodiscard]] Selection select_by_name(const std::vector<ops::OpsFile>& files, const PlanOptions& options);

}  // namespace lifecycle::plan
