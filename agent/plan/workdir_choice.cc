#include "agent/plan/workdir_choice.h"

#include <filesystem>

namespace lifecycle::plan {
namespace {

namespace fs = std::filesystem;

std::string without_last_slash(const fs::path& path) {
  std::string text = path.lexically_normal().string();
  while (text.size() > 1 && text.back() == '/') text.pop_back();
  return text;
}

bool lies_in(const std::string& path, const std::string& folder) {
  return path == folder || folder == "/" || path.starts_with(folder + "/");
}

Result<PlannedWorkdir> place(const PlanOptions& options, const ops::Workdir& workdir, std::string reason) {
  PlannedWorkdir planned{workdir.kind, {}, std::move(reason)};
  const std::string workspace = without_last_slash(options.workspace);
  if (workdir.kind == ops::WorkdirKind::workspace) planned.path = workspace;
  if (workdir.kind != ops::WorkdirKind::path) return planned;
  planned.path = without_last_slash(fs::path(workspace) / workdir.path);
  if (lies_in(planned.path, workspace)) return planned;
  return fail(workdir_outside(workdir.path, workspace, workdir.place));
}

}  // namespace

Diagnostic workdir_outside(std::string_view written, std::string_view workspace, SourcePlace place) {
  return {.code = "workdir-outside",
          .place = std::move(place),
          .message = "workdir '" + std::string(written) + "' leaves the workspace " + std::string(workspace),
          .hint = "a path inside the workspace, `workspace` or `empty`"};
}

Result<PlannedWorkdir> pipeline_workdir(const PlanOptions& options, const ops::Workflow& pipeline,
                                        const ops::Job& job) {
  if (options.workdir.kind != ops::WorkdirKind::unset) return place(options, options.workdir, "asked for by --workdir");
  if (job.workdir.kind != ops::WorkdirKind::unset) return place(options, job.workdir, "the job's key workdir");
  if (pipeline.workdir.kind != ops::WorkdirKind::unset) {
    return place(options, pipeline.workdir, "the pipeline's key workdir");
  }
  return PlannedWorkdir{
      ops::WorkdirKind::empty, {}, "pipeline jobs start in an empty directory of their own, as on the platform"};
}

PlannedWorkdir file_workdir(const std::string& directory, ops::WorkflowKind kind) {
  const std::string what = kind == ops::WorkflowKind::workflow ? "legacy workflow" : std::string(ops::print_kind(kind));
  return {ops::WorkdirKind::path, directory, "a " + what + " starts in the folder of its file"};
}

std::string folder_of(const std::string& file, const PlanOptions& options) {
  const std::string& base = options.directory.empty() ? options.workspace : options.directory;
  return without_last_slash((fs::path(base) / file).parent_path());
}

}  // namespace lifecycle::plan
