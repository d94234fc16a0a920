#include "agent/cli/gather.h"

#include <filesystem>
#include <utility>

#include "agent/cli/installed_packages.h"
#include "agent/cli/native_output.h"
#include "agent/cli/ops_files.h"
#include "agent/git/checkout.h"

namespace lifecycle::cli {
namespace {

constexpr DiagnosticCode ops_has_warnings{"ops-has-warnings", "ops.yml has warnings",
                                          "`lifecycle-agent check` shows each with its place. They stop nothing; what "
                                          "they name does not do what it seems to."};

constexpr DiagnosticCode event_warning{
    "event-warning", "something about the event is not known or was guessed",
    "The message names what could not be told from the CI's variables and payload, and the flag that says it. The "
    "event holds what is known for sure."};

/// Facts by flag, and those that a CI's input form gives; LIFECYCLE_EVENT_* are read below them.
ci::EventFacts facts_of(const Settings& settings) {
  ci::EventFacts facts;
  for (const ci::FactRow& row : ci::fact_rows()) {
    const Setting& setting = settings.find(row.flag.substr(2));
    if (setting.values.empty() || setting.where == row.variable) continue;
    facts.*row.fact = setting.values.back();
  }
  return facts;
}

ops::Workdir read_workdir(const std::string& text) {
  if (text.empty()) return {};
  if (text == "empty") return {.kind = ops::WorkdirKind::empty};
  if (text == "workspace") return {.kind = ops::WorkdirKind::workspace};
  return {.kind = ops::WorkdirKind::path, .path = text};
}

ops::ExecutorChoice read_executor(const std::string& text) {
  if (text == "process") return ops::ExecutorChoice::process;
  return text == "container" ? ops::ExecutorChoice::container : ops::ExecutorChoice::unset;
}

plan::ForkSecrets read_fork_secrets(const Settings& settings) {
  if (settings.is_on("refuse-forks")) return plan::ForkSecrets::refuse_run;
  return settings.is_on("allow-fork-secrets") ? plan::ForkSecrets::allow : plan::ForkSecrets::withhold;
}

std::vector<std::pair<std::string, std::string>> read_assignments(const std::vector<std::string>& texts) {
  std::vector<std::pair<std::string, std::string>> pairs;
  for (const std::string& text : texts) {
    const auto equals = text.find('=');
    pairs.emplace_back(text.substr(0, equals), text.substr(equals + 1));
  }
  return pairs;
}

/// Where the CI says that the checkout lies, if it is there: a step may stand elsewhere.
std::string checkout_of(const event::Event& event) {
  const std::string& told = event.run.workspace;
  std::error_code ignored;
  return !told.empty() && std::filesystem::is_directory(told, ignored) ? told : current_directory();
}

}  // namespace

Result<ci::Detected> gather_event(const Call& call, NoCause no_cause) {
  const ci::EventRequest request{.flags = facts_of(call.settings),
                                 .ci = call.settings.text("ci"),
                                 .tag_alias = call.settings.text("tag-alias") == "on",
                                 .least_claim = no_cause == NoCause::claim_push};
  auto detected = ci::read_event(call.environment, request, nullptr);
  if (detected && detected->wants_checkout) {
    const git::CheckoutFacts checkout = git::read_checkout(checkout_of(detected->event), call.environment);
    detected = ci::read_event(call.environment, request, &checkout);
  }
  if (detected && detected->event.payload) {
    // Jobs are told the path, and stand in a directory of their own.
    std::string& path = detected->event.payload->path;
    path = absolute_path(path);
  }
  return detected;
}

plan::PlanOptions plan_options(const Call& call, std::string workspace, const std::vector<std::string>& names) {
  const Settings& settings = call.settings;
  plan::PlanOptions options;
  options.workspace = std::move(workspace);
  options.directory = current_directory();
  options.workdir = read_workdir(settings.text("workdir"));
  options.executor = read_executor(settings.text("executor"));
  options.env = read_assignments(settings.list("env"));
  options.pass_env = settings.list("pass-env");
  options.fork_secrets = read_fork_secrets(settings);
  options.home = settings.text("home") == "caller" ? plan::HomeChoice::caller : plan::HomeChoice::job_directory;
  options.names = names;
  options.arguments = call.arguments;
  options.environment = settings.text("environment");
  return options;
}

Result<secrets::SecretStore> open_secrets(const Call& call) {
  secrets::SecretPlaces places;
  places.secrets_dir = call.settings.text("secrets-dir");
  places.env_files = call.settings.list("env-file");
  return secrets::SecretStore::open(places, call.environment);
}

tl::expected<Gathered, std::vector<Diagnostic>> gather_plan(const Call& call, const std::vector<std::string>& names) {
  const auto failed = [](Diagnostic error) { return tl::unexpected(std::vector<Diagnostic>{std::move(error)}); };
  auto detected = gather_event(call, names.empty() ? NoCause::claim_push : NoCause::claim_nothing);
  if (!detected) return failed(std::move(detected).error());
  const std::string workspace = workspace_of(detected->event.run.workspace);
  const auto paths = ops_paths(call.settings.list("file"), workspace);
  if (!paths) return failed(paths.error());
  auto loaded = load_ops(*paths);
  if (!loaded) return tl::unexpected(std::move(loaded).error());
  auto store = open_secrets(call);
  if (!store) return failed(std::move(store).error());
  plan::Plan plan = plan::make_plan(detected->event, loaded->files, call.environment,
                                    plan_options(call, workspace, names), *store, InstalledPackages(call.environment));
  return Gathered{.detected = *std::move(detected),
                  .workspace = workspace,
                  .secrets = *std::move(store),
                  .plan = std::move(plan),
                  .ops_warnings = std::move(loaded->warnings)};
}

void say_event_warnings(const Call& call, const event::Event& event) {
  for (const std::string& warning : event.warnings) {
    call.output.say({.code = event_warning.code, .severity = Severity::warning, .message = warning});
  }
}

void say_ops_warnings(const Call& call, const std::vector<Diagnostic>& warnings) {
  if (warnings.empty()) return;
  const std::string count = std::to_string(warnings.size()) + (warnings.size() == 1 ? " warning" : " warnings");
  call.output.say({.code = ops_has_warnings.code,
                   .severity = Severity::note,
                   .message = "'" + warnings.front().place.file + "' has " + count,
                   .hint = "'lifecycle-agent check' shows what it is"});
}

ExitCode fail_with_all(const Call& call, const std::vector<Diagnostic>& errors) {
  for (const Diagnostic& error : errors) call.output.say(error);
  annotate_files(call, errors);
  return errors.empty() ? ExitCode::usage : exit_code_of(errors.front());
}

std::vector<DiagnosticCode> gather_diagnostic_codes() { return {ops_has_warnings, event_warning}; }

}  // namespace lifecycle::cli
