#include "agent/cli/run_workflows.h"

#include <algorithm>
#include <filesystem>
#include <iterator>
#include <nlohmann/json.hpp>
#include <set>
#include <system_error>
#include <utility>

#include "agent/cli/kept_outputs.h"
#include "agent/cli/native_output.h"
#include "agent/cli/ops_files.h"
#include "agent/cli/plan_secrets.h"
#include "agent/cli/reporting_settings.h"
#include "agent/os/files.h"
#include "agent/plan/job_environment.h"
#include "agent/plan/plan_text.h"
#include "agent/plan/workdir_choice.h"
#include "agent/report/run_reporting.h"
#include "agent/summary/run_outputs.h"

namespace lifecycle::cli {
namespace {

constexpr DiagnosticCode run_no_event{
    "run-no-event", "there is no event to run workflows for",
    "Outside a CI nothing tells an event, and running what a guessed one starts could deploy something. Name the "
    "workflow (`run NAME`), or the event (`run --event push --branch main`)."};
constexpr DiagnosticCode plan_unreadable{"plan-unreadable", "the plan file holds no JSON",
                                         "`run --plan FILE` takes what `plan --json` printed."};

/// Plans made elsewhere hold names of files and scripts, no payloads.
constexpr std::size_t plan_limit = std::size_t{64} << 20;

tl::unexpected<std::vector<Diagnostic>> failed(Diagnostic error) {
  return tl::unexpected(std::vector<Diagnostic>{std::move(error)});
}

Result<plan::Plan> read_plan(const std::string& file) {
  const auto text = os::read_file(file == "-" ? "/dev/stdin" : file, plan_limit);
  if (!text) return fail(text.error());
  const auto json = nlohmann::ordered_json::parse(*text, nullptr, false);
  if (json.is_discarded()) {
    return fail({.code = plan_unreadable.code,
                 .message = "'" + file + "' holds no JSON",
                 .hint = "'lifecycle-agent plan --json' prints a plan"});
  }
  return plan::plan_from_json(json);
}

/// A plan says where each secret was found; what counts is whether it is there now.
std::vector<Diagnostic> missing_values(const plan::Plan& plan, const secrets::SecretStore& store) {
  std::vector<Diagnostic> missing;
  std::set<std::pair<std::string_view, std::string_view>> said;
  for (const plan::WorkflowRun& planned : plan.matched) {
    if (!planned.skipped.empty()) continue;
    for (const plan::PlannedJob& job : planned.jobs) {
      for (const plan::EnvEntry& entry : job.env) {
        if (entry.kind != plan::EnvValue::secret || store.provider_of(entry.name)) continue;
        if (said.insert({planned.workflow, entry.name}).second) {
          missing.push_back(plan::value_missing({.kind = entry.source == plan::EnvSource::config ? "config" : "secret",
                                                 .name = entry.name,
                                                 .workflow_kind = planned.kind,
                                                 .workflow = planned.workflow,
                                                 .place = {.file = planned.file, .line = planned.line}},
                                                store));
        }
      }
    }
  }
  return missing;
}

tl::expected<ReadyPlan, std::vector<Diagnostic>> ready_from_file(const Call& call, const std::string& file) {
  auto plan = read_plan(file);
  if (!plan) return failed(std::move(plan).error());
  auto recognised = ci::recognise(call.environment, call.settings.text("ci"));
  if (!recognised) return failed(std::move(recognised).error());
  auto store = open_secrets(call);
  if (!store) return failed(std::move(store).error());
  if (auto missing = missing_values(*plan, *store); !missing.empty()) return tl::unexpected(std::move(missing));
  return ReadyPlan{.plan = *std::move(plan),
                   .secrets = *std::move(store),
                   .ci = *std::move(recognised),
                   .workspace = workspace_of(call.environment.get("GITHUB_WORKSPACE"))};
}

tl::expected<ReadyPlan, std::vector<Diagnostic>> ready_from_event(const Call& call, const RunRequest& request) {
  auto gathered = gather_plan(call, request.names);
  if (!gathered) return tl::unexpected(std::move(gathered).error());
  const ci::Detected& detected = gathered->detected;
  if (request.names.empty() && !detected.ci.in_ci && !detected.event_given) {
    return failed(
        {.code = run_no_event.code,
         .message = "this is no CI job, and no event is given",
         .hint = "name a workflow ('lifecycle-agent run NAME'), or give the event: --event push --branch main"});
  }
  say_event_warnings(call, gathered->plan.event);
  say_ops_warnings(call, gathered->ops_warnings);
  return ReadyPlan{.plan = std::move(gathered->plan),
                   .secrets = std::move(gathered->secrets),
                   .ci = std::move(gathered->detected.ci),
                   .workspace = std::move(gathered->workspace)};
}

/// The plan compares names; only here can be seen where a symbolic link leads.
std::vector<Diagnostic> workdirs_behind_links(const ReadyPlan& ready) {
  namespace fs = std::filesystem;
  std::error_code absent;
  const fs::path workspace = fs::weakly_canonical(ready.workspace, absent);
  std::vector<Diagnostic> outside;
  for (const plan::WorkflowRun& run : ready.plan.matched) {
    if (run.kind != ops::WorkflowKind::pipeline || !run.skipped.empty()) continue;
    for (const plan::PlannedJob& job : run.jobs) {
      if (job.workdir.kind != ops::WorkdirKind::path) continue;
      const fs::path inside = fs::weakly_canonical(job.workdir.path, absent).lexically_relative(workspace);
      if (!absent && !inside.empty() && *inside.begin() != "..") continue;
      outside.push_back(plan::workdir_outside(job.workdir.path, ready.workspace, {.file = run.file, .line = run.line}));
    }
  }
  return outside;
}

ExitCode show_run(const Call& call, const RunRequest& request, const ReadyPlan& ready) {
  mask::MaskTable mask;
  mask_token(call, mask);
  if (const auto added = add_plan_secrets(call, ready.plan, ready.secrets, mask); !added)
    return call.fail_with(added.error());
  const bool colours = call.output.paint() == Paint::colours;
  call.output.print_words(
      mask.mask_text(plan::print_plan(ready.plan, colours ? plan::TextColour::ansi : plan::TextColour::plain)));
  report::ReportSettings settings = report_settings(call);
  if (!report::is_configured(settings)) {
    call.output.say(report::not_configured_note());
    return ExitCode::success;
  }
  report::ReportFacts facts = report_facts(call, summary::random_token());
  facts.image = request.image;
  const auto own =
      call.settings.is_on("record-event") ? report::OwnEvents::all : report::OwnEvents::changes_and_deployments;
  const auto now = std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::now());
  call.output.print_words("\nwould report, if every workflow succeeded:\n\n");
  return show_events(call, std::move(settings), report::expected_events(ready.plan, facts, own, now), mask);
}

}  // namespace

ExitCode run_workflows(const Call& call, const RunRequest& request) {
  const bool dry = call.settings.is_on("dry-run");
  const auto ended_before = [&](ExitCode code) {
    if (!dry) hand_on_without_run(call, code);
    return code;
  };
  if (!dry) forget_outputs(call.environment);
  auto ready = request.plan_file.empty() ? ready_from_event(call, request) : ready_from_file(call, request.plan_file);
  if (!ready) return ended_before(fail_with_all(call, ready.error()));
  std::ranges::move(workdirs_behind_links(*ready), std::back_inserter(ready->plan.problems));
  ExitCode code = ExitCode::success;
  for (const Diagnostic& problem : ready->plan.problems) {
    if (problem.severity == Severity::error) code = stronger(code, exit_code_of(problem));
    if (!dry || problem.severity == Severity::error) call.output.say(problem);
  }
  if (ready->plan.has_errors()) {
    std::vector<Diagnostic> errors = ready->plan.problems;
    std::erase_if(errors, [](const Diagnostic& problem) { return problem.severity != Severity::error; });
    annotate_files(call, errors);
    return ended_before(code);
  }
  return dry ? show_run(call, request, *ready) : execute_plan(call, request, *ready);
}

std::vector<DiagnosticCode> run_workflows_diagnostic_codes() { return {run_no_event, plan_unreadable}; }

}  // namespace lifecycle::cli
