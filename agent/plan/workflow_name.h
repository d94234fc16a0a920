// How a workflow is named on the command line and in messages: [FILE#][KIND/]NAME[:VERSION].
#pragma once

#include <string>
#include <string_view>

#include "agent/ops/ops_file.h"

namespace lifecycle::plan {

struct WorkflowName {
  std::string file;  // empty: any
  std::string kind;  // empty: any
  std::string name;
  std::string version;  // empty: any
};

[[nodiscard]] WorkflowName read_workflow_name(std::string_view text);

/// Whether the name as asked for is that of a workflow; without a version any version is.
[[nodiscard]] bool names(const WorkflowName& asked, std::string_view file, ops::WorkflowKind kind,
                         std::string_view name, std::string_view version);

/// FILE#KIND/NAME, with `:VERSION` where it is known: can be typed as it stands.
[[nodiscard]] std::string print_workflow_name(std::string_view file, ops::WorkflowKind kind, std::string_view name,
                                              std::string_view version);

}  // namespace lifecycle::plan
