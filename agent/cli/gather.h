// Reads the world for a command: the event of the CI, flags and checkout; ops.yml; secrets; and the plan of it all.
#pragma once

#include <string>
#include <vector>

#include "adapters/ci/read_event.h"
#include "agent/cli/call.h"
#include "agent/plan/plan.h"
#include "agent/secrets/secret_store.h"

namespace lifecycle::cli {

/// What is made of a checkout when nothing tells the cause of the run.
enum class NoCause { claim_push, claim_nothing };

/// The event that this process stands in. git is asked only where no CI tells it. Errors: ci-unknown,
/// event-fact-invalid, payload-mismatch, payload-unreadable.
[[nodiscard]] Result<ci::Detected> gather_event(const Call& call, NoCause no_cause);

struct Gathered {
  ci::Detected detected;  // its event is the plan's as well
  std::string workspace;
  secrets::SecretStore secrets;
  plan::Plan plan;
  std::vector<Diagnostic> ops_warnings;  // what `check` would warn of
};

/// Event, files and secrets → plan. `names`: by name, whatever the event is; empty: by event. Errors: those of
/// gather_event, ops-file-missing, every error of the files, those of the secrets' places, setting-invalid.
[[nodiscard]] tl::expected<Gathered, std::vector<Diagnostic>> gather_plan(const Call& call,
                                                                          const std::vector<std::string>& names);

/// The settings that bear on a plan. `workspace`: absolute.
[[nodiscard]] plan::PlanOptions plan_options(const Call& call, std::string workspace,
                                             const std::vector<std::string>& names);

/// The places of --secrets-dir and --env-file, with the agent's own environment.
[[nodiscard]] Result<secrets::SecretStore> open_secrets(const Call& call);

/// The event's warnings on stderr, one line each.
void say_event_warnings(const Call& call, const event::Event& event);

/// One line that says how many warnings `check` has for the files; nothing when it has none.
void say_ops_warnings(const Call& call, const std::vector<Diagnostic>& warnings);

/// Every error on stderr, those of files as annotations too; the exit code that follows from the first.
[[nodiscard]] ExitCode fail_with_all(const Call& call, const std::vector<Diagnostic>& errors);

[[nodiscard]] std::vector<DiagnosticCode> gather_diagnostic_codes();

}  // namespace lifecycle::cli
