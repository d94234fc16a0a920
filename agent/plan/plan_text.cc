#include "agent/plan/plan_text.h"

#include <algorithm>

#include "agent/base/visible_text.h"
#include "agent/plan/plan_words.h"
#include "agent/plan/workflow_name.h"
#include "agent/plan/workflow_text.h"

namespace lifecycle::plan {
namespace {

std::string print_names(const event::Event& event) {
  if (event.names.empty()) return "none: nothing tells what started this run";
  std::string text = visible(event.name());
  for (std::size_t i = 1; i < event.names.size(); ++i) text += (i == 1 ? " (also " : ", ") + visible(event.names[i]);
  return event.names.size() > 1 ? text + ")" : text;
}

std::string print_repository(const event::Event& event) {
  const std::string origin = event.origin.empty() ? "origin unknown" : visible(event.origin);
  const std::string repo = event.repo.empty() ? "repository unknown" : visible(event.repo);
  return origin + " " + repo + (event.host.empty() ? "" : " on " + visible(event.host));
}

std::string print_change(const event::Change& change, const event::Event& event) {
  std::string text = change.number ? "#" + std::to_string(*change.number) : "number unknown";
  if (!change.title.empty()) text += " " + visible(change.title);
  if (!event.head.empty() || !event.base.empty()) {
    text +=
        "  " + visible(event.head.empty() ? "?" : event.head) + " -> " + visible(event.base.empty() ? "?" : event.base);
  }
  if (change.fork) return text + (*change.fork ? "  from a fork" : "");
  return text + "  (whether from a fork is not known)";
}

std::string print_event(const event::Event& event, const Style& style) {
  std::string text = print_row("", "event", style.bold(print_names(event)));
  text += print_row("", "from", print_repository(event));
  if (!event.ref.empty()) text += print_row("", "ref", visible(event.ref));
  if (!event.commit.empty()) text += print_row("", "commit", visible(event.commit));
  if (!event.actor.empty()) text += print_row("", "actor", visible(event.actor));
  if (event.change) text += print_row("", "change", print_change(*event.change, event));
  if (!event.environment.empty()) text += print_row("", "deploys", "to " + visible(event.environment));
  for (const std::string& warning : event.warnings) text += print_row("", "warning", style.warn(visible(warning)));
  return text;
}

std::string print_problem(const Diagnostic& problem, const Style& style) {
  std::string text;
  if (!problem.place.file.empty()) {
    text += visible(problem.place.file) + ":" + std::to_string(problem.place.line) + ":" +
            std::to_string(problem.place.column) + ": ";
  }
  const std::string severity = std::string(print_severity(problem.severity)) + ": ";
  text += problem.severity == Severity::error ? style.bad(severity) : style.warn(severity);
  text += visible(problem.message) + " " + style.dim("[" + visible(problem.code) + "]") + "\n";
  if (!problem.hint.empty()) text += "  " + visible(problem.hint) + "\n";
  return text;
}

std::string title(std::string_view text, std::size_t count, const Style& style) {
  return "\n" + style.bold(std::string(text) + " (" + std::to_string(count) + ")") + "\n\n";
}

std::string print_problems(const Plan& plan, const Style& style) {
  if (plan.problems.empty()) return {};
  std::string text = title("problems", plan.problems.size(), style);
  for (const Diagnostic& problem : plan.problems) text += print_problem(problem, style);
  if (plan.has_errors()) text += "\nNothing would start: each error above must be put right first.\n";
  return text;
}

/// The variables that all jobs have alike, so that each job shows what is its own; none where there is one job.
std::vector<EnvEntry> common_variables(const std::vector<WorkflowRun>& runs) {
  const std::vector<EnvEntry>* first = nullptr;
  std::vector<EnvEntry> common;
  int jobs = 0;
  for (const WorkflowRun& run : runs) {
    if (!run.skipped.empty()) continue;
    for (const PlannedJob& job : run.jobs) {
      ++jobs;
      if (first == nullptr) {
        first = &job.env;
        common = job.env;
        continue;
      }
      std::erase_if(common, [&](const EnvEntry& entry) { return std::ranges::find(job.env, entry) == job.env.end(); });
    }
  }
  return jobs > 1 ? common : std::vector<EnvEntry>{};
}

std::string print_common(const std::vector<EnvEntry>& common, const Style& style) {
  if (common.empty()) return {};
  return "\n" + style.bold("  environment of every job") + "\n" + print_variables("      ", common, style);
}

std::string print_matched(const Plan& plan, const Style& style) {
  const auto is_run = [](const WorkflowRun& run) { return run.skipped.empty(); };
  const auto running = static_cast<std::size_t>(std::ranges::count_if(plan.matched, is_run));
  const auto common = common_variables(plan.matched);
  std::string text = title("would run", running, style);
  std::string_view between;
  for (const WorkflowRun& run : plan.matched) {
    if (!is_run(run)) continue;
    text += std::string(between) + print_run(run, common, style);
    between = "\n";
  }
  text += print_common(common, style);
  if (running == 0) text += "no workflow\n";
  if (running == plan.matched.size()) return text;
  text += title("matched, but not run here", plan.matched.size() - running, style);
  between = {};
  for (const WorkflowRun& run : plan.matched) {
    if (is_run(run)) continue;
    text += std::string(between) + print_skipped(run, style);
    between = "\n";
  }
  return text;
}

}  // namespace

std::string print_plan(const Plan& plan, TextColour colour) {
  const Style style(colour);
  std::string text = print_event(plan.event, style) + print_matched(plan, style);
  if (!plan.unmatched.empty()) text += title("would not run", plan.unmatched.size(), style);
  for (std::size_t i = 0; i < plan.unmatched.size(); ++i) {
    text += (i == 0 ? "" : "\n") + print_unmatched(plan.unmatched[i], style);
  }
  return text + print_problems(plan, style);
}

Result<std::string> print_why(const Plan& plan, std::string_view workflow, TextColour colour) {
  const Style style(colour);
  const WorkflowName asked = read_workflow_name(workflow);
  std::vector<std::string> texts;
  std::string full_names;
  const auto add = [&](const auto& one, std::string text) {
    if (!names(asked, one.file, one.kind, one.workflow, one.version)) return;
    texts.push_back(std::move(text));
    full_names += (full_names.empty() ? "" : ", ") + print_workflow_name(one.file, one.kind, one.workflow, one.version);
  };
  for (const WorkflowRun& run : plan.matched) {
    if (run.skipped.empty()) {
      const auto common = common_variables({run});
      add(run, print_run(run, common, style) + print_common(common, style));
    } else {
      add(run, print_skipped(run, style));
    }
  }
  for (const Unmatched& unmatched : plan.unmatched) add(unmatched, print_unmatched(unmatched, style));
  const std::string name(workflow);
  if (texts.empty()) return fail({.code = "workflow-unknown", .message = "no workflow is named '" + name + "'"});
  if (texts.size() > 1) {
    return fail({.code = "workflow-ambiguous",
                 .message = "'" + name + "' names " + std::to_string(texts.size()) + " workflows: " + full_names,
                 .hint = "give one of these names instead"});
  }
  return print_event(plan.event, style) + "\n" + texts.front();
}

}  // namespace lifecycle::plan
