#include "agent/report/insights_body.h"

#include <nlohmann/json.hpp>

#include "agent/event/event_ref.h"
#include "agent/event/event_subject.h"
#include "agent/report/idempotency_key.h"

namespace lifecycle::report {
namespace {

using event::Event;
using event::Subject;
using nlohmann::ordered_json;

std::string first_known(const std::string& one, const std::string& other) { return one.empty() ? other : one; }

std::string short_ref(std::string_view ref) {
  for (const std::string_view prefix : {"refs/heads/", "refs/tags/"}) {
    if (ref.starts_with(prefix)) return std::string(ref.substr(prefix.size()));
  }
  return {};
}

std::string reported_environment(const Event& event) {
  if (!event.environment.empty() || !event.deployment) return event.environment;
  return event.deployment->environment;
}

/// When a change came to its state, RFC 3339.
std::string change_time(const Event& event, Instant now) {
  if (!event.time.empty()) return event.time;
  if (event.change && event.category.state == "open" && !event.change->created_at.empty()) {
    return event.change->created_at;
  }
  if (event.change && event.category.state == "merge" && !event.change->merged_at.empty()) {
    return event.change->merged_at;
  }
  return print_instant(now);
}

/// The platform's page "Change events": base is the branch that is merged into, target the one that is merged.
ordered_json change_body(const Event& event, const ReportFacts& facts, Instant now) {
  const event::Change change = event.change.value_or(event::Change{});
  ordered_json meta = {{"user", text_or_null(event.actor)}};
  if (!change.url.empty()) meta["url"] = change.url;
  ordered_json body = {{"team_id", text_or_null(facts.team_id)},
                       {"event_name", "change"},
                       {"event_action", event.category.state},
                       {"number", nullptr},
                       {"title", change.title},
                       {"author", text_or_null(first_known(change.author, event.actor))},
                       {"base", text_or_null(event.base)},
                       {"target", text_or_null(event.head)},
                       {"labels", change.labels},
                       {"created_at", change_time(event, now)},
                       {"commit", text_or_null(event.commit)},
                       {"repo", text_or_null(event.repo)},
                       {"meta", std::move(meta)}};
  if (change.number) body["number"] = *change.number;
  return body;
}

ordered_json deployment_body(const Event& event, const ReportFacts& facts) {
  return plain_body(event, facts, "deployment", event.category.state);
}

/// The webhook's name and its action; where the forge's own words are unknown, those of the event's name.
ordered_json custom_body(const Event& event, const ReportFacts& facts) {
  const std::string_view name = event.name();
  const std::size_t dot = name.find('.');
  const bool own_words = !event.kind.empty();
  const std::string kind = own_words ? event.kind : std::string(name.substr(0, dot));
  std::string action = event.action;
  if (!own_words && action.empty() && dot != std::string_view::npos) action = name.substr(dot + 1);
  ordered_json body = plain_body(event, facts, kind, action.empty() ? "success" : action);
  ordered_json& meta = body["meta"];
  if (event.change && !event.change->url.empty()) meta["url"] = event.change->url;
  add_run(meta, event, facts);
  return body;
}

InsightsEvent finished(ordered_json body, std::string key) {
  InsightsEvent made;
  made.name = body["event_name"].get<std::string>();
  made.action = body["event_action"].get<std::string>();
  made.key = std::move(key);
  made.body = std::move(body);
  return made;
}

}  // namespace

ordered_json text_or_null(std::string_view text) { return text.empty() ? ordered_json(nullptr) : ordered_json(text); }

std::string reported_branch(const Event& event) {
  switch (event::subject(event)) {
    case Subject::change:
      return first_known(event.base, event.branch);
    case Subject::deployment:
      return event::environment_ref(event);
    default:
      break;
  }
  if (const std::string ref = event::environment_ref(event); !ref.empty()) return ref;
  return first_known(first_known(event.branch, event.tag), short_ref(event.ref));
}

ordered_json plain_body(const Event& event, const ReportFacts& facts, std::string_view name, std::string_view action) {
  return {{"team_id", text_or_null(facts.team_id)},
          {"event_name", name},
          {"event_action", action},
          {"environment", text_or_null(reported_environment(event))},
          {"image", nullptr},
          {"branch", text_or_null(reported_branch(event))},
          {"commit", text_or_null(event.commit)},
          {"repo", text_or_null(event.repo)},
          {"meta", {{"user", text_or_null(event.actor)}}}};
}

void add_run(ordered_json& meta, const Event& event, const ReportFacts& facts) {
  if (const std::string id = first_known(event.run.id, facts.run_id); !id.empty()) meta["run_id"] = id;
  if (!event.run.attempt.empty()) meta["attempt"] = event.run.attempt;
  if (!event.run.url.empty()) meta["run_url"] = event.run.url;
}

std::optional<InsightsEvent> own_event(const Event& event, const ReportFacts& facts, OwnEvents wanted, Instant now) {
  const bool has_state = !event.category.state.empty();
  if (event.category.kind == event::CategoryKind::change && has_state) {
    return finished(change_body(event, facts, now), own_event_key(event));
  }
  if (event.category.kind == event::CategoryKind::deployment && has_state) {
    return finished(deployment_body(event, facts), own_event_key(event));
  }
  if (wanted != OwnEvents::all || event.names.empty()) return std::nullopt;
  return finished(custom_body(event, facts), own_event_key(event));
}

InsightsEvent workflow_event(const Event& event, const ReportFacts& facts, const plan::WorkflowRun& planned,
                             const run::WorkflowRecord& record, std::string_view state) {
  const bool deploys = !planned.environment.empty();
  ordered_json body = plain_body(event, facts, deploys ? "deployment" : ops::print_kind(planned.kind), state);
  if (deploys) body["environment"] = planned.environment;
  body["image"] = text_or_null(facts.image);
  ordered_json& meta = body["meta"];
  meta["workflow"] = planned.workflow;
  if (!planned.version.empty()) meta["version"] = planned.version;
  add_run(meta, event, facts);
  if (state != "started" && record.started && record.ended) {
    meta["duration_s"] = static_cast<double>((*record.ended - *record.started).count()) / 1000;
  }
  return finished(std::move(body), workflow_run_key(event, facts, planned, state));
}

}  // namespace lifecycle::report
