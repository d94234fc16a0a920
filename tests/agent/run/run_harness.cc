#include "tests/agent/run/run_harness.h"

#include <sys/mman.h>
#include <unistd.h>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <exception>
#include <filesystem>
#include <optional>

namespace lifecycle::run {

plan::PlannedJob pipeline_job(std::string name, std::vector<std::string> steps) {
  plan::PlannedJob job;
  job.name = std::move(name);
  job.steps = std::move(steps);
  job.workdir.kind = ops::WorkdirKind::empty;
  job.env = {{"HOME", plan::EnvSource::default_value, plan::EnvValue::job_directory, "", ""}};
  return job;
}

namespace {

plan::WorkflowRun workflow(ops::WorkflowKind kind, std::string name) {
  plan::WorkflowRun run;
  run.workflow = std::move(name);
  run.version = "1.0.0";
  run.kind = kind;
  run.file = "ops.yml";
  run.line = 3;
  return run;
}

plan::PlannedJob file_job(const std::string& name) {
  plan::PlannedJob job;
  job.name = name;
  job.workdir.kind = ops::WorkdirKind::path;
  job.workdir.path = std::filesystem::temp_directory_path().string();
  return job;
}

}  // namespace

plan::WorkflowRun pipeline(std::string name, std::vector<plan::PlannedJob> jobs) {
  plan::WorkflowRun run = workflow(ops::WorkflowKind::pipeline, std::move(name));
  run.jobs = std::move(jobs);
  return run;
}

plan::WorkflowRun command(std::string name, std::string run) {
  plan::WorkflowRun planned = workflow(ops::WorkflowKind::command, name);
  planned.jobs = {file_job(name)};
  planned.jobs.front().argv = {"bash", "-c", std::move(run), name};
  return planned;
}

plan::WorkflowRun legacy(std::string name, std::vector<std::string> steps) {
  plan::WorkflowRun planned = workflow(ops::WorkflowKind::workflow, name);
  planned.jobs = {file_job(name)};
  planned.jobs.front().steps = std::move(steps);
  planned.jobs.front().shell_per_step = true;
  return planned;
}

plan::WorkflowRun service(std::string name, std::string run, int port) {
  plan::WorkflowRun planned = command(std::move(name), std::move(run));
  planned.kind = ops::WorkflowKind::service;
  if (port != 0) planned.ports = {{.host = "", .container = port, .place = {}}};
  return planned;
}

plan::Plan plan_of(std::vector<plan::WorkflowRun> workflows) {
  plan::Plan plan;
  plan.matched = std::move(workflows);
  return plan;
}

int free_port() {
  asio::io_context io;
  const asio::ip::tcp::acceptor acceptor(io, {asio::ip::address_v4::loopback(), 0});
  return acceptor.local_endpoint().port();
}

RunHarness::RunHarness() : console_fd_(::memfd_create("console", MFD_CLOEXEC)) {
  options.run_id = "run-1";
  options.temporary_directory = std::filesystem::temp_directory_path().string();
}

RunHarness::~RunHarness() { ::close(console_fd_); }

RunRecord RunHarness::run(const plan::Plan& plan) {
  executor.at_point = [this] { point(); };
  std::optional<RunRecord> record;
  {
    output::ConsoleWriter console(console_fd_);
    const SecretValues values = [this](std::string_view name) -> std::optional<std::string> {
      const auto found = secrets.find(std::string(name));
      if (found == secrets.end()) return std::nullopt;
      return found->second;
    };
    const auto say = [this](const Diagnostic& diagnostic) {
      said.push_back(diagnostic);
      point();
    };
    asio::co_spawn(io, run_plan(plan, options, executor, mask, console, values, *this, stop, say),
                   [&record](const std::exception_ptr& error, RunRecord ended) {
                     if (error) std::rethrow_exception(error);
                     record = std::move(ended);
                   });
    io.run();
    io.restart();
    console.flush();
  }
  const auto size = ::lseek(console_fd_, 0, SEEK_END);
  output.resize(static_cast<std::size_t>(size));
  const auto read = ::pread(console_fd_, output.data(), output.size(), 0);
  output.resize(static_cast<std::size_t>(std::max<ssize_t>(read, 0)));
  return std::move(record).value();
}

void RunHarness::workflow_started(const plan::WorkflowRun& planned, const WorkflowRecord&) {
  observed.push_back("started " + planned.workflow);
  point();
}

void RunHarness::workflow_ended(const plan::WorkflowRun& planned, const WorkflowRecord& record) {
  observed.push_back("ended " + planned.workflow + ": " + std::string(print_result(record.result)));
  point();
}

std::vector<std::string> RunHarness::codes() const {
  std::vector<std::string> codes;
  for (const Diagnostic& diagnostic : said) codes.emplace_back(diagnostic.code);
  return codes;
}

void RunHarness::point() {
  if (at_point) at_point();
}

}  // namespace lifecycle::run
