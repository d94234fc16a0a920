#include "agent/report/track_event.h"

#include <array>
#include <utility>

#include "agent/base/ascii.h"
#include "agent/report/idempotency_key.h"
#include "agent/report/insights_body.h"

namespace lifecycle::report {
namespace {

using nlohmann::ordered_json;

/// The platform's words of 2020 and of today for one state.
std::string action_of_status(std::string_view status) {
  constexpr std::array<std::pair<std::string_view, std::string_view>, 3> old_words{
      {{"initiated", "started"}, {"succeeded", "success"}, {"failed", "failure"}}};
  std::string lower = lower_case(status);
  for (const auto& [old_word, word] : old_words) {
    if (lower == old_word) return std::string(word);
  }
  return lower;
}

tl::unexpected<Diagnostic> incomplete(const std::string& given, const std::string& missing) {
  return fail({.code = "track-incomplete",
               .message = given + " is given without " + missing,
               .hint = "an event needs both: --event-name deployment --event-action success"});
}

bool uses_legacy(const TrackFields& fields) {
  for (const std::string* field :
       {&fields.stage, &fields.status, &fields.change_id, &fields.pipeline_id, &fields.stage_ref, &fields.custom}) {
    if (!field->empty()) return true;
  }
  return false;
}

/// Name and action; the new inputs win over the old ones.
Result<std::pair<std::string, std::string>> name_and_action(const TrackFields& fields) {
  if (!fields.event_name.empty() || !fields.event_action.empty()) {
    if (fields.event_action.empty()) return incomplete("event name '" + fields.event_name + "'", "an event action");
    if (fields.event_name.empty()) return incomplete("event action '" + fields.event_action + "'", "an event name");
    return std::pair(fields.event_name, fields.event_action);
  }
  if (fields.stage.empty() && fields.status.empty()) {
    return fail({.code = "track-incomplete",
                 .message = "neither event name nor event action is given",
                 .hint = "an event needs both: --event-name deployment --event-action success"});
  }
  if (fields.status.empty()) return incomplete("stage '" + fields.stage + "'", "a status");
  if (fields.stage.empty()) return incomplete("status '" + fields.status + "'", "a stage");
  return std::pair(lower_case(fields.stage), action_of_status(fields.status));
}

void add_legacy(ordered_json& meta, const TrackFields& fields) {
  if (!fields.change_id.empty()) meta["change_id"] = fields.change_id;
  if (!fields.pipeline_id.empty()) meta["pipeline_id"] = fields.pipeline_id;
  if (!fields.stage_ref.empty()) meta["stage_ref"] = fields.stage_ref;
  if (fields.custom.empty()) return;
  // Deeper levels are left out: nlohmann's copy and dump recurse, and the text is anybody's.
  const auto shallow = [](int depth, ordered_json::parse_event_t, const ordered_json&) { return depth <= 16; };
  ordered_json custom = ordered_json::parse(fields.custom, shallow, false);
  meta["custom"] = custom.is_object() ? std::move(custom) : ordered_json(fields.custom);
}

}  // namespace

bool asks_for_event(const TrackFields& fields) {
  return !fields.event_name.empty() || !fields.event_action.empty() || !fields.stage.empty() || !fields.status.empty();
}

std::optional<Diagnostic> unused_legacy_inputs(const TrackFields& fields) {
  if (asks_for_event(fields) || !uses_legacy(fields)) return std::nullopt;
  return Diagnostic{.code = "track-legacy-inputs",
                    .severity = Severity::warning,
                    .message =
                        "change_id, pipeline_id, stage_ref and custom are not sent: they belong to an event, and "
                        "none is named",
                    .hint = "give event_name and event_action, or leave them out"};
}

Result<TrackEvent> make_track_event(const TrackFields& fields, const event::Event& event, const ReportFacts& facts) {
  auto named = name_and_action(fields);
  if (!named) return fail(std::move(named).error());
  TrackEvent made;
  made.event.name = std::move(named->first);
  made.event.action = std::move(named->second);
  ordered_json body = plain_body(event, facts, made.event.name, made.event.action);
  for (const auto& [key, value] :
       {std::pair("branch", &fields.branch), std::pair("commit", &fields.commit), std::pair("repo", &fields.repo),
        std::pair("environment", &fields.environment), std::pair("image", &fields.image)}) {
    if (!value->empty()) body[key] = *value;
  }
  add_run(body["meta"], event, facts);
  if (uses_legacy(fields)) {
    add_legacy(body["meta"], fields);
    made.warnings.push_back(
        {.code = "track-legacy-inputs",
         .severity = Severity::warning,
         .message = "stage, status, change_id, pipeline_id, stage_ref and custom are the inputs of 2020",
         .hint = "give event_name: " + made.event.name + " and event_action: " + made.event.action + " instead"});
  }
  made.event.key = track_key(event, facts, body);
  made.event.body = std::move(body);
  return made;
}

}  // namespace lifecycle::report
