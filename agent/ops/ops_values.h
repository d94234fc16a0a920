// Values of an ops.yml that have a grammar of their own: names, ports, triggers, directories.
#pragma once

#include <string>
#include <vector>

#include "agent/ops/findings.h"
#include "agent/ops/ops_checks.h"
#include "agent/ops/ops_file.h"
#include "agent/ops/yaml_tree.h"

namespace lifecycle::ops {

/// Each reads the value of one key, which may be absent, reports what is wrong with it and returns what
/// could be read. The names of workflows and jobs in messages come from `owner`.

/// Name and version out of `name: NAME:VERSION` and the key `version`; where neither has a version: 0.1.0 for
/// commands and legacy workflows, as on the platform, and none for the others.
void read_workflow_name(const Fields& fields, const Owner& owner, const SourceText& source, Findings& findings,
                        Workflow& workflow);
[[nodiscard]] std::string read_job_name(const YamlNode* name, Findings& findings);
[[nodiscard]] std::vector<PlacedTrigger> read_triggers(const YamlNode* events, const SourceText& source,
                                                       Findings& findings);
[[nodiscard]] std::vector<PortMapping> read_ports(const YamlNode* ports, const Owner& owner, const SourceText& source,
                                                  Findings& findings);
[[nodiscard]] Workdir read_workdir(const YamlNode* workdir, const Owner& owner, const SourceText& source,
                                   Findings& findings);
[[nodiscard]] ExecutorChoice read_executor(const YamlNode* executor, const Owner& owner, Findings& findings);
[[nodiscard]] std::string read_url_path(const YamlNode* path, const Owner& owner, Findings& findings);
/// The filled texts of a list.
[[nodiscard]] std::vector<std::string> read_words(const YamlNode* list);

}  // namespace lifecycle::ops
