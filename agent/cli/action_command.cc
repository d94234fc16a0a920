// What the action does follows from its inputs, so that a step that used cto-ai/action, or the platform's own agent
// workflow (team_id and token alone), works with one line changed:
//   an event's name and action (or the old stage and status)  → exactly that event is sent, nothing runs
//   an ops.yml in the workspace, or named                     → the workflows that match run, and are reported
//   neither                                                   → the triggering event itself is recorded
#include "agent/cli/commands.h"
#include "agent/cli/gather.h"
#include "agent/cli/native_output.h"
#include "agent/cli/ops_files.h"
#include "agent/cli/reporting_settings.h"
#include "agent/cli/run_workflows.h"
#include "agent/cli/track.h"
#include "agent/report/insights_body.h"
#include "agent/summary/run_outputs.h"

namespace lifecycle::cli {
namespace {

report::TrackFields fields_of(const Settings& settings) {
  report::TrackFields fields;
  fields.event_name = settings.text("event-name");
  fields.event_action = settings.text("event-action");
  fields.branch = settings.text("branch");
  fields.commit = settings.text("commit");
  fields.repo = settings.text("repo");
  fields.environment = settings.text("environment");
  fields.image = settings.text("image");
  fields.stage = settings.text("stage");
  fields.status = settings.text("status");
  fields.change_id = settings.text("change-id");
  fields.pipeline_id = settings.text("pipeline-id");
  fields.stage_ref = settings.text("stage-ref");
  fields.custom = settings.text("custom");
  return fields;
}

ExitCode record_event(const Call& call) {
  const auto detected = gather_event(call, NoCause::claim_push);
  if (!detected) return call.fail_with(detected.error());
  say_event_warnings(call, detected->event);
  const auto now = std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::now());
  report::ReportFacts facts = report_facts(call, summary::random_token());
  facts.image = call.settings.text("image");
  const auto own = report::own_event(detected->event, facts, report::OwnEvents::all, now);
  if (!own) {
    call.output.note("no ops.yml in the workspace, and no event to record\n");
    return ExitCode::success;
  }
  mask::MaskTable mask;
  mask_token(call, mask);
  report::ReportSettings settings = report_settings(call);
  if (call.settings.is_on("dry-run")) return show_events(call, std::move(settings), {*own}, mask);
  if (!report::is_configured(settings)) {
    call.output.say(report::not_configured_note());
    return ExitCode::success;
  }
  return send_events(call, std::move(settings), {*own}, mask);
}

/// Where the repository lies. The Actions family says it without the event being read.
std::string action_workspace(const Call& call) {
  const std::string_view told = call.environment.get("GITHUB_WORKSPACE");
  if (!told.empty()) return workspace_of(told);
  const auto detected = gather_event(call, NoCause::claim_nothing);
  return workspace_of(detected ? std::string_view(detected->event.run.workspace) : std::string_view{});
}

/// A workflow that reads the action's outputs finds them whatever the action did.
ExitCode with_outputs(const Call& call, ExitCode code) {
  hand_on_without_run(call, code);
  return code;
}

}  // namespace

ExitCode action_command(const Call& call) {
  const report::TrackFields fields = fields_of(call.settings);
  if (report::asks_for_event(fields)) {
    return with_outputs(call, send_track_event(call, fields));
  }
  if (const auto unused = report::unused_legacy_inputs(fields)) call.output.say(*unused);
  RunRequest request{.names = call.operands, .image = fields.image};
  for (const std::string& name : call.settings.list("workflows")) request.names.push_back(name);
  const bool wants_run = !request.names.empty() || call.settings.is_given("file");
  if (wants_run || ops_paths({}, action_workspace(call))) return run_workflows(call, request);
  const ExitCode recorded = record_event(call);
  const bool counts = call.settings.is_on("fail-on-no-match");  // a checkout was forgotten, most often
  return with_outputs(call, counts ? stronger(recorded, ExitCode::no_match) : recorded);
}

}  // namespace lifecycle::cli
