// Runs a plan with the scripted executor and keeps all that came of it.
#pragma once

#include <boost/asio/io_context.hpp>
#include <functional>
#include <map>
#include <string>
#include <vector>

#include "agent/mask/mask_table.h"
#include "agent/plan/plan.h"
#include "agent/run/plan_run.h"
#include "tests/agent/run/scripted_executor.h"

namespace lifecycle::run {

[[nodiscard]] plan::PlannedJob pipeline_job(std::string name, std::vector<std::string> steps);
[[nodiscard]] plan::WorkflowRun pipeline(std::string name, std::vector<plan::PlannedJob> jobs);
[[nodiscard]] plan::WorkflowRun command(std::string name, std::string run);
[[nodiscard]] plan::WorkflowRun legacy(std::string name, std::vector<std::string> steps);
[[nodiscard]] plan::WorkflowRun service(std::string name, std::string run, int port);
[[nodiscard]] plan::Plan plan_of(std::vector<plan::WorkflowRun> workflows);

/// A port that was free a moment ago.
[[nodiscard]] int free_port();

struct RunHarness final : RunObserver {
  RunHarness();
  ~RunHarness() override;
  RunHarness(const RunHarness&) = delete;
  RunHarness& operator=(const RunHarness&) = delete;

  RunRecord run(const plan::Plan& plan);

  void workflow_started(const plan::WorkflowRun& planned, const WorkflowRecord& record) override;
  void workflow_ended(const plan::WorkflowRun& planned, const WorkflowRecord& record) override;
  /// Codes of what was said.
  [[nodiscard]] std::vector<std::string> codes() const;

  asio::io_context io{1};
  ScriptedExecutor executor{io};
  StopSignal stop{io.get_executor()};
  mask::MaskTable mask;
  RunOptions options;
  std::map<std::string, std::string> secrets;
  std::string output;  // all of the console, after run()
  std::vector<Diagnostic> said;
  std::vector<std::string> observed;  // "started build", "ended build: success"
  /// Called wherever the run speaks to something outside of it.
  std::function<void()> at_point;

 private:
  void point();
  int console_fd_ = -1;
};

}  // namespace lifecycle::run
