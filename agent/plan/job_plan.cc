#include "agent/plan/job_plan.h"

#include <algorithm>

#include "agent/plan/job_command.h"
#include "agent/plan/workdir_choice.h"

namespace lifecycle::plan {
namespace {

std::vector<std::string> texts_of(const std::vector<ops::PlacedText>& placed) {
  std::vector<std::string> texts;
  texts.reserve(placed.size());
  for (const ops::PlacedText& one : placed) texts.push_back(one.text);
  return texts;
}

/// Jobs of one pipeline share its environment, so the same thing is found in each and said once.
void add_once(std::vector<Diagnostic>& all, Diagnostic diagnostic) {
  const auto same = [&](const Diagnostic& other) {
    return other.code == diagnostic.code && other.message == diagnostic.message;
  };
  if (std::ranges::none_of(all, same)) all.push_back(std::move(diagnostic));
}

void add_once(std::vector<std::string>& all, std::string text) {
  if (std::ranges::find(all, text) == all.end()) all.push_back(std::move(text));
}

class Planner {
 public:
  Planner(const JobPlanInput& input, const ops::Workflow& workflow, const std::string& directory)
      : input_(input), workflow_(workflow), directory_(directory) {}

  PlannedJobs plan() {
    if (workflow_.kind == ops::WorkflowKind::pipeline) {
      for (const ops::Job& job : workflow_.jobs) add_pipeline_job(job);
    } else {
      add_file_job();
    }
    return std::move(planned_);
  }

 private:
  void add_pipeline_job(const ops::Job& job) {
    PlannedJob planned;
    planned.name = job.name;
    planned.steps = texts_of(job.steps);
    planned.script = job_script(planned.steps);
    planned.packages = job.packages;
    for (const std::string& package : job.packages) {
      if (!input_.packages.has(package)) planned.missing_packages.push_back(package);
    }
    if (auto workdir = pipeline_workdir(input_.options, workflow_, job)) {
      planned.workdir = *std::move(workdir);
    } else {
      add_once(planned_.diagnostics, std::move(workdir).error());
    }
    note_packages(planned);
    add_environment(planned, &job.env);
    refuse_arguments();
    planned_.jobs.push_back(std::move(planned));
  }

  /// Command, service or legacy workflow: one job that starts where its file lies.
  void add_file_job() {
    PlannedJob planned;
    planned.name = workflow_.name;
    planned.workdir = file_workdir(directory_, workflow_.kind);
    if (workflow_.kind == ops::WorkflowKind::workflow) {
      planned.steps = texts_of(workflow_.steps);
      planned.shell_per_step = true;
      refuse_arguments();
    } else if (auto argv = command_argv(workflow_, input_.options.arguments)) {
      planned.argv = *std::move(argv);
    } else {
      add_once(planned_.diagnostics, std::move(argv).error());
    }
    add_environment(planned, nullptr);
    planned_.jobs.push_back(std::move(planned));
  }

  void refuse_arguments() {
    if (input_.options.arguments.empty()) return;
    add_once(planned_.diagnostics, {.code = "run-takes-no-arguments",
                                    .place = workflow_.place,
                                    .message = std::string(ops::print_kind(workflow_.kind)) + " '" + workflow_.name +
                                               "' takes no arguments; only commands and services do",
                                    .hint = "hand the value over with --env NAME=VALUE"});
  }

  void note_packages(const PlannedJob& job) {
    if (job.missing_packages.empty()) return;
    std::string names;
    for (const std::string& package : job.missing_packages) names += (names.empty() ? "" : ", ") + package;
    add_once(planned_.notes, "job " + job.name + " asks for packages that are not here: " + names +
                                 " (packages are never installed by the process executor)");
  }

  void add_environment(PlannedJob& planned, const ops::EnvironmentDeclaration* job) {
    const bool own_directory = planned.workdir.kind == ops::WorkdirKind::empty;
    JobEnvironment made = job_environment({.shared = input_.shared,
                                           .host = input_.host,
                                           .options = input_.options,
                                           .secrets = input_.secrets,
                                           .workflow = workflow_,
                                           .job = job,
                                           .home_is_job_directory = own_directory},
                                          planned.name);
    planned.env = std::move(made.entries);
    planned.missing = std::move(made.missing);
    planned_.withheld.merge(made.withheld);
    for (std::string& note : made.notes) add_once(planned_.notes, std::move(note));
    for (Diagnostic& diagnostic : made.diagnostics) add_once(planned_.diagnostics, std::move(diagnostic));
  }

  const JobPlanInput& input_;
  const ops::Workflow& workflow_;
  const std::string& directory_;
  PlannedJobs planned_;
};

}  // namespace

PlannedJobs plan_jobs(const JobPlanInput& input, const ops::Workflow& workflow, const std::string& directory) {
  return Planner(input, workflow, directory).plan();
}

}  // namespace lifecycle::plan
