#include "agent/run/job_output.h"

#include <algorithm>
#include <boost/asio/as_tuple.hpp>
#include <boost/asio/use_awaitable.hpp>

#include "agent/base/duration.h"
#include "agent/base/visible_text.h"
#include "agent/run/job_verdict.h"
#include "agent/run/step_title.h"

namespace lifecycle::run {
namespace {

/// A job that waits for the floor stops reading when so much of its output waits with it.
constexpr std::size_t waiting_limit = std::size_t{64} << 10;
constexpr std::size_t title_columns = 120;

class TextSink final : public ByteSink {
 public:
  void take(std::string_view bytes) override { text.append(bytes); }
  std::string text;
};

std::string ending(StepEnd end, milliseconds duration) {
  const std::string time = print_duration(duration);
  switch (end.result) {
    case StepResult::passed:
      return "done in " + time;
    case StepResult::failed:
      return "failed with " + print_status(end.exit, end.signal) + " after " + time;
    case StepResult::cancelled:
      return "cancelled after " + time;
    case StepResult::timed_out:
      return "timed out after " + time;
    case StepResult::not_run:
      return "not run";
  }
  return {};
}

std::string line_prefix(const OutputStyle& style, Layout layout, std::string_view name, const mask::MaskTable& mask) {
  if (layout == Layout::grouped || style.raw) return {};
  std::string line = own_line(name, mask, style);
  line.pop_back();
  return line + " | ";
}

}  // namespace

Instant now() { return std::chrono::time_point_cast<milliseconds>(std::chrono::system_clock::now()); }

std::string own_line(std::string_view text, const mask::MaskTable& mask, const OutputStyle& style) {
  TextSink line;
  dialect::Neutraliser neutraliser(
      {.kind = style.dialect->kind(), .colours = dialect::Colours::drop, .pass_commands = false});
  neutraliser.feed(visible(mask.mask_text(text)), line);
  neutraliser.flush(line);
  return line.text + "\n";
}

JobOutput::JobOutput(OutputStyle style, Layout layout, std::string_view prefix, std::vector<std::string> steps,
                     Wiring wiring)
    : style_(style),
      layout_(layout),
      wiring_(std::move(wiring)),
      voice_(*wiring_.floor, line_prefix(style, layout, prefix, *wiring_.mask)),
      path_(*wiring_.mask, style.neutraliser, voice_),
      log_(std::move(steps)),
      wake_(std::make_shared<asio::steady_timer>(wiring_.executor)) {
  path_.on_warning(wiring_.say);
  voice_.on_drained = [weak = std::weak_ptr<asio::steady_timer>(wake_)] {
    if (const auto alive = weak.lock()) alive->cancel();
  };
}

void JobOutput::steps_are_known() { steps_known_ = true; }

void JobOutput::started(const std::vector<StepGroup>& groups, bool times_known) {
  if (steps_known_) return;
  log_.begin(groups, times_known);
  // Nobody will say when a step of a plain script starts: the job as a whole is the one step.
  if (!times_known) step_started(0);
}

void JobOutput::bytes(std::string_view chunk) { path_.feed(chunk); }

bool JobOutput::has_room() const { return voice_.waiting() < waiting_limit && wiring_.room->has_room(); }

asio::awaitable<void> JobOutput::room() {
  for (;;) {
    // One look at the console decides both: its thread makes room at any moment, and room that came between two
    // looks would leave this job waiting with nobody asked to wake it.
    const bool console_is_full = !wiring_.room->has_room();
    if (!console_is_full && voice_.waiting() < waiting_limit) co_return;
    wake_->expires_at(Clock::time_point::max());
    if (console_is_full) wiring_.room->wake_when_free(wake_);
    co_await wake_->async_wait(asio::as_tuple(asio::use_awaitable));
  }
}

StepMark JobOutput::mark_now() const { return {now(), path_.bytes()}; }

void JobOutput::step_started(int group) {
  const std::optional<int> before = log_.running();
  log_.start(group, mark_now());
  if (style_.raw) return;
  path_.boundary();
  if (before) print_footer(*before, {StepResult::passed, 0, 0});
  print_header(group);
}

void JobOutput::step_ended(StepEnd end) {
  const std::optional<int> step = log_.running();
  if (!step) return;
  log_.end(end.result, end.exit, mark_now());
  if (style_.raw) return;
  path_.boundary();
  print_footer(*step, end);
}

void JobOutput::finish(StepEnd end) {
  const std::optional<int> step = log_.running();
  path_.finish();
  const bool was_run = end.result != StepResult::not_run;
  log_.end(end.result, was_run ? std::optional<int>(end.exit) : std::nullopt, mark_now());
  if (!style_.raw) {
    if (!voice_.at_line_start()) voice_.take("\n");
    if (step) print_footer(*step, end);
  }
  voice_.close();
}

void JobOutput::print_header(int group) {
  if (group < 0 || static_cast<std::size_t>(group) >= log_.records().size()) return;
  const StepRecord& step = log_.records()[static_cast<std::size_t>(group)];
  const std::string number = step_number({step.first, step.last}, log_.step_count());
  // Masked before it is cut: a secret of several lines would show its first one.
  const std::string text = one_line(wiring_.mask->mask_text(step.text), title_columns - number.size() - 1);
  std::string line = own_line(number + " " + text, *wiring_.mask, style_);
  if (layout_ == Layout::grouped) {
    open_group_ = wiring_.next_group_id();
    const std::string group_line =
        style_.dialect->group_start({.id = open_group_,
                                     .title = std::string_view(line).substr(0, line.size() - 1),
                                     .started = step.started.value_or(now())});
    if (!group_line.empty()) line = group_line;
  }
  voice_.take(line);
}

void JobOutput::print_footer(int group, StepEnd end) {
  const StepRecord& step = log_.records()[static_cast<std::size_t>(group)];
  milliseconds duration{0};
  if (step.ended && step.started) duration = std::max(*step.ended - *step.started, duration);
  const std::string line = step_number({step.first, step.last}, log_.step_count()) + " " + ending(end, duration) + "\n";
  const bool passed = end.result == StepResult::passed;
  const Instant ended = step.ended.value_or(now());
  const dialect::LogGroup open{.id = open_group_,
                               .started = step.started.value_or(ended),
                               .ended = ended,
                               .end = passed ? dialect::GroupEnd::passed : dialect::GroupEnd::failed};
  const std::string group_end = layout_ == Layout::grouped ? style_.dialect->group_end(open) : std::string();
  // What went well is folded away with its group; what did not stands where it is seen.
  voice_.take(passed ? line + group_end : group_end + line);
}

}  // namespace lifecycle::run
