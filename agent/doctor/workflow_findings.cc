#include "agent/doctor/workflow_findings.h"

#include <set>
#include <string_view>

#include "adapters/ci/ci_row.h"
#include "agent/trigger/trigger.h"

namespace lifecycle::doctor {
namespace {

std::string title_of(const plan::WorkflowRun& workflow) {
  return std::string(ops::print_kind(workflow.kind)) + " " + workflow.workflow + " (" + workflow.file + ":" +
         std::to_string(workflow.line) + ")";
}

std::string place_of(const Diagnostic& diagnostic) {
  const SourcePlace& place = diagnostic.place;
  if (place.file.empty()) return {};
  return place.file + (place.line > 0 ? ":" + std::to_string(place.line) : "") + ": ";
}

void add_files(const World& world, std::vector<Finding>& findings) {
  for (const Diagnostic& error : world.ops_errors) {
    findings.push_back({.topic = "ops.yml",
                        .state = State::problem,
                        .found = place_of(error) + error.message,
                        .fix = (error.hint.empty() ? std::string{} : error.hint + "; ") +
                               "`lifecycle-agent check` shows every problem with its place",
                        .blame = Blame::user});
  }
  if (!world.ops_errors.empty() || !world.ops_found) return;
  if (world.ops_warnings.empty()) {
    findings.push_back({.topic = "ops.yml", .found = "no problems"});
  } else {
    findings.push_back({.topic = "ops.yml",
                        .state = State::note,
                        .found = std::to_string(world.ops_warnings.size()) + " warnings, the first: " +
                                 place_of(world.ops_warnings.front()) + world.ops_warnings.front().message,
                        .fix = "`lifecycle-agent check` shows them all"});
  }
}

void add_matches(const plan::Plan& plan, std::vector<Finding>& findings) {
  for (const plan::WorkflowRun& workflow : plan.matched) {
    const bool skipped = !workflow.skipped.empty();
    findings.push_back({.topic = "would run",
                        .state = skipped ? State::note : State::fine,
                        .found = title_of(workflow) + ", by " + workflow.trigger +
                                 (skipped ? "; skipped: " + workflow.skipped : std::string{})});
  }
  if (!plan.matched.empty()) return;
  findings.push_back({.topic = "would run",
                      .state = State::note,
                      .found = "no workflow matches this event",
                      .fix = "`lifecycle-agent plan` says of each the first condition that failed"});
}

std::string asked_places(const plan::MissingValue& missing) {
  std::string text;
  for (const std::string& place : missing.asked) text += (text.empty() ? "" : ", ") + place;
  return text;
}

/// A workflow that matches cannot start without its secrets; of one that does not match it is good to know.
void add_missing(const plan::WorkflowRun& workflow, bool matched, std::set<std::string>& said,
                 std::vector<Finding>& findings) {
  for (const plan::PlannedJob& job : workflow.jobs) {
    for (const plan::MissingValue& missing : job.missing) {
      if (!said.insert(title_of(workflow) + '\n' + missing.name).second) continue;
      findings.push_back(
          {.topic = "secrets",
           .state = matched ? State::problem : State::note,
           .found = title_of(workflow) + " needs the " + missing.kind + " " + missing.name + ", which nobody has",
           .fix = "give it in one of the places asked: " + asked_places(missing),
           .blame = matched ? Blame::user : Blame::nobody});
    }
  }
}

void add_secrets(const World& world, std::vector<Finding>& findings) {
  std::set<std::string> said;
  const std::size_t before = findings.size();
  if (world.by_event) {
    for (const auto& workflow : world.by_event->matched) add_missing(workflow, true, said, findings);
  }
  if (world.by_name) {
    for (const auto& workflow : world.by_name->matched) add_missing(workflow, false, said, findings);
  }
  const bool any = world.by_name && !world.by_name->matched.empty();
  if (any && findings.size() == before) {
    findings.push_back({.topic = "secrets", .found = "every secret and config that ops.yml names is there"});
  }
}

void add_packages(const plan::Plan& plan, std::vector<Finding>& findings) {
  std::set<std::string> missing;
  for (const plan::WorkflowRun& workflow : plan.matched) {
    for (const plan::PlannedJob& job : workflow.jobs) {
      missing.insert(job.missing_packages.begin(), job.missing_packages.end());
    }
  }
  if (missing.empty()) return;
  std::string names;
  for (const std::string& name : missing) names += " " + name;
  findings.push_back({.topic = "packages",
                      .state = State::note,
                      .found = "neither dpkg nor PATH knows what the jobs list:" + names,
                      .fix = "apt-get install -y" + names});
}

/// The plan's own problems, but for missing secrets, which are told above.
void add_problems(const plan::Plan& plan, std::vector<Finding>& findings) {
  for (const Diagnostic& problem : plan.problems) {
    if (problem.code == "secret-missing" || problem.code == "config-missing") continue;
    const bool error = problem.severity == Severity::error;
    findings.push_back({.topic = "plan",
                        .state = error ? State::problem : State::note,
                        .found = place_of(problem) + problem.message,
                        .fix = problem.hint,
                        .blame = error ? Blame::user : Blame::nobody});
  }
}

/// `merged` of a trigger on pull_request.merged; empty for any other.
std::string asked_action(const std::string& text) {
  constexpr std::string_view start = "pull_request.";
  const auto trigger = trigger::parse_trigger(text);
  if (!trigger || !trigger->event.starts_with(start)) return {};
  return trigger->event.substr(start.size());
}

bool is_told(std::string_view actions, const std::string& action) {
  return (" " + std::string(actions) + " ").find(" " + action + " ") != std::string::npos;
}

std::string waits_in_vain(const plan::Unmatched& workflow, const std::string& trigger, const ci::CiRow& row,
                          const std::string& action) {
  std::string found = workflow.workflow;
  found.append(" (").append(workflow.file).append(":").append(std::to_string(workflow.line)).append(") waits for ");
  found.append(trigger).append(", and ").append(row.title).append(" cannot tell pull_request.").append(action);
  return found;
}

/// Workflows that wait for an action which this CI can never tell.
void add_deaf(const World& world, std::vector<Finding>& findings) {
  const bool judged = world.detected && world.by_event && world.detected->ci.in_ci &&
                      world.detected->ci.row->name != "generic" && !world.detected->event_given;
  if (!judged) return;
  const ci::CiRow& row = *world.detected->ci.row;
  for (const plan::Unmatched& workflow : world.by_event->unmatched) {
    for (const std::string& text : workflow.triggers) {
      const std::string action = asked_action(text);
      const bool one_of_five = is_told("opened synchronize reopened merged closed", action);
      if (!one_of_five || is_told(row.actions, action)) continue;
      findings.push_back(
          {.topic = "triggers",
           .state = State::note,
           .found = waits_in_vain(workflow, text, row, action),
           .fix = "--assume-action " + action + " in the jobs that are about that, or a webhook's body by --payload"});
    }
  }
}

void add_programs(const World& world, std::vector<Finding>& findings) {
  for (const std::string& program : world.missing_programs) {
    const bool needed = program == "bash";
    findings.push_back({.topic = "programs",
                        .state = needed ? State::problem : State::note,
                        .found = "there is no " + program + " on PATH",
                        .fix = needed ? "install it: workflows are bash scripts"
                                      : "install it where the checkout is to tell what the CI does not",
                        .blame = needed ? Blame::machine : Blame::nobody});
  }
  findings.push_back({.topic = "processes",
                      .found = world.has_control_groups
                                   ? "each job gets a control group, which is killed as a whole"
                                   : "no control groups may be made here: a job's processes are found by descent"});
}

void add_engine(const World& world, std::vector<Finding>& findings) {
  const Answer& engine = world.engine;
  if (engine.kind == Answer::Kind::reached) {
    findings.push_back({.topic = "engine", .found = engine.detail + " at " + engine.where});
    return;
  }
  if (engine.kind == Answer::Kind::not_asked) return;
  findings.push_back(
      {.topic = "engine",
       .state = State::note,
       .found = "no container engine answers at " + engine.where + (engine.detail.empty() ? "" : ": " + engine.detail),
       .fix = engine.hint.empty() ? "needed only by what asks for executor: container; mount its socket, "
                                    "or set DOCKER_HOST"
                                  : engine.hint});
}

}  // namespace

void add_workflow_findings(const World& world, std::vector<Finding>& findings) {
  add_files(world, findings);
  if (world.by_event) {
    add_matches(*world.by_event, findings);
    add_problems(*world.by_event, findings);
    add_packages(*world.by_event, findings);
  }
  add_deaf(world, findings);
  add_secrets(world, findings);
  add_programs(world, findings);
  add_engine(world, findings);
}

}  // namespace lifecycle::doctor
