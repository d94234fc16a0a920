// Carries out a Plan: services first, then the other workflows one after the other; order, cancellation,
// the record. The rim hands in executor, console and secrets; nothing here reads the environment.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <functional>
#include <string>

#include "adapters/dialect/dialect.h"
#include "agent/mask/mask_table.h"
#include "agent/os/files.h"
#include "agent/output/console_writer.h"
#include "agent/plan/plan.h"
#include "agent/run/executor.h"
#include "agent/run/run_record.h"

namespace lifecycle::run {

/// What the report hears of a run, on the io thread, in order; it must not block.
class RunObserver {
 public:
  virtual ~RunObserver() = default;
  virtual void workflow_started(const plan::WorkflowRun& planned, const WorkflowRecord& record) = 0;
  virtual void workflow_ended(const plan::WorkflowRun& planned, const WorkflowRecord& record) = 0;
};

enum class ServicesChoice { stop, keep };

struct RunOptions {
  std::string run_id;
  std::string ci;      // whose dialect the output speaks
  bool in_ci = false;  // a CI shows the output, whether or not it has words of its own
  bool raw = false;    // the workflows' output and nothing else
  bool allow_workflow_commands = false;
  dialect::Colours colours = dialect::Colours::keep;
  std::optional<milliseconds> timeout;  // of the whole run
  milliseconds grace_int{4000};         // after a timeout or a terminal's Ctrl-C
  milliseconds grace_term{4000};
  milliseconds linger{2000};
  std::string temporary_directory;  // parent of the jobs' empty directories
  ServicesChoice services = ServicesChoice::stop;
  milliseconds service_limit{60000};
  /// Takes a job's directory off the run's hands; empty: it is removed before the next job starts.
  std::function<void(os::TemporaryDirectory)> discard;
};

/// The value of a secret or config at the start; nothing when it is gone.
using SecretValues = std::function<std::optional<std::string>(std::string_view name)>;

/// Runs the plan to its end. `mask` must hold every secret value before. Diagnostics that a user must see on
/// stderr go to `say`, masked, each once. Never throws for what workflows do. Stopped through `stop`, not through
/// the coroutine's cancellation. The references outlive the run. A value that is gone (secret-gone): nothing
/// starts, the result is error.
boost::asio::awaitable<RunRecord> run_plan(const plan::Plan& plan, RunOptions options, Executor& executor,
                                           mask::MaskTable& mask, output::ConsoleWriter& console, SecretValues secrets,
                                           RunObserver& observer, StopSignal& stop,
                                           std::function<void(const Diagnostic&)> say);

[[nodiscard]] std::vector<DiagnosticCode> run_diagnostic_codes();

}  // namespace lifecycle::run
