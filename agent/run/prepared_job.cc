#include "agent/run/prepared_job.h"

#include <algorithm>
#include <filesystem>
#include <system_error>

#include "agent/run/run_diagnostics.h"

namespace lifecycle::run {
namespace {

namespace fs = std::filesystem;

std::string replace_all(std::string text, std::string_view what, std::string_view with) {
  for (auto at = text.find(what); at != std::string::npos; at = text.find(what, at + with.size())) {
    text.replace(at, what.size(), with);
  }
  return text;
}

bool has_mark(const std::vector<std::string>& steps) {
  return std::any_of(steps.begin(), steps.end(), [](const std::string& step) {
    return step.find(plan::state_directory_mark) != std::string::npos ||
           step.find(plan::config_directory_mark) != std::string::npos;
  });
}

Result<os::TemporaryDirectory> make_directory(const RunOptions& options, std::string_view prefix) {
  if (auto there = os::ensure_directory(options.temporary_directory); !there) {
    return tl::unexpected(std::move(there).error());
  }
  return os::TemporaryDirectory::create(options.temporary_directory, prefix);
}

bool is_directory(const std::string& path) {
  std::error_code ignored;
  return fs::is_directory(path, ignored);
}

Result<void> enter_directory(PreparedJob& prepared, const plan::WorkflowRun& workflow, const plan::PlannedJob& job,
                             const RunOptions& options) {
  if (job.workdir.kind == ops::WorkdirKind::empty) {
    auto directory = make_directory(options, "lifecycle-job-");
    if (!directory) return tl::unexpected(std::move(directory).error());
    prepared.task.workdir = directory->path().string();
    prepared.task.ops_directory = prepared.task.workdir;
    prepared.directory = std::move(*directory);
    return {};
  }
  if (!is_directory(job.workdir.path)) return fail(workdir_missing(job.name, job.workdir.path));
  prepared.task.workdir = job.workdir.path;
  prepared.task.ops_directory = is_directory(workflow.directory) ? workflow.directory : job.workdir.path;
  return {};
}

/// The legacy runner gave each run a state directory and knew a configuration directory; where the environment
/// names none, both are made for this run.
Result<void> fill_marks(PreparedJob& prepared, const plan::PlannedJob& job, const RunOptions& options) {
  std::string state(find_variable(prepared.task.env, "OPS_STATE_DIR"));
  std::string config(find_variable(prepared.task.env, "OPS_CONFIG_DIR"));
  if (has_mark(job.steps) && (state.empty() || config.empty())) {
    auto directory = make_directory(options, "lifecycle-state-");
    if (!directory) return tl::unexpected(std::move(directory).error());
    const fs::path root = directory->path();
    for (const auto& [path, name] : {std::pair(&state, "state"), std::pair(&config, "config")}) {
      if (!path->empty()) continue;
      std::error_code error;
      fs::create_directory(root / name, error);
      *path = (root / name).string();
    }
    prepared.state = std::move(*directory);
  }
  for (const std::string& step : job.steps) prepared.shell_steps.push_back(replace_marks(step, state, config));
  return {};
}

}  // namespace

std::string replace_marks(std::string_view step, std::string_view state_directory, std::string_view config_directory) {
  return replace_all(replace_all(std::string(step), plan::state_directory_mark, state_directory),
                     plan::config_directory_mark, config_directory);
}

Result<PreparedJob> prepare_job(const plan::WorkflowRun& workflow, const plan::PlannedJob& job,
                                const RunOptions& options, const KnownValues& values) {
  PreparedJob prepared;
  JobTask& task = prepared.task;
  if (auto entered = enter_directory(prepared, workflow, job, options); !entered) {
    return tl::unexpected(std::move(entered).error());
  }
  auto environment = fill_environment(job.env, values, {task.workdir, options.run_id});
  if (!environment) return tl::unexpected(std::move(environment).error());
  task.name = job.name;
  task.env = std::move(*environment);
  task.linger = options.linger;
  task.grace_int = options.grace_int;
  task.grace_term = options.grace_term;
  if (job.shell_per_step) {
    if (auto filled = fill_marks(prepared, job, options); !filled) {
      return tl::unexpected(std::move(filled).error());
    }
    return prepared;
  }
  task.argv = job.argv;
  if (job.argv.empty()) {
    task.steps = job.steps;
    task.script = job.script;
  }
  task.keep_stdin = workflow.kind == ops::WorkflowKind::command;
  return prepared;
}

}  // namespace lifecycle::run
