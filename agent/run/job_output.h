// Where a job's output goes: its bytes through the output path, and around them the lines of our own that say
// which step they belong to.
//
// One log group per group of steps. GitHub has no nested groups, a group around a whole job would hide every
// step in one fold, and a step is what a reader looks for; the job gets a plain line before and after instead.
#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/steady_timer.hpp>
#include <functional>
#include <memory>
#include <string>

#include "adapters/dialect/dialect.h"
#include "agent/mask/mask_table.h"
#include "agent/output/output_path.h"
#include "agent/run/console_floor.h"
#include "agent/run/console_room.h"
#include "agent/run/executor.h"
#include "agent/run/step_log.h"

namespace lifecycle::run {

/// grouped: the job has the console to itself. prefixed: others write as well, each line says whose it is.
enum class Layout { grouped, prefixed };

/// What all outputs of a run share.
struct OutputStyle {
  const dialect::Dialect* dialect = nullptr;
  dialect::NeutraliserOptions neutraliser;
  bool raw = false;
};

/// A line of the agent's own as it may stand in the log: masked, printable, no command of the CI.
[[nodiscard]] std::string own_line(std::string_view text, const mask::MaskTable& mask, const OutputStyle& style);

/// How a step, or the job with its last step, ended.
struct StepEnd {
  StepResult result = StepResult::passed;
  int exit = 0;
  int signal = 0;
};

class JobOutput final : public JobSink {
 public:
  struct Wiring {
    asio::any_io_executor executor;
    ConsoleFloor* floor = nullptr;
    std::shared_ptr<ConsoleRoom> room;
    mask::MaskTable* mask = nullptr;
    std::function<void(const Diagnostic&)> say;
    std::function<std::string()> next_group_id;
  };

  /// `prefix` for layout prefixed: `build/test`. Everything wired outlives the output.
  JobOutput(OutputStyle style, Layout layout, std::string_view prefix, std::vector<std::string> steps, Wiring wiring);

  /// For tasks whose steps the run itself starts (commands, services, legacy workflows): started() then
  /// changes nothing, and the run calls step_started before each task.
  void steps_are_known();
  /// The step that ran has ended, the next may follow (legacy workflows).
  void step_ended(StepEnd end);
  /// The job has ended: what is held back is shown, the last step's line is closed.
  void finish(StepEnd end);

  [[nodiscard]] const StepLog& steps() const { return log_; }

  void started(const std::vector<StepGroup>& groups, bool times_known) override;
  void bytes(std::string_view chunk) override;
  [[nodiscard]] bool has_room() const override;
  asio::awaitable<void> room() override;
  void pause() override { path_.pause(); }
  [[nodiscard]] bool holds() const override { return path_.holds(); }
  void step_started(int group) override;
  void note(const Diagnostic& diagnostic) override { wiring_.say(diagnostic); }

 private:
  [[nodiscard]] StepMark mark_now() const;
  void print_header(int group);
  void print_footer(int group, StepEnd end);

  OutputStyle style_;
  Layout layout_;
  Wiring wiring_;
  Voice voice_;
  output::OutputPath path_;
  StepLog log_;
  bool steps_known_ = false;
  std::string open_group_;
  std::shared_ptr<asio::steady_timer> wake_;
};

/// The wall clock, in the records' precision.
[[nodiscard]] Instant now();

}  // namespace lifecycle::run
