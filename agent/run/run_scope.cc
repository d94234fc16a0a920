#include "agent/run/run_scope.h"

#include <algorithm>
#include <exception>

#include "agent/run/run_diagnostics.h"

namespace lifecycle::run {
namespace {

/// A job whose unfinished line is shown holds the floor until its LF, or for so long without a byte.
constexpr milliseconds floor_patience{100};

OutputStyle style_of(const RunOptions& options) {
  OutputStyle style;
  style.dialect = &dialect::dialect_of(options.ci);
  style.raw = options.raw;
  style.neutraliser = {.kind = style.dialect->kind(),
                       .colours = options.colours,
                       .pass_commands = options.allow_workflow_commands,
                       .pass_control_bytes = options.raw,
                       .plain_ci = options.in_ci && style.dialect->kind() == dialect::DialectKind::plain};
  return style;
}

}  // namespace

/// Ends the turn of a voice that fell silent in mid-line while others wait.
struct RunScope::FloorClock : std::enable_shared_from_this<RunScope::FloorClock> {
  FloorClock(const asio::any_io_executor& executor, ConsoleFloor& console_floor)
      : floor(&console_floor), timer(executor) {}

  void arm() {
    if (armed || floor == nullptr) return;
    armed = true;
    seen = floor->written();
    timer.expires_after(floor_patience);
    timer.async_wait([weak = weak_from_this()](const boost::system::error_code&) {
      if (const auto clock = weak.lock()) clock->expire();
    });
  }

  void expire() {
    armed = false;
    if (floor == nullptr || !floor->is_contended()) return;
    if (floor->written() == seen) floor->interrupt();
    if (floor->is_contended()) arm();
  }

  void stop() {
    floor = nullptr;
    timer.cancel();
  }

  ConsoleFloor* floor;
  asio::steady_timer timer;
  bool armed = false;
  std::uint64_t seen = 0;
};

RunScope::RunScope(asio::any_io_executor io_executor, const RunOptions& run_options, Executor& job_executor,
                   mask::MaskTable& mask_table, output::ConsoleWriter& console_writer, StopSignal& stop_signal,
                   std::function<void(const Diagnostic&)> say_aloud)
    : io(std::move(io_executor)),
      options(run_options),
      executor(job_executor),
      mask(mask_table),
      stop(stop_signal),
      room_(std::make_shared<ConsoleRoom>(io, console_writer)),
      say_(std::move(say_aloud)),
      style_(style_of(run_options)),
      raw_console_(style_.neutraliser, console_writer),
      floor_(run_options.raw ? static_cast<ByteSink&>(raw_console_) : console_writer,
             run_options.raw ? LineBreaks::none : LineBreaks::ours),
      own_voice_(floor_, {}),
      floor_clock_(std::make_shared<FloorClock>(io, floor_)) {
  floor_.on_contention = [clock = floor_clock_.get()] { clock->arm(); };
}

RunScope::~RunScope() { floor_clock_->stop(); }

void RunScope::announce(std::string_view text) {
  if (!style_.raw) own_voice_.take(own_line(text, mask, style_));
}

void RunScope::say(const Diagnostic& diagnostic) {
  Diagnostic masked = diagnostic;
  masked.message = mask.mask_text(masked.message);
  masked.hint = mask.mask_text(masked.hint);
  masked.source_line = mask.mask_text(masked.source_line);
  const bool is_new = said_.insert(std::string(masked.code) + '\n' + masked.message).second;
  if (is_new) say_(masked);
}

std::unique_ptr<JobOutput> RunScope::make_output(Layout layout, std::string_view prefix,
                                                 std::vector<std::string> steps) {
  JobOutput::Wiring wiring;
  wiring.executor = io;
  wiring.floor = &floor_;
  wiring.room = room_;
  wiring.mask = &mask;
  wiring.say = [this](const Diagnostic& diagnostic) { say(diagnostic); };
  // Unique in the whole log: a step of the CI's may call the agent several times, and Travis and GitLab tell groups by
  // their names.
  wiring.next_group_id = [this] {
    const std::string& run = options.run_id;
    return "lifecycle_" + run.substr(run.size() - std::min<std::size_t>(run.size(), 8)) + "_" +
           std::to_string(++groups_);
  };
  return std::make_unique<JobOutput>(style_, layout, prefix, std::move(steps), std::move(wiring));
}

asio::awaitable<JobEnd> RunScope::run_task(JobTask task, JobSink& sink, StopSignal& task_stop) {
  const std::string name = task.name;
  JobEnd end;
  try {
    end = co_await executor.run(std::move(task), sink, task_stop);
  } catch (const std::exception& error) {
    end = JobEnd{};
    end.reason = EndReason::not_started;
    end.error = executor_failed(name, error.what());
  }
  co_return end;
}

void RunScope::close() { own_voice_.close(); }

}  // namespace lifecycle::run
