// `env` in its two shapes: the map {static, secrets, configs} and the list of 2019 with K=V, K=$K, K.
#pragma once

#include "agent/ops/findings.h"
#include "agent/ops/ops_checks.h"
#include "agent/ops/ops_file.h"
#include "agent/ops/yaml_tree.h"

namespace lifecycle::ops {

/// `env` of the workflow or job `owner`; the shape of the value has been checked.
[[nodiscard]] EnvironmentDeclaration read_environment(const YamlNode& env, const Owner& owner, const SourceText& source,
                                                      Findings& findings);

}  // namespace lifecycle::ops
