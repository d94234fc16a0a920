#include "executors/process/job_start.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <filesystem>
#include <utility>

#include "agent/os/files.h"
#include "executors/process/process_diagnostics.h"
#include "executors/process/start_error.h"
#include "executors/process/step_groups.h"

namespace lifecycle::process {
namespace {

namespace asio = boost::asio;

constexpr int pipe_size = 1024 * 1024;

std::string path_of(const std::vector<std::string>& env) {
  constexpr std::string_view name = "PATH=";
  for (const std::string& entry : env) {
    if (entry.starts_with(name)) return entry.substr(name.size());
  }
  return "";
}

/// The job's environment with the marker that makes its strays findable.
std::vector<std::string> marked(std::vector<std::string> env, const std::string& value) {
  const std::string entry = std::string(marker_name) + "=" + value;
  std::erase_if(env, [](const std::string& other) { return other.starts_with(std::string(marker_name) + "="); });
  env.push_back(entry);
  return env;
}

/// The shell of the job's PATH, else the system's: a job may set a PATH that holds only its own tools.
std::optional<std::string> find_shell_or_program(const std::string& name, const std::string& path) {
  auto found = find_program(name, path);
  if (!found && name == "bash") found = find_program(name, "/usr/local/bin:/usr/bin:/bin");
  return found;
}

struct OutputPipe {
  os::FileDescriptor reader;
  os::FileDescriptor writer;
};

/// One pipe for stdout and stderr keeps the order of writes. Only the reading end is non-blocking: that flag belongs to
/// the open file, which the child shares.
std::optional<OutputPipe> make_output_pipe() {
  std::array<int, 2> ends{};
  if (::pipe2(ends.data(), O_CLOEXEC) != 0) return std::nullopt;
  OutputPipe pipe{above_standard(os::FileDescriptor(ends[0])), above_standard(os::FileDescriptor(ends[1]))};
  ::fcntl(pipe.writer.get(), F_SETPIPE_SZ, pipe_size);  // refused above the user's limit: then it is slower
  ::fcntl(pipe.reader.get(), F_SETFL, O_NONBLOCK);
  return pipe;
}

bool mentions(const run::JobTask& task, std::string_view text) {
  const auto holds = [&](const std::string& part) { return part.find(text) != std::string::npos; };
  return holds(task.script) || std::any_of(task.argv.begin(), task.argv.end(), holds);
}

Diagnostic ops_note(const run::JobTask& task, const std::string& path, const std::string& why) {
  return {.code = ops_directory_missing.code,
          .severity = Severity::note,
          .message = path + " could not be provided for job '" + task.name + "': " + why,
          .hint = "the job's files lie in " + task.ops_directory};
}

/// Claims /ops where the task asks for it; says once per run when a job that names it must do without.
std::unique_ptr<OpsDirectory::Claim> claim_ops(ExecutorState& state, const run::JobTask& task, run::JobSink& sink) {
  if (task.ops_directory.empty()) return nullptr;
  auto outcome = state.ops.claim(task.ops_directory);
  if (!outcome.claim && !state.ops_noted && mentions(task, state.ops.path())) {
    state.ops_noted = true;
    sink.note(ops_note(task, state.ops.path(), outcome.refusal));
  }
  return std::move(outcome.claim);
}

/// The offsets at which the groups begin in the script; nothing when the script cannot be fed.
std::optional<std::vector<std::size_t>> group_starts(const run::JobTask& task,
                                                     const std::vector<run::StepGroup>& groups) {
  const auto offsets = step_offsets(task.script, task.steps);
  if (!offsets || offsets->front() >= task.script.size()) return std::nullopt;
  std::vector<std::size_t> starts;
  starts.reserve(groups.size());
  for (const run::StepGroup& group : groups) starts.push_back((*offsets)[static_cast<std::size_t>(group.first)]);
  return starts;
}

/// Makes the file that the shell reads: a named pipe that is fed, or a plain file.
Result<void> place_script(ExecutorState& state, int number, const run::JobTask& task, run::JobSink& sink,
                          StartedJob& job) {
  job.directory = std::make_unique<ScriptDirectory>(state.options.private_directory + "/" + std::to_string(number));
  if (auto made = job.directory->make(); !made) return made;
  const bool self_reading =
      std::any_of(task.steps.begin(), task.steps.end(), [](const std::string& step) { return reads_own_script(step); });
  auto starts = self_reading ? std::nullopt : group_starts(task, job.groups);
  if (!starts) {
    if (self_reading) {
      sink.note({.code = step_times_missing.code,
                 .severity = Severity::note,
                 .message = "step times of job '" + task.name + "' are missing: a step reads its own script"});
    }
    return os::write_file(job.directory->script(), task.script, 0600);
  }
  auto fifo = ScriptFifo::make(state.executor, job.directory->script());
  if (!fifo) return fail(explain_system_error("named pipe in '" + state.options.private_directory + "'", fifo.error()));
  job.script.emplace(FedScript{std::move(*fifo), StepFeeder(task.script, *std::move(starts))});
  job.times_known = true;
  return {};
}

os::FileDescriptor open_stdin(const run::JobTask& task) {
  const int own = task.keep_stdin ? ::fcntl(0, F_DUPFD_CLOEXEC, 3) : -1;
  if (own >= 0) return os::FileDescriptor(own);
  return above_standard(os::FileDescriptor(::open("/dev/null", O_RDONLY | O_CLOEXEC)));
}

/// A command that asks must own the terminal that it reads, but only when the agent does.
bool takes_terminal(const run::JobTask& task) {
  return task.keep_stdin && ::isatty(0) == 1 && ::tcgetpgrp(0) == ::getpgrp();
}

/// In the background of the agent's terminal, a job that asks there for a password would be stopped for good, and
/// nobody would be told. Without a terminal it is refused, and says so.
bool has_terminal() { return os::FileDescriptor(::open("/dev/tty", O_RDONLY | O_NOCTTY | O_CLOEXEC)).is_open(); }

/// A shell that is fed starts nothing before its first bytes come. The kernel takes milliseconds to move a process into
/// a group; so this one is moved while it starts, others must move themselves before they start anything.
bool waits_for_script(const StartedJob& job, const LaunchPlan& plan) {
  return job.script && std::ranges::none_of(plan.env, [](const auto& entry) { return entry.starts_with("BASH_ENV="); });
}

/// Launches with /ops mounted in the job's own namespace; where that is refused, again with a link.
tl::expected<Launched, LaunchFailure> launch_with_ops(ExecutorState& state, const run::JobTask& task,
                                                      run::JobSink& sink, LaunchPlan& plan, StartedJob& job) {
  for (;;) {
    job.ops = claim_ops(state, task, sink);
    plan.bind_from = job.ops ? job.ops->bind : "";
    plan.bind_to = state.ops.path();
    auto launched = launch(plan);
    if (launched || launched.error().stage != LaunchStage::mount) return launched;
    job.ops.reset();
    state.ops.forbid_mounts();
  }
}

Result<void> launch_main(ExecutorState& state, int number, const run::JobTask& task, run::JobSink& sink,
                         LaunchPlan plan, StartedJob& job) {
  auto pipe = make_output_pipe();
  if (!pipe) return fail(explain_system_error("pipe", errno));
  const os::FileDescriptor input = open_stdin(task);
  if (!input.is_open()) return fail(explain_system_error("descriptor for stdin", errno));
  if (state.cgroup_parent) job.cgroup = Cgroup::make(*state.cgroup_parent, cgroup_name(::getpid(), number));
  plan.workdir = task.workdir;
  plan.stdin_fd = input.get();
  plan.output_fd = pipe->writer.get();
  const bool joins_itself = !waits_for_script(job, plan);
  plan.cgroup_procs = job.cgroup && joins_itself ? job.cgroup->procs_fd() : -1;
  plan.foreground = job.foreground = takes_terminal(task);
  plan.own_session = !plan.foreground && has_terminal();
  auto launched = launch_with_ops(state, task, sink, plan, job);
  if (!launched) return fail(explain_failure(launched.error(), plan, path_of(plan.env)));
  job.main = std::move(*launched);
  if (job.cgroup && !joins_itself) job.cgroup->take(job.main.pid);
  job.output = std::move(pipe->reader);
  return {};
}

}  // namespace

ScriptDirectory::~ScriptDirectory() {
  ::unlink(script().c_str());
  ::rmdir(path_.c_str());
}

Result<void> ScriptDirectory::make() const {
  if (auto there = os::ensure_directory(std::filesystem::path(path_).parent_path()); !there) return there;
  if (::mkdir(path_.c_str(), 0700) == 0) return {};
  return fail(explain_system_error("directory '" + path_ + "'", errno));
}

asio::awaitable<Result<StartedJob>> start_job(std::shared_ptr<ExecutorState> state, int number,
                                              const run::JobTask& task, run::JobSink& sink) {
  StartedJob job;
  LaunchPlan plan;
  plan.env = marked(task.env, state->tree.marker_of(number));
  const std::string path = path_of(task.env);
  const bool is_script = !task.script.empty();
  const std::string program = is_script || task.argv.empty() ? "bash" : task.argv.front();
  if (auto too_large = check_sizes(task.argv, plan.env)) co_return fail(*std::move(too_large));
  const auto found = find_shell_or_program(program, path);
  if (!found) co_return fail(program_not_found(program, path));
  plan.program = *found;
  plan.argv = task.argv;
  if (is_script) {
    GroupingLimits limits;
    limits.total = state->options.grouping_limit;
    job.groups = co_await group_steps(state->executor, state->tree, plan.program, task.steps, limits);
    auto placed = place_script(*state, number, task, sink, job);
    if (!placed) co_return fail(std::move(placed).error());
    plan.argv = {"bash", job.directory->script()};
  }
  auto launched = launch_main(*state, number, task, sink, std::move(plan), job);
  if (!launched) co_return fail(std::move(launched).error());
  co_return Result<StartedJob>(std::move(job));
}

}  // namespace lifecycle::process
