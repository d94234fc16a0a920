#include "agent/plan/workflow_name.h"

namespace lifecycle::plan {

WorkflowName read_workflow_name(std::string_view text) {
  WorkflowName name;
  // A path may hold anything, a workflow's name neither `#` nor `/` nor `:`, so the parts are taken from the right.
  if (const auto hash = text.rfind('#'); hash != std::string_view::npos) {
    name.file = text.substr(0, hash);
    text.remove_prefix(hash + 1);
  }
  if (const auto slash = text.find('/'); slash != std::string_view::npos) {
    name.kind = text.substr(0, slash);
    text.remove_prefix(slash + 1);
  }
  const auto colon = text.find(':');
  name.name = text.substr(0, colon);
  if (colon != std::string_view::npos) name.version = text.substr(colon + 1);
  return name;
}

bool names(const WorkflowName& asked, std::string_view file, ops::WorkflowKind kind, std::string_view name,
           std::string_view version) {
  if (!asked.file.empty() && asked.file != file) return false;
  if (!asked.kind.empty() && asked.kind != ops::print_kind(kind)) return false;
  return asked.name == name && (asked.version.empty() || asked.version == version);
}

std::string print_workflow_name(std::string_view file, ops::WorkflowKind kind, std::string_view name,
                                std::string_view version) {
  std::string text = std::string(file) + "#" + std::string(ops::print_kind(kind)) + "/" + std::string(name);
  if (!version.empty()) text += ":" + std::string(version);
  return text;
}

}  // namespace lifecycle::plan
