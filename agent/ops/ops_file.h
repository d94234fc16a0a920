// ops.yml as a value: every workflow with the places of what it says (docs/ops-yml.md).
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "agent/base/result.h"
#include "agent/trigger/trigger.h"

namespace lifecycle::ops {

enum class WorkflowKind { command, pipeline, service, workflow };  // workflow: the legacy kind
[[nodiscard]] std::string_view print_kind(WorkflowKind kind);      // "command" …

/// A text with its place in the file.
struct PlacedText {
  std::string text;
  SourcePlace place;
};

/// A trigger as written; `parsed` is what it means.
struct PlacedTrigger {
  trigger::Trigger parsed;
  PlacedText written;
};

/// `env` of a workflow or job in either shape: the map static/secrets/configs, or the list K=V, K=$K, K.
struct EnvironmentDeclaration {
  struct Static {
    std::string name;
    std::string value;
    SourcePlace place;
  };
  struct Host {  // list form: the host's variable of the same name, else `fallback` (unset for K=$K and bare K)
    std::string name;
    std::optional<std::string> fallback;
    SourcePlace place;
  };
  std::vector<Static> statics;
  std::vector<PlacedText> secrets;
  std::vector<PlacedText> configs;
  std::vector<Host> hosts;
};

enum class WorkdirKind { unset, empty, workspace, path };
struct Workdir {
  WorkdirKind kind = WorkdirKind::unset;
  std::string path;  // relative to the workspace, for kind path
  SourcePlace place;
};

enum class ExecutorChoice { unset, process, container };

struct PortMapping {
  std::string host;  // empty: not given
  int container = 0;
  SourcePlace place;
};

struct Job {
  std::string name;
  std::string description;
  SourcePlace place;
  std::vector<PlacedText> steps;  // a null step is an empty text
  std::vector<std::string> packages;
  EnvironmentDeclaration env;
  Workdir workdir;
  ExecutorChoice executor = ExecutorChoice::unset;
};

struct Workflow {
  WorkflowKind kind = WorkflowKind::command;
  std::string name;     // without the version
  std::string version;  // as written, or 0.1.0 where the platform assumes it; may be empty
  std::string description;
  SourcePlace place;  // of the name
  std::vector<PlacedTrigger> events;
  EnvironmentDeclaration env;
  std::vector<Job> jobs;          // pipeline
  std::vector<PlacedText> steps;  // legacy workflow
  PlacedText run;                 // command, service
  std::vector<PortMapping> ports;
  std::vector<std::string> trigger;  // service: build, publish, start
  std::string health;                // service: HTTP path to probe
  std::string environment;           // its runs are deployments there
  std::string domain;
  Workdir workdir;
  ExecutorChoice executor = ExecutorChoice::unset;
  std::vector<std::string>
      ignored_keys;  // keys without meaning in the process executor that are set (bind, mountCwd …)
};

struct OpsFile {
  std::string path;                 // as the user wrote it
  std::string version;              // of the syntax
  std::vector<Workflow> workflows;  // services first, then file order
};

/// All that `check` has to say of a text, and what could be read of it.
struct OpsReading {
  std::optional<OpsFile> file;          // absent when an error was found
  std::vector<Diagnostic> diagnostics;  // in file order
  [[nodiscard]] bool has_errors() const;
};

/// Reads the text of an ops.yml. Pure; bounded time and memory for any input (depth 64, 100 000 nodes,
/// 4 MiB, aliases expanded at most to that many nodes). Every problem in one go; codes: ops_diagnostic_codes().
[[nodiscard]] OpsReading read_ops(std::string_view text, std::string_view path);

/// The table of this room's codes.
[[nodiscard]] std::vector<DiagnosticCode> ops_diagnostic_codes();

}  // namespace lifecycle::ops
