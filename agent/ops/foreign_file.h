// What a YAML file that is no ops.yml is instead: many tools call a file ops.yml, or are tried by mistake.
#pragma once

#include <optional>
#include <string>

#include "agent/ops/yaml_tree.h"

namespace lifecycle::ops {

/// `a compose file`, `an Ansible playbook` …; nothing when the document resembles no format that is known.
/// `root` may be absent or a scalar.
[[nodiscard]] std::optional<std::string> name_foreign_format(const YamlNode* root);

}  // namespace lifecycle::ops
