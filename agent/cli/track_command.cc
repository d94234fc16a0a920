#include "agent/cli/commands.h"
#include "agent/cli/gather.h"
#include "agent/cli/reporting_settings.h"
#include "agent/cli/track.h"
#include "agent/summary/run_outputs.h"

namespace lifecycle::cli {
namespace {

Diagnostic as_error(Diagnostic note) {
  note.severity = Severity::error;
  return note;
}

}  // namespace

ExitCode send_track_event(const Call& call, const report::TrackFields& fields) {
  const auto detected = gather_event(call, NoCause::claim_nothing);
  if (!detected) return call.fail_with(detected.error());
  const report::ReportFacts facts = report_facts(call, summary::random_token());
  auto tracked = report::make_track_event(fields, detected->event, facts);
  if (!tracked) return call.fail_with(tracked.error());
  for (const Diagnostic& warning : tracked->warnings) call.output.say(warning);
  mask::MaskTable mask;
  mask_token(call, mask);
  report::ReportSettings settings = report_settings(call);
  if (call.settings.is_on("dry-run")) return show_events(call, std::move(settings), {tracked->event}, mask);
  // Sending is all that the command is for: without an address it is a mistake, where for `run` it is a choice.
  if (!report::is_configured(settings)) return call.fail_with(as_error(report::not_configured_note()));
  return send_events(call, std::move(settings), {tracked->event}, mask);
}

ExitCode track_command(const Call& call) {
  const Settings& settings = call.settings;
  report::TrackFields fields;
  fields.event_name = settings.text("event-name");
  fields.event_action = settings.text("event-action");
  fields.branch = settings.text("branch");
  fields.commit = settings.text("commit");
  fields.repo = settings.text("repo");
  fields.environment = settings.text("environment");
  fields.image = settings.text("image");
  return send_track_event(call, fields);
}

}  // namespace lifecycle::cli
