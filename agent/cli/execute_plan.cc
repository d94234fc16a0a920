// One run on this machine. The main thread runs the one io_context: workflows, signals, timers; the report has a
// thread of its own, stdout another. After the last workflow the same thread keeps listening for signals while a
// helper waits for the report, so that a cancelled run never waits longer than its CI does.
#include <sys/ioctl.h>
#include <unistd.h>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/signal_set.hpp>
#include <cerrno>
#include <csignal>
#include <filesystem>
#include <optional>
#include <system_error>
#include <thread>

#include "adapters/dialect/dialect.h"
#include "agent/cli/ignored_signal.h"
#include "agent/cli/native_output.h"
#include "agent/cli/plan_secrets.h"
#include "agent/cli/reporting_settings.h"
#include "agent/cli/run_results.h"
#include "agent/cli/run_workflows.h"
#include "agent/cli/stderr_writer.h"
#include "agent/cli/time_budget.h"
#include "agent/log/log.h"
#include "agent/os/directory_remover.h"
#include "agent/os/files.h"
#include "agent/os/ownership.h"
#include "agent/output/console_writer.h"
#include "agent/report/reporter.h"
#include "agent/report/run_reporting.h"
#include "agent/run/plan_run.h"
#include "agent/summary/run_outputs.h"
#include "agent/summary/terminal_table.h"
#include "executors/process/process_executor.h"

namespace lifecycle::cli {
namespace {

namespace asio = boost::asio;
namespace fs = std::filesystem;

/// The directory of one run, mode 0700: the jobs' own and their scripts lie in it, each by a name of its own. Removed
/// with all it holds at the end. One level, since each directory costs a moment on a disk.
Result<os::TemporaryDirectory> make_directory(const Environment& environment) {
  const std::string_view told = environment.get("TMPDIR");
  const fs::path parent = told.empty() ? fs::path("/tmp") : fs::absolute(told);  // jobs start elsewhere
  return os::TemporaryDirectory::create(parent, "lifecycle-agent-");
}

/// Of the CI's program that takes the secrets: nothing may run before, and nobody waits long for it.
constexpr std::chrono::seconds native_masks_time{5};

std::size_t terminal_columns() {
  winsize size{};
  return ::ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0 ? size.ws_col : 100;
}

/// Colours of workflows stay where they show: on a terminal, in the log of a CI that shows them, or where they were
/// asked for.
dialect::Colours workflow_colours(const Call& call, const ci::Recognised& around) {
  const bool shown =
      ::isatty(STDOUT_FILENO) == 1 || (around.in_ci && dialect::shows_colours(around.row->name, call.environment));
  const bool kept = colours_asked_for(colour_choice(call.settings.text("color")), call.environment).value_or(shown);
  return kept ? dialect::Colours::keep : dialect::Colours::drop;
}

class Session {
 public:
  Session(const Call& call, const RunRequest& request, const ReadyPlan& ready)
      : call_(call), request_(request), ready_(ready), run_id_(summary::random_token()) {
    if (!is_ignored(SIGHUP)) signals_.add(SIGHUP);
    call_.output.divert_notes(&stderr_);
  }
  ~Session() {
    call_.output.divert_notes(nullptr);
    log::set_mask({});
  }
  Session(const Session&) = delete;
  Session& operator=(const Session&) = delete;

  ExitCode run();

 private:
  /// Errors: secrets-too-large, since what cannot be masked must not run.
  Result<std::vector<dialect::SecretValue>> register_secrets();
  void hand_secrets_to_ci(const std::vector<dialect::SecretValue>& secrets);
  void tell_ci();
  Result<void> start_reporting();
  void await_signal();
  void heard_signal(int number);
  [[nodiscard]] run::RunOptions run_options(const os::TemporaryDirectory& directory);
  void carry_out(const os::TemporaryDirectory& directory);
  [[nodiscard]] std::optional<SteadyTime> patience_ends(int share) const;
  bool wait_listening(int share, const std::function<bool(milliseconds)>& done_within);
  bool drain(output::ConsoleWriter& writer, int share);
  void show_table();
  void note_lost_output();
  void finish_reporting();
  void remove_directory(os::TemporaryDirectory directory);
  [[nodiscard]] ExitCode close(os::TemporaryDirectory directory);
  void say(const Diagnostic& diagnostic) const { call_.output.say(diagnostic); }

  const Call& call_;
  const RunRequest& request_;
  const ReadyPlan& ready_;
  const std::string run_id_;
  const std::chrono::system_clock::time_point begun_ = std::chrono::system_clock::now();
  const dialect::Dialect& dialect_ = dialect::dialect_of(ready_.ci.row->name);

  asio::io_context io_{1};
  asio::signal_set signals_{io_, SIGINT, SIGTERM};
  run::StopSignal stop_{io_.get_executor()};
  std::optional<SteadyTime> signalled_;
  TimeBudget budget_ =
      time_budget(ready_.ci.row->grace, call_.settings.duration("grace-int"), call_.settings.duration("grace-term"));

  mask::MaskTable mask_;
  output::ConsoleWriter console_{STDOUT_FILENO};
  StderrWriter stderr_;
  os::DirectoryRemover remover_;
  const SteadyTime started_ = std::chrono::steady_clock::now();
  std::unique_ptr<report::Reporter> reporter_;  // nothing: nothing is sent
  std::optional<report::RunReporting> reporting_;
  run::RunRecord record_;
  std::string ci_lines_;                 // what the CI is told in the log, for the end of it
  std::optional<RemoteActions> remote_;  // what it is told by other ways
  bool undelivered_ = false;
  bool workflows_ended_ = false;
};

Result<std::vector<dialect::SecretValue>> Session::register_secrets() {
  mask_token(call_, mask_);
  auto added = add_plan_secrets(call_, ready_.plan, ready_.secrets, mask_);
  if (!added) return added;
  log::set_mask([this](std::string_view text) { return mask_.mask_text(text); });
  return added;
}

/// --native-masks: before the first step, since the CI masks only what comes after.
void Session::hand_secrets_to_ci(const std::vector<dialect::SecretValue>& secrets) {
  if (!call_.settings.is_on("native-masks")) return;
  SortedActions sorted = sort_actions(native_masks(call_, ready_.ci, secrets));
  for (const Diagnostic& warning :
       carry_out_local(sorted.local, [this](std::string_view line) { console_.take(line); })) {
    say(warning);
  }
  RemoteActions remote(std::move(sorted.remote), call_.environment);
  for (const Diagnostic& warning : remote.perform(http::Clock::now() + native_masks_time)) say(warning);
}

/// Files are written at once, lines wait for their place in the log, the rest for the report's time.
void Session::tell_ci() {
  SortedActions sorted = sort_actions(run_actions(call_, record_, mask_, ready_.ci));
  for (const Diagnostic& warning :
       carry_out_local(sorted.local, [this](std::string_view line) { ci_lines_ += line; })) {
    say(warning);
  }
  remote_.emplace(std::move(sorted.remote), call_.environment);
}

Result<void> Session::start_reporting() {
  report::ReportFacts facts = report_facts(call_, run_id_);
  facts.image = request_.image;
  const auto own =
      call_.settings.is_on("record-event") ? report::OwnEvents::all : report::OwnEvents::changes_and_deployments;
  report::ReportSettings settings = report_settings(call_);
  if (report::is_configured(settings)) {
    auto reporter = report::Reporter::create(std::move(settings), mask_);
    if (!reporter) return fail(std::move(reporter).error());
    reporter_ = *std::move(reporter);
  } else {
    say(report::not_configured_note());
  }
  reporting_.emplace(ready_.plan.event, std::move(facts), own, [this](const report::InsightsEvent& event) {
    if (reporter_) reporter_->enqueue(event);
  });
  reporting_->report_event(std::chrono::floor<milliseconds>(std::chrono::system_clock::now()));
  return {};
}

void Session::await_signal() {
  signals_.async_wait([this](const boost::system::error_code& error, int number) {
    if (error) return;
    heard_signal(number);
    await_signal();
  });
}

void Session::heard_signal(int number) {
  const SteadyTime now = std::chrono::steady_clock::now();
  log::write(log::Level::info, "signal " + std::to_string(number));
  if (!signalled_) signalled_ = now;
  if (workflows_ended_) {
    // Nothing is left to stop but the report; a moment more may still deliver what is under way.
    if (reporter_) reporter_->set_deadline(now + std::chrono::seconds(1));
    if (remote_) remote_->set_deadline(now + std::chrono::seconds(1));
    return;
  }
  stop_.grace_int = budget_.interrupt;
  stop_.grace_term = budget_.terminate;
  stop_.raise(run::StopReason::cancelled, number);
}

run::RunOptions Session::run_options(const os::TemporaryDirectory& directory) {
  const Settings& settings = call_.settings;
  run::RunOptions options;
  options.run_id = run_id_;
  options.ci = ready_.ci.row->name;
  options.in_ci = ready_.ci.in_ci;
  options.raw = settings.is_on("raw");
  options.allow_workflow_commands = settings.is_on("allow-workflow-commands");
  options.colours = workflow_colours(call_, ready_.ci);
  options.timeout = settings.duration("timeout");
  options.grace_int = settings.duration("grace-int").value_or(options.grace_int);
  options.grace_term = settings.duration("grace-term").value_or(options.grace_term);
  options.linger = settings.duration("linger").value_or(options.linger);
  options.temporary_directory = directory.path().string();
  options.discard = [this](os::TemporaryDirectory used) { remover_.remove(std::move(used)); };
  options.services = settings.text("services") == "keep" ? run::ServicesChoice::keep : run::ServicesChoice::stop;
  return options;
}

void Session::carry_out(const os::TemporaryDirectory& directory) {
  process::ProcessExecutor executor(io_.get_executor(),
                                    {.run_marker = run_id_, .private_directory = directory.path().string()});
  const auto done = [this](const std::exception_ptr& failure, run::RunRecord record) {
    if (failure) std::rethrow_exception(failure);
    record_ = std::move(record);
    io_.stop();
  };
  asio::co_spawn(io_,
                 run::run_plan(
                     ready_.plan, run_options(directory), executor, mask_, console_,
                     [this](std::string_view name) { return ready_.secrets.find(name); }, *reporting_, stop_,
                     [this](const Diagnostic& diagnostic) { say(diagnostic); }),
                 done);
  io_.run();
  io_.restart();
  workflows_ended_ = true;
}

/// Until when something that is stuck is waited for: after a signal for a share (per cent) of the budget, after a
/// timeout for as long as its ladder may have taken; nothing: for ever, as any program would.
std::optional<SteadyTime> Session::patience_ends(int share) const {
  if (signalled_) return *signalled_ + budget_.total * share / 100;
  const Settings& settings = call_.settings;
  const auto timeout = settings.duration("timeout");
  if (!timeout) return std::nullopt;
  const run::RunOptions defaults;
  return started_ + *timeout + settings.duration("grace-int").value_or(defaults.grace_int) +
         settings.duration("grace-term").value_or(defaults.grace_term) + std::chrono::seconds(1);
}

/// Hears signals while it waits. False: patience has ended before it was done.
bool Session::wait_listening(int share, const std::function<bool(milliseconds)>& done_within) {
  constexpr milliseconds slice{50};
  while (!done_within(slice)) {
    io_.poll();
    io_.restart();
    const auto end = patience_ends(share);
    if (end && std::chrono::steady_clock::now() >= *end) return false;
  }
  return true;
}

/// Waits for the reader of stdout or stderr, however slow. False: it is stuck, and what it has not read is lost.
bool Session::drain(output::ConsoleWriter& writer, int share) {
  const auto written = [&writer](milliseconds limit) { return writer.flush_within(limit) || writer.error() != 0; };
  if (wait_listening(share, written)) return true;
  writer.abandon();
  return false;
}

void Session::show_table() {
  // First what the workflows wrote: a full ring would block the table for ever.
  if (!drain(console_, 95)) return;
  if (!call_.settings.is_on("raw")) {
    console_.take(dialect_.heading("lifecycle-agent"));
    console_.take(summary::terminal_table(record_, mask_, {.columns = terminal_columns(), .kind = dialect_.kind()}));
    console_.take(ci_lines_);
  }
  static_cast<void>(drain(console_, 95));
}

/// Once: whoever reads stdout may be gone (`| head`), the disk may be full. The workflows go on all the same.
void Session::note_lost_output() {
  const int error = console_.error();
  if (error == 0 || !record_.output_lost.empty()) return;
  record_.output_lost = (error == EPIPE ? "nobody reads stdout any more: " : "cannot write to stdout: ") +
                        std::generic_category().message(error);
  say({.code = "output-unwritable",
       .severity = Severity::warning,
       .message = "part of the output is lost: " + record_.output_lost,
       .hint = "the workflows went on, and the exit code is theirs"});
}

void Session::finish_reporting() {
  if (!reporter_ && remote_->empty()) return;
  const milliseconds limit = call_.settings.duration("report-timeout").value_or(std::chrono::seconds(10));
  const SteadyTime deadline = report_deadline(std::chrono::steady_clock::now(), limit, signalled_, budget_.total);
  report::ReportOutcome outcome;
  std::vector<Diagnostic> warnings;
  const auto keep_listening = asio::make_work_guard(io_);
  std::thread waiting([&] {
    warnings = remote_->perform(deadline);  // meanwhile the reporter's own thread delivers
    if (reporter_) outcome = reporter_->finish(deadline);
    io_.stop();
  });
  io_.run();
  waiting.join();
  for (const Diagnostic& warning : warnings) say(warning);
  if (!reporter_) return;
  for (const Diagnostic& diagnostic : outcome.diagnostics) say(diagnostic);
  undelivered_ = !outcome.all_delivered();
  record_.reported = std::move(outcome.reported);
}

/// All that the run made goes; where a disk is too slow for a cancelled run's time, what is left is named.
void Session::remove_directory(os::TemporaryDirectory directory) {
  const std::string path = directory.path().string();
  remover_.remove(std::move(directory));
  const bool done = wait_listening(97, [this](milliseconds limit) { return remover_.finish_within(limit); });
  for (Diagnostic left : remover_.take_failures()) {
    left.severity = Severity::warning;
    say(left);
  }
  if (done) return;
  static_cast<void>(remover_.abandon());
  say({.code = "directory-unremovable",
       .severity = Severity::warning,
       .message = "'" + path + "' is not wholly removed: the run was to end sooner",
       .hint = "remove it when nothing waits for it"});
}

ExitCode Session::close(os::TemporaryDirectory directory) {
  ExitCode code = exit_code_of(record_);
  if (undelivered_ && call_.settings.is_on("strict-insights")) code = stronger(code, ExitCode::environment);
  if (const auto written = write_record(call_, record_); !written) {
    say(written.error());
    code = stronger(code, ExitCode::environment);
  }
  remove_directory(std::move(directory));
  os::return_ownership(ready_.workspace, begun_);
  const bool nothing = ready_.plan.matched.empty();
  return nothing && call_.settings.is_on("fail-on-no-match") ? stronger(code, ExitCode::no_match) : code;
}

ExitCode Session::run() {
  auto directory = make_directory(call_.environment);
  if (!directory) return call_.fail_with(directory.error());
  const auto secrets = register_secrets();
  if (!secrets) return call_.fail_with(secrets.error());
  await_signal();
  if (auto started = start_reporting(); !started) return call_.fail_with(started.error());
  hand_secrets_to_ci(*secrets);
  carry_out(*directory);
  note_lost_output();  // as far as is known by now: the files must not wait for a reader that is stuck
  tell_ci();
  show_table();
  note_lost_output();
  finish_reporting();
  const ExitCode code = close(*std::move(directory));
  static_cast<void>(drain(stderr_.writer(), 98));
  return code;
}

}  // namespace

ExitCode execute_plan(const Call& call, const RunRequest& request, const ReadyPlan& ready) {
  return Session(call, request, ready).run();
}

}  // namespace lifecycle::cli
