#include "agent/plan/job_environment.h"

#include <algorithm>
#include <set>
#include <string_view>

#include "agent/base/system_limits.h"
#include "agent/plan/event_variables.h"
#include "agent/plan/reserved_variables.h"

namespace lifecycle::plan {
namespace {

/// Marks every process of a run, so that strays are found; no file may take it away.
constexpr std::string_view run_marker = "LIFECYCLE_AGENT_RUN";

void put(std::vector<EnvEntry>& entries, EnvEntry entry) {
  const auto at = std::ranges::lower_bound(entries, entry.name, {}, &EnvEntry::name);
  if (at != entries.end() && at->name == entry.name) {
    *at = std::move(entry);
  } else {
    entries.insert(at, std::move(entry));
  }
}

EnvEntry literal(std::string_view name, EnvSource source, std::string_view value) {
  return {std::string(name), source, EnvValue::literal, std::string(value), {}};
}

EnvEntry looked_up(std::string_view name, EnvSource source, std::string provider) {
  return {std::string(name), source, EnvValue::secret, {}, std::move(provider)};
}

Diagnostic reserved(std::string_view name, const SourcePlace& place, std::string_view by) {
  Diagnostic diagnostic{.code = "plan-variable-reserved", .place = place};
  const std::string quoted = "'" + std::string(name) + "'";
  if (is_own_token(name)) {
    diagnostic.message =
        quoted + std::string(by) + " is a credential of the agent itself and never given to a workflow";
    diagnostic.hint = "give the workflow a token of its own under another name";
  } else if (is_kept_back(name)) {
    diagnostic.message = quoted + std::string(by) + " belongs to the CI's step and is never given to a workflow";
    diagnostic.hint = "give the value under another name";
  } else {
    diagnostic.message = quoted + std::string(by) + " is a token, which is given to declared secrets only";
    diagnostic.hint = "name it under env.secrets of the workflow";
  }
  return diagnostic;
}

/// Proxies are the usual place of an address with a password: such a value is looked up at the start, like a
/// secret, and so stands in no plan.
EnvEntry passed_on(std::string_view name, std::string_view value) {
  const EnvSource source = tells_of_ci(name) ? EnvSource::ci : EnvSource::host;
  if (holds_password(value)) return looked_up(name, source, "environment");
  return literal(name, source, value);
}

void pass_named(SharedEnvironment& shared, const Environment& host, const PlanOptions& options,
                const SecretIndex& secrets) {
  for (const std::string& name : options.pass_env) {
    if (is_kept_back(name) || is_token(name)) {
      shared.diagnostics.push_back(reserved(name, {}, " of --pass-env"));
      continue;
    }
    const auto value = host.find(name);
    if (!value) continue;
    if (!is_telling(name) || is_passed_on(name)) {
      put(shared.entries, passed_on(name, *value));
    } else if (shared.withholds_secrets) {
      put(shared.entries, literal(name, EnvSource::withheld, ""));
      shared.withheld.insert(name);
    } else if (auto provider = secrets.provider_of(name)) {
      put(shared.entries, looked_up(name, EnvSource::secret, *std::move(provider)));
    }
  }
}

/// The environment while it is put together: a later layer also takes back what an earlier one misses.
class Builder {
 public:
  explicit Builder(const JobEnvironmentInput& input) : input_(input) {
    note_secrets(input.workflow.env);
    for (const ops::Job& job : input.workflow.jobs) note_secrets(job.env);
    made_.entries = input.shared.entries;
    made_.withheld = input.shared.withheld;
  }

  void set(EnvEntry entry) {
    std::erase_if(missing_, [&](const Missing& missing) { return missing.name == entry.name; });
    made_.withheld.erase(entry.name);
    put(made_.entries, std::move(entry));
  }

  void add_level(const ops::EnvironmentDeclaration& declared) {
    for (const auto& entry : declared.hosts) add_host(entry);
    for (const auto& entry : declared.statics) add_static(entry);
    for (const auto& entry : declared.configs)
      add_looked_up(entry, is_token(entry.text) || is_declared_secret(entry.text));
    for (const auto& entry : declared.secrets) add_looked_up(entry, true);
  }

  JobEnvironment take() {
    for (const EnvEntry& entry : made_.entries) check_size(entry);
    for (Missing& missing : missing_) report(missing);
    return std::move(made_);
  }

 private:
  struct Missing {
    std::string kind;
    std::string name;
    SourcePlace place;
  };

  /// What a workflow names as a secret in one place is none of its plain values in another.
  void note_secrets(const ops::EnvironmentDeclaration& declared) {
    for (const ops::PlacedText& key : declared.secrets) secret_names_.insert(key.text);
  }
  [[nodiscard]] bool is_declared_secret(std::string_view name) const { return secret_names_.contains(name); }

  /// True when it may not be declared; the error is said then. A static value of a file may have any name but
  /// those of the agent's own credentials: it does not come from the CI.
  bool refuse(std::string_view name, const SourcePlace& place, bool looked_up) {
    if (!is_own_token(name) && !(looked_up && is_kept_back(name))) return false;
    made_.diagnostics.push_back(reserved(name, place, ", declared by '" + input_.workflow.name + "',"));
    return true;
  }

  void add_static(const ops::EnvironmentDeclaration::Static& entry) {
    if (refuse(entry.name, entry.place, false)) return;
    if (entry.value.find('\0') != std::string::npos) {
      made_.diagnostics.push_back({.code = "plan-variable-nul",
                                   .place = entry.place,
                                   .message = "the value of '" + entry.name + "' holds a NUL, which no variable can"});
      return;
    }
    set(literal(entry.name, EnvSource::static_value, entry.value));
  }

  /// List form: the host's variable of the same name wins; `K=$K` without one is unset.
  void add_host(const ops::EnvironmentDeclaration::Host& entry) {
    if (refuse(entry.name, entry.place, false)) return;
    if (is_kept_back(entry.name)) {
      made_.notes.push_back("'" + entry.name + "' belongs to the CI's step; its value is not passed on");
    } else if (is_declared_secret(entry.name) || (is_telling(entry.name) && !is_passed_on(entry.name))) {
      if (set_secret(entry.name)) return;
    } else if (const auto value = input_.host.find(entry.name)) {
      EnvEntry passed = passed_on(entry.name, *value);
      passed.source = EnvSource::host;
      set(std::move(passed));
      return;
    }
    if (entry.fallback) set(literal(entry.name, EnvSource::static_value, *entry.fallback));
  }

  /// False when no place has it.
  bool set_secret(const std::string& name) {
    auto provider = input_.secrets.provider_of(name);
    if (!provider) return false;
    if (input_.shared.withholds_secrets) {
      withhold(name);
    } else {
      set(looked_up(name, EnvSource::secret, *std::move(provider)));
    }
    return true;
  }

  void withhold(const std::string& name) {
    set(literal(name, EnvSource::withheld, ""));
    made_.withheld.insert(name);
  }

  void add_looked_up(const ops::PlacedText& key, bool secret) {
    if (refuse(key.text, key.place, true)) return;
    if (secret && input_.shared.withholds_secrets) {
      withhold(key.text);
    } else if (auto provider = input_.secrets.provider_of(key.text)) {
      set(looked_up(key.text, secret ? EnvSource::secret : EnvSource::config, *std::move(provider)));
    } else {
      std::erase_if(made_.entries, [&](const EnvEntry& entry) { return entry.name == key.text; });
      missing_.push_back({secret ? "secret" : "config", key.text, key.place});
    }
  }

  void check_size(const EnvEntry& entry) {
    const bool hidden = entry.kind == EnvValue::secret;
    const std::size_t size = entry.name.size() + 1 + (hidden ? input_.secrets.size_of(entry.name) : entry.value.size());
    if (size <= longest_exec_string) return;
    made_.diagnostics.push_back({.code = "plan-variable-too-large",
                                 .place = input_.workflow.place,
                                 .message = "variable '" + entry.name + "' of '" + input_.workflow.name + "' has " +
                                            std::to_string(size) + " bytes; Linux allows " +
                                            std::to_string(longest_exec_string) + " for NAME=value",
                                 .hint = "put the value into a file and give its path"});
  }

  void report(Missing& missing) {
    made_.diagnostics.push_back(value_missing({.kind = missing.kind,
                                               .name = missing.name,
                                               .workflow_kind = input_.workflow.kind,
                                               .workflow = input_.workflow.name,
                                               .place = missing.place},
                                              input_.secrets));
    made_.missing.push_back({std::move(missing.kind), std::move(missing.name), input_.secrets.places()});
  }

  const JobEnvironmentInput& input_;
  JobEnvironment made_;
  std::vector<Missing> missing_;
  std::set<std::string_view> secret_names_;
};

void add_run_facts(Builder& builder, const JobEnvironmentInput& input, std::string_view job_name) {
  builder.set(literal("LIFECYCLE_WORKFLOW", EnvSource::default_value, input.workflow.name));
  builder.set(literal("LIFECYCLE_JOB", EnvSource::default_value, job_name));
  builder.set({"LIFECYCLE_RUN_ID", EnvSource::default_value, EnvValue::run_id, {}, {}});
  if (!input.home_is_job_directory || input.options.home == HomeChoice::caller) return;
  builder.set({"HOME", EnvSource::default_value, EnvValue::job_directory, {}, {}});
}

}  // namespace

Diagnostic value_missing(const WantedValue& wanted, const SecretIndex& secrets) {
  std::string asked;
  for (const std::string& place : secrets.places()) asked += (asked.empty() ? "" : ", ") + place;
  const std::string trouble = secrets.trouble_with(wanted.name);
  return {
      .code = wanted.kind == "secret" ? "secret-missing" : "config-missing",
      .place = wanted.place,
      .message = std::string(wanted.kind) + " '" + std::string(wanted.name) + "' of " +
                 std::string(ops::print_kind(wanted.workflow_kind)) + " '" + std::string(wanted.workflow) +
                 "' was not found" + (trouble.empty() ? "" : " (" + trouble + ")"),
      .hint = "asked: " + asked + "; add it to one of them, or name another place with --secrets-dir or --env-file"};
}

SharedEnvironment shared_environment(const event::Event& event, const Environment& host, const PlanOptions& options,
                                     const SecretIndex& secrets) {
  SharedEnvironment shared;
  shared.withholds_secrets = options.fork_secrets == ForkSecrets::withhold && event::is_from_fork(event);
  put(shared.entries, literal("TERM", EnvSource::default_value, "dumb"));
  for (const auto& [name, value] : host.all()) {
    if (is_passed_on(name)) put(shared.entries, passed_on(name, value));
  }
  pass_named(shared, host, options, secrets);
  put(shared.entries, literal("PYTHONUNBUFFERED", EnvSource::default_value, "1"));
  EventVariables facts = event_variables(event);
  for (EnvEntry& entry : facts.entries) put(shared.entries, std::move(entry));
  std::ranges::move(facts.diagnostics, std::back_inserter(shared.diagnostics));
  for (const auto& [name, value] : options.env) {
    if (is_own_token(name)) shared.diagnostics.push_back(reserved(name, {}, " of --env"));
  }
  return shared;
}

JobEnvironment job_environment(const JobEnvironmentInput& input, std::string_view job_name) {
  Builder builder(input);
  add_run_facts(builder, input, job_name);
  builder.add_level(input.workflow.env);
  if (input.job != nullptr) builder.add_level(*input.job);
  for (const auto& [name, value] : input.options.env) {
    if (!is_own_token(name)) builder.set(literal(name, EnvSource::flag, value));
  }
  builder.set({std::string(run_marker), EnvSource::default_value, EnvValue::run_id, {}, {}});
  return builder.take();
}

}  // namespace lifecycle::plan
