#include "agent/plan/workflow_selection.h"

#include <algorithm>

#include "agent/base/nearest_name.h"
#include "agent/plan/unmatched.h"
#include "agent/plan/workflow_name.h"
#include "agent/trigger/trigger_match.h"

namespace lifecycle::plan {
namespace {

/// Services start before all others, whatever file they are in: the others may need them.
void put_services_first(std::vector<Selected>& selected) {
  std::vector<Selected> ordered;
  ordered.reserve(selected.size());
  for (const bool services : {true, false}) {
    for (Selected& one : selected) {
      if ((one.workflow->kind == ops::WorkflowKind::service) == services) ordered.push_back(std::move(one));
    }
  }
  selected = std::move(ordered);
}

/// The first trigger that matches; nothing when none does.
const ops::PlacedTrigger* matching_trigger(const ops::Workflow& workflow, const event::Event& event) {
  const auto found = std::ranges::find_if(workflow.events, [&](const ops::PlacedTrigger& trigger) {
    return trigger::compare(trigger.parsed, event).matches();
  });
  return found == workflow.events.end() ? nullptr : &*found;
}

std::vector<Selected> workflows_named(std::string_view text, const std::vector<ops::OpsFile>& files) {
  const WorkflowName asked = read_workflow_name(text);
  std::vector<Selected> found;
  for (const ops::OpsFile& file : files) {
    for (const ops::Workflow& workflow : file.workflows) {
      if (!names(asked, file.path, workflow.kind, workflow.name, workflow.version)) continue;
      found.push_back({&file, &workflow, {}, {}, "asked for by name"});
    }
  }
  return found;
}

std::string print_name(const Selected& one) {
  return print_workflow_name(one.file->path, one.workflow->kind, one.workflow->name, one.workflow->version);
}

std::vector<WorkflowTitle> titles_of(const std::vector<ops::OpsFile>& files) {
  std::vector<WorkflowTitle> titles;
  for (const ops::OpsFile& file : files) {
    for (const ops::Workflow& workflow : file.workflows) {
      titles.push_back({file.path, workflow.kind, workflow.name, workflow.version});
    }
  }
  return titles;
}

std::string hint_for(const WorkflowName& asked, const std::vector<WorkflowTitle>& known) {
  if (known.empty()) return "the file has no workflows";
  const WorkflowName any_version{{}, {}, asked.name, {}};
  const auto same_name = std::ranges::find_if(
      known, [&](const WorkflowTitle& one) { return names(any_version, one.file, one.kind, one.name, one.version); });
  if (same_name != known.end()) {
    return "there is " + print_workflow_name(same_name->file, same_name->kind, same_name->name, same_name->version);
  }
  std::vector<std::string_view> all;
  all.reserve(known.size());
  for (const WorkflowTitle& one : known) all.push_back(one.name);
  if (const auto near = nearest_name(asked.name, all)) return "did you mean '" + std::string(*near) + "'?";
  std::string hint = "workflows are: ";
  for (std::size_t i = 0; i < all.size(); ++i) hint += (i == 0 ? "" : ", ") + std::string(all[i]);
  return hint;
}

Diagnostic ambiguous_name(const std::string& text, const std::vector<Selected>& found) {
  Diagnostic diagnostic{.code = "workflow-ambiguous"};
  diagnostic.message = "'" + text + "' names " + std::to_string(found.size()) + " workflows: ";
  for (std::size_t i = 0; i < found.size(); ++i) diagnostic.message += (i == 0 ? "" : ", ") + print_name(found[i]);
  diagnostic.hint = "give one of these names instead";
  return diagnostic;
}

}  // namespace

Diagnostic unknown_workflow(std::string_view asked, const std::vector<WorkflowTitle>& known) {
  return {.code = "workflow-unknown",
          .message = "no workflow is named '" + std::string(asked) + "'",
          .hint = hint_for(read_workflow_name(asked), known)};
}

Selection select_by_event(const event::Event& event, const std::vector<ops::OpsFile>& files) {
  Selection selection;
  for (const ops::OpsFile& file : files) {
    for (const ops::Workflow& workflow : file.workflows) {
      const ops::PlacedTrigger* trigger = matching_trigger(workflow, event);
      if (trigger == nullptr) {
        selection.unmatched.push_back(explain_unmatched(file, workflow, event));
        continue;
      }
      trigger::MatchOutcome outcome = trigger::match(trigger->parsed, event);
      selection.selected.push_back(
          {&file, &workflow, trigger->written.text, std::move(outcome.name), std::move(outcome.reason)});
    }
  }
  put_services_first(selection.selected);
  return selection;
}

Selection select_by_name(const std::vector<ops::OpsFile>& files, const PlanOptions& options) {
  Selection selection;
  for (const std::string& name : options.names) {
    const auto found = workflows_named(name, files);
    if (found.empty()) {
      selection.problems.push_back(unknown_workflow(name, titles_of(files)));
    } else if (found.size() > 1) {
      selection.problems.push_back(ambiguous_name(name, found));
    } else if (std::ranges::find(selection.selected, found.front().workflow, &Selected::workflow) ==
               selection.selected.end()) {
      selection.selected.push_back(found.front());
    }
  }
  put_services_first(selection.selected);
  return selection;
}

}  // namespace lifecycle::plan
