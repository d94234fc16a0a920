#include "agent/cli/reporting_settings.h"

#include <boost/asio/io_context.hpp>
#include <boost/asio/signal_set.hpp>
#include <csignal>
#include <functional>
#include <thread>

#include "adapters/ci/ci_table.h"
#include "agent/base/visible_text.h"
#include "agent/cli/ignored_signal.h"
#include "agent/cli/program_version.h"
#include "agent/report/reporter.h"

namespace lifecycle::cli {
namespace {

std::string delivered_text(const report::ReportOutcome& outcome) {
  std::string text;
  for (const run::ReportedRecord& record : outcome.reported) {
    if (record.result != "delivered") continue;
    text += "sent " + visible(record.event_name) + " " + visible(record.event_action) + " (status " +
            std::to_string(record.status) + ")\n";
  }
  return text;
}

/// `action` is the GitHub Action's, unless it runs as a plugin of another CI.
std::string mechanism_of(const Call& call) {
  if (call.settings.is_given("mechanism")) return call.settings.text("mechanism");
  const auto recognised = ci::recognise(call.environment, std::string_view{});
  const bool elsewhere = recognised && recognised->in_ci && recognised->row->family != "actions";
  return call.command.id == CommandId::action && !elsewhere ? "github-action" : "lifecycle-agent";
}

}  // namespace

report::ReportSettings report_settings(const Call& call) {
  const Setting& token = call.settings.find("token");
  report::ReportSettings settings;
  settings.events_url = call.settings.text("events-url");
  settings.token = call.settings.text("token");
  settings.token_place = token.where;
  settings.mechanism = mechanism_of(call);
  if (call.settings.is_on("strict-insights")) settings.strictness = report::Strictness::strict;
  settings.transport = http::read_transport_settings(call.environment);
  settings.transport.user_agent = "lifecycle-agent/" + std::string(program_version().version);
  return settings;
}

report::ReportFacts report_facts(const Call& call, std::string run_id) {
  report::ReportFacts facts;
  facts.team_id = call.settings.text("team-id");
  facts.run_id = std::move(run_id);
  facts.step = call.environment.get("GITHUB_ACTION");
  facts.key = call.settings.text("key");
  return facts;
}

void mask_token(const Call& call, mask::MaskTable& mask) {
  const std::string token = call.settings.text("token");
  if (token.empty()) return;
  // A token that is too short to mask is too short to be one; the endpoint will say so.
  static_cast<void>(mask.add("token", token, mask::SecretOrigin::explicit_value));
}

namespace {

/// Waits for the report and hears signals meanwhile: after one a moment more may still deliver what is under way, a
/// second one ends it. The signal's number, or 0. As PID 1 of a container nothing else would end us.
int finish_listening(report::Reporter& reporter, http::Clock::time_point deadline, report::ReportOutcome& outcome) {
  boost::asio::io_context io{1};
  boost::asio::signal_set signals(io, SIGINT, SIGTERM);
  if (!is_ignored(SIGHUP)) signals.add(SIGHUP);
  int heard = 0;
  std::function<void()> listen = [&] {
    signals.async_wait([&](const boost::system::error_code& error, int number) {
      if (error) return;
      reporter.set_deadline(http::Clock::now() + std::chrono::seconds(heard == 0 ? 1 : 0));
      if (heard == 0) heard = number;
      listen();
    });
  };
  listen();
  std::thread waiting([&] {
    outcome = reporter.finish(deadline);
    io.stop();
  });
  io.run();
  waiting.join();
  return heard;
}

}  // namespace

ExitCode send_events(const Call& call, report::ReportSettings settings,
                     const std::vector<report::InsightsEvent>& events, const mask::MaskTable& mask) {
  auto reporter = report::Reporter::create(std::move(settings), mask);
  if (!reporter) return call.fail_with(reporter.error());
  for (const report::InsightsEvent& event : events) (*reporter)->enqueue(event);
  const auto limit = call.settings.duration("report-timeout").value_or(std::chrono::seconds(10));
  report::ReportOutcome outcome;
  const int signal = finish_listening(**reporter, http::Clock::now() + limit, outcome);
  for (const Diagnostic& diagnostic : outcome.diagnostics) call.output.say(diagnostic);
  call.output.print_words(delivered_text(outcome));
  if (outcome.all_delivered()) return ExitCode::success;
  if (signal != 0) return signal == SIGINT ? ExitCode::interrupted : ExitCode::terminated;
  const bool lost = call.settings.is_on("strict-insights");
  return lost ? ExitCode::environment : ExitCode::success;
}

ExitCode show_events(const Call& call, report::ReportSettings settings,
                     const std::vector<report::InsightsEvent>& events, const mask::MaskTable& mask) {
  // What would be sent is worth seeing also where nothing would be sent from here.
  if (!report::is_configured(settings)) settings.events_url = report::platform_url;
  const auto checked = report::checked_settings(std::move(settings));
  if (!checked) return call.fail_with(checked.error());
  for (const report::InsightsEvent& event : events) {
    call.output.print_words(report::dry_run_text(*checked, event, mask));
  }
  return ExitCode::success;
}

}  // namespace lifecycle::cli
