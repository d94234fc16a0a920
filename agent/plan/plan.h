// The Plan: what an event would run, as data. What `plan --json` prints is what `run` executes.
#pragma once

#include <chrono>
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "agent/base/environment.h"
#include "agent/base/result.h"
#include "agent/event/lifecycle_event.h"
#include "agent/ops/ops_file.h"

namespace lifecycle::plan {

/// Where a variable of a job comes from (JSON: "event" "ci" "host" "static" "secret" "withheld" "config" "flag"
/// "default").
enum class EnvSource { event, ci, host, static_value, secret, withheld, config, flag, default_value };
[[nodiscard]] std::string_view print_source(EnvSource source);

/// How a value is known: literal ones stand in the plan, the others are filled in when the job starts.
enum class EnvValue { literal, secret, job_directory, run_id };

struct EnvEntry {
  std::string name;
  EnvSource source = EnvSource::default_value;
  EnvValue kind = EnvValue::literal;
  std::string value;     // of a literal; a withheld secret is the empty literal
  std::string provider;  // of a secret or config: the place where it was found
  /// Values of kind secret are masked, except those of configs, which are looked up alike but are no secrets.
  bool operator==(const EnvEntry&) const = default;
  [[nodiscard]] bool is_masked() const { return kind == EnvValue::secret && source != EnvSource::config; }
};

/// What a legacy workflow's step may hold, as the platform wrote it. Steps keep these texts in the plan; whoever
/// runs a step puts a directory of the run in the place of each.
inline constexpr std::string_view state_directory_mark = "{{OPS_STATE_DIR}}";
inline constexpr std::string_view config_directory_mark = "{{OPS_CONFIG_DIR}}";

/// A secret or config that no provider has: nothing starts.
struct MissingValue {
  std::string kind;  // "secret" or "config"
  std::string name;
  std::vector<std::string> asked;  // the places, in the order in which they were asked
};

struct PlannedWorkdir {
  ops::WorkdirKind kind = ops::WorkdirKind::empty;
  std::string path;    // absolute; empty for kind empty (made when the job starts)
  std::string reason;  // "pipeline jobs start in an empty directory, as on the platform" …
};

struct PlannedJob {
  std::string name;
  std::vector<std::string> steps;
  std::string script;             // pipeline: header and steps, as bash reads it; else empty
  std::vector<std::string> argv;  // command and service: bash -c 'RUN "$@"' NAME ARGS…; else empty
  bool shell_per_step = false;    // legacy workflow: each step its own shell, all run
  PlannedWorkdir workdir;
  std::vector<std::string> packages;
  std::vector<std::string> missing_packages;  // of those, what dpkg and PATH lack here (never installed)
  std::vector<EnvEntry> env;                  // sorted by name
  std::vector<MissingValue> missing;
  std::string executor = "process";
};

struct WorkflowRun {
  std::string workflow;  // name without version
  std::string version;
  ops::WorkflowKind kind = ops::WorkflowKind::pipeline;
  std::string file;
  int line = 0;
  std::string directory;     // absolute: the folder of the file
  std::string trigger;       // the text of the trigger that matched; empty for a run by name
  std::string matched_name;  // the event's name through which it matched
  std::string match_reason;  // in words
  std::string executor = "process";
  std::string skipped;  // why it is not run here; empty: it runs
  std::vector<PlannedJob> jobs;
  std::vector<std::string> notes;     // keys without meaning here, withheld secrets …
  std::vector<std::string> withheld;  // names of secrets withheld from a fork's change
  // services
  std::vector<ops::PortMapping> ports;
  std::vector<std::string> service_trigger;  // build, publish, start
  std::string health;
  // deployment
  std::string environment;
};

struct Unmatched {
  std::string workflow;
  std::string version;
  ops::WorkflowKind kind = ops::WorkflowKind::pipeline;
  std::string file;
  int line = 0;
  std::vector<std::string> triggers;  // as written
  std::vector<std::string>
      reasons;       // the first condition that failed, of the trigger that got furthest, with both values
  std::string edit;  // that trigger with the smallest edit that would match; empty: none would
};

struct Plan {
  event::Event event;
  std::vector<WorkflowRun> matched;
  std::vector<Unmatched> unmatched;
  std::vector<Diagnostic> problems;
  [[nodiscard]] bool has_errors() const;
};

/// Answers whether and where a secret or config is, without its value: keeps plan() free of secrets.
class SecretIndex {
 public:
  virtual ~SecretIndex() = default;
  [[nodiscard]] virtual std::optional<std::string> provider_of(std::string_view name) const = 0;
  [[nodiscard]] virtual std::vector<std::string> places() const = 0;
  /// Bytes of the value (for the limit of one variable); 0 when it is missing.
  [[nodiscard]] virtual std::size_t size_of(std::string_view name) const = 0;
  /// Why a place that seems to have it does not give it (`/run/secrets/X: permission denied`); empty: nothing to say.
  [[nodiscard]] virtual std::string trouble_with(std::string_view) const { return {}; }
};

/// Which of a job's packages are there: names that neither dpkg nor PATH know.
class PackageIndex {
 public:
  virtual ~PackageIndex() = default;
  [[nodiscard]] virtual bool has(std::string_view package) const = 0;
};

enum class ForkSecrets { withhold, allow, refuse_run };  // default, --allow-fork-secrets, --refuse-forks
enum class HomeChoice { job_directory, caller };         // --home caller

struct PlanOptions {
  std::string workspace;                                      // absolute
  std::string directory;                                      // absolute: what relative paths of files are
                                                              // relative to; empty: the workspace
  ops::Workdir workdir;                                       // --workdir, over every key
  ops::ExecutorChoice executor = ops::ExecutorChoice::unset;  // --executor
  std::vector<std::pair<std::string, std::string>> env;       // --env, over all
  std::vector<std::string> pass_env;                          // --pass-env
  ForkSecrets fork_secrets = ForkSecrets::withhold;
  HomeChoice home = HomeChoice::job_directory;
  std::vector<std::string> names;      // run by name: [FILE#][KIND/]NAME[:VERSION]; empty: by event
  std::vector<std::string> arguments;  // after `--`
  std::string environment;             // --environment: runs are deployments there
};

/// Event + files + environment + options → Plan. Pure. Problems (missing secrets, oversized variables, unknown
/// names, declared agent tokens) are in Plan::problems as Diagnostics; codes: plan_diagnostic_codes().
[[nodiscard]] Plan make_plan(const event::Event& event, const std::vector<ops::OpsFile>& files, const Environment& host,
                             const PlanOptions& options, const SecretIndex& secrets, const PackageIndex& packages);

/// lifecycle-agent/plan/1
[[nodiscard]] nlohmann::ordered_json to_json(const Plan& plan);
/// Errors: plan-json-invalid, naming the key.
[[nodiscard]] Result<Plan> plan_from_json(const nlohmann::ordered_json& json);

[[nodiscard]] std::vector<DiagnosticCode> plan_diagnostic_codes();

}  // namespace lifecycle::plan
