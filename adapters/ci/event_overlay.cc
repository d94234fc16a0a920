#include "adapters/ci/event_overlay.h"

#include <algorithm>

#include "adapters/ci/ci_values.h"
#include "adapters/ci/event_name.h"
#include "adapters/ci/remote_url.h"
#include "adapters/ci/shown_value.h"
#include "adapters/forge/event_header.h"
#include "adapters/forge/github_payload.h"
#include "adapters/forge/webhook_name.h"
#include "agent/base/ascii.h"
#include "agent/base/nearest_name.h"
#include "agent/event/event_subject.h"
#include "agent/event/known_names.h"

namespace lifecycle::ci {
namespace {

using event::Event;
using event::Subject;

void take(std::string& field, const std::string& given) {
  if (!given.empty()) field = given;
}

void lay_repository(Event& event, const EventFacts& facts) {
  if (!facts.repo_url.empty()) {
    const RemoteFacts remote = parse_remote(facts.repo_url);
    take(event.origin, remote.origin);
    take(event.host, remote.host);
    take(event.repo, remote.repo);
    if (facts.origin.empty()) warn_of_guess(event, remote);
    if (!remote.repo_problem.empty() && facts.repo.empty()) {
      event.warnings.push_back("--repo-url (LIFECYCLE_EVENT_REPO_URL) does not tell the repository, for " +
                               remote.repo_problem + ": say it with --repo");
    }
  }
  take(event.origin, lower_case(facts.origin));
  take(event.host, lower_case(facts.host));
  take(event.repo, facts.repo);
}

/// Facts of another kind of event do not stay: a push has no change, a change no release.
void drop_other_facts(Event& event) {
  const Subject subject = event::subject(event);
  if (subject != Subject::change && subject != Subject::comment) event.change.reset();
  if (subject != Subject::change && subject != Subject::comment && subject != Subject::run) event.head.clear();
  if (subject != Subject::change && subject != Subject::comment) event.base.clear();
  if (subject != Subject::comment) event.on_change.reset();
  if (subject != Subject::deployment) event.deployment.reset();
  if (subject != Subject::release) event.release.reset();
  if (event.ref.starts_with("refs/pull/") && subject != Subject::change) event.ref.clear();
}

/// An origin that no forge has matches no usual trigger; a forge of one's own may have one all the same.
void warn_of_unknown_origin(Event& event) {
  const auto known = event::known_origins();
  if (event.origin.empty() || std::ranges::find(known, event.origin) != known.end()) return;
  std::string listed;
  for (const std::string_view origin : known) listed += (listed.empty() ? "" : ", ") + std::string(origin);
  const auto nearest = nearest_name(event.origin, known);
  event.warnings.push_back("the origin " + event.origin + " is none of " + listed +
                           (nearest ? ": did you mean " + std::string(*nearest) + "?" : ""));
}

void warn_of_unknown_name(Event& event, const std::string& name) {
  if (event::known_names(event.origin).empty() || event::is_known_name(event.origin, name)) return;
  std::vector<std::string_view> names;
  for (const event::KnownName& known : event::known_names(event.origin)) names.push_back(known.name);
  const auto nearest = nearest_name(name, names);
  event.warnings.push_back("the event " + name + " is none of " + event.origin + "'s" +
                           (nearest ? ": did you mean " + std::string(*nearest) + "?" : ""));
}

/// The forge's word: of pull_request.merged it is `closed`, where that is said beside the name.
std::string action_of(const GivenName& given, const EventFacts& facts) {
  if (forge::has_no_action(given.kind)) return {};
  return forge::is_name_word(facts.action) && !given.action.empty() ? facts.action : given.action;
}

/// The full ref that the facts tell; a full ref as a branch is taken as one (Pipelines as Code).
std::string ref_of(const EventFacts& facts) {
  if (facts.ref.starts_with("refs/")) return facts.ref;
  if (facts.branch.starts_with("refs/")) return facts.branch;
  if (!facts.tag.empty()) return facts.tag.starts_with("refs/tags/") ? facts.tag : "refs/tags/" + facts.tag;
  if (!facts.branch.empty()) return "refs/heads/" + facts.branch;
  return facts.ref.empty() ? std::string{} : "refs/heads/" + facts.ref;
}

/// `create` and `delete` by the ref that is given with them; the ref of the CI may be another than the deleted one.
void name_by_facts(GivenName& given, const EventFacts& facts) {
  if (given.name != "create" && given.name != "delete") return;
  const std::string ref = ref_of(facts);
  if (ref.starts_with("refs/tags/")) given.name += ".tag";
  if (ref.starts_with("refs/heads/")) given.name += ".branch";
}

Result<void> lay_name(Event& event, const EventFacts& facts, std::optional<bool> merged) {
  if (facts.name.empty() && facts.action.empty() && !merged) return {};
  // The payload was read as that header's: a forge's own says no more than its body.
  const bool header = forge::form_of_header(facts.name) != forge::Form::unknown && facts.action.empty() && !merged;
  if (header && event.payload && !facts.payload.empty()) return {};
  // What has a kind and no name is no event, so an action alone cannot be one of it.
  const bool unnamed = event.kind.empty() || event.names.empty();
  const std::string_view kind = unnamed ? event.name() : std::string_view(event.kind);
  if (facts.name.empty() && kind.empty()) return {};
  EventFacts said = facts;
  // Of a change that the CI knows to be closed, --merged alone tells the rest.
  const bool closed = event.name() == "pull_request" && event.action == "closed";
  if (closed && facts.name.empty() && facts.action.empty()) said.action = event.action;
  auto given = read_given_name(said, merged, kind);
  if (!given) return fail(given.error());
  name_by_facts(*given, facts);
  // A payload of that webhook says more than its bare name, unless an action was given with it.
  const bool bare = facts.name.find('.') == std::string::npos && facts.action.empty() && !merged;
  const bool by_payload = bare && event.payload && (!facts.payload.empty() || given->kind == event.kind);
  take(event.origin, lower_case(given->origin));
  take(event.repo, given->repo);
  if (by_payload || given->name == event.name()) return {};
  const bool ping = forge::is_ping(given->name);
  event.names = ping ? std::vector<std::string>{} : std::vector{given->name};
  event.kind = ping ? given->name : given->kind;
  event.action = action_of(*given, said);
  event.state = forge::state_in_name(given->kind, given->action);
  event.alias_reasons.clear();
  drop_other_facts(event);
  if (!ping) warn_of_unknown_name(event, given->name);
  return {};
}

/// A change's branch is its head; the ref may be another's (of pull_request_target it is the base's).
void lay_change_ref(Event& event, const EventFacts& facts) {
  constexpr std::string_view heads = "refs/heads/";
  if (facts.ref.starts_with("refs/")) event.ref = facts.ref;
  if (facts.branch.starts_with(heads)) {
    event.head = facts.branch.substr(heads.size());
  } else if (!facts.branch.starts_with("refs/")) {
    take(event.head, facts.branch);
  }
  take(event.head, facts.head);
  take(event.base, facts.base);
  event.branch = event.head;
}

/// Of a comment and of a finished run the ref is where the workflow runs, not what the event is about: the branch is a
/// change's or none.
void lay_place(Event& event, const EventFacts& facts, const std::string& ref) {
  take(event.ref, ref);
  if (event.change || event::subject(event) == Subject::run) take(event.head, facts.head);
  if (event.change) take(event.base, facts.base);
  event.branch = event.change ? event.head : std::string{};
}

void lay_ref(Event& event, const EventFacts& facts) {
  const std::string ref = ref_of(facts);
  switch (event::subject(event)) {
    case Subject::change:
      return lay_change_ref(event, facts);
    case Subject::comment:
    case Subject::run:
      return lay_place(event, facts, ref);
    default:
      if (!ref.empty()) forge::set_ref(event, ref);
      if (event.release && event.tag.empty()) event.tag = event.release->tag;
  }
}

void lay_sha(std::string& field, const std::string& given, std::string_view name, Event& event) {
  if (given.empty()) return;
  const auto hex = [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F'); };
  if (forge::is_zero_sha(given)) {
    field.clear();
  } else if (given.size() >= 7 && given.size() <= 64 && std::ranges::all_of(given, hex)) {
    field = given;
  } else {
    event.warnings.push_back(std::string(name) + " is no sha of a commit and counts as not set");
  }
}

/// A comment has a change where somebody says whether its code is a stranger's. One that is plainly on an issue brings
/// no code along, so `--fork false` for all events of a CI adds nothing to it.
bool tells_fork_of_comment(const Event& event, std::optional<bool> fork) {
  if (!fork || event::subject(event) != Subject::comment) return false;
  return *fork || event::is_on_change(event).value_or(true);
}

void lay_change(Event& event, const EventFacts& facts, const TypedFacts& typed) {
  const Subject subject = event::subject(event);
  if (typed.fork && subject == Subject::run) event.foreign_head = typed.fork;
  const bool may_have_one = subject != Subject::deletion && !event.name().starts_with("push");
  const bool numbered = typed.number && may_have_one;
  if (subject != Subject::change && !event.change && !numbered && !tells_fork_of_comment(event, typed.fork)) return;
  if (!event.change) event.change.emplace();
  event::Change& change = *event.change;
  if (typed.number) change.number = typed.number;
  if (typed.fork) change.fork = typed.fork;
  if (!typed.labels.empty()) change.labels = typed.labels;
  take(change.title, facts.title);
}

/// What an identity is made of: where a fact of the user's changes it, the body's identity is no longer the event's.
/// Deployments, releases and runs have ids of their own, which no fact changes.
std::string key_parts(const Event& event) {
  std::string name(event.name());
  switch (event::subject(event)) {
    case Subject::branch:
    case Subject::tag:
      return name + '|' + event.ref + '|' + event.commit;
    case Subject::change: {
      const bool numbered = event.change && event.change->number;
      return name + '|' + event.commit + '|' + (numbered ? std::to_string(*event.change->number) : std::string{});
    }
    default:
      return name;
  }
}

}  // namespace

Result<void> lay_facts(Event& event, const EventFacts& facts) {
  const auto typed = type_facts(facts);
  if (!typed) return fail(typed.error());
  const std::string before = key_parts(event);
  lay_repository(event, facts);
  if (auto named = lay_name(event, facts, typed->merged); !named) return named;
  warn_of_unknown_origin(event);
  lay_change(event, facts, *typed);
  lay_ref(event, facts);
  lay_sha(event.commit, facts.commit, "--commit (LIFECYCLE_EVENT_COMMIT)", event);
  lay_sha(event.before, facts.before, "--before (LIFECYCLE_EVENT_BEFORE)", event);
  take(event.actor, facts.actor);
  take(event.environment, facts.environment);
  if (event.deployment) take(event.deployment->environment, facts.environment);
  take(event.run.id, facts.run_id);
  take(event.run.url, facts.run_url);
  if (key_parts(event) != before) event.identity.clear();
  return {};
}

Result<void> assume_action(Event& event, const std::string& action) {
  if (action.empty() || event.name() != "pull_request") return {};
  if (!forge::is_name_word(action)) {
    return fail(
        {.code = "event-fact-invalid",
         .message = "--assume-action (LIFECYCLE_ASSUME_ACTION) is \"" + shown_value(action) + "\", expected an action",
         .hint = "opened, synchronize, reopened, merged or closed"});
  }
  const std::string name = change_name(action, false);
  if (name == "pull_request") return {};
  event.names = {name};
  event.action = action;
  warn_of_unknown_name(event, name);
  event.alias_reasons.push_back(name + ": the action was unknown and is assumed (--assume-action " + action + ")");
  return {};
}

void name_tag(Event& event, bool alias) {
  if (event.name() == "push" && !event.tag.empty()) event.names = {"push.tag"};
  if (event.name() != "push.tag" || !alias) return;
  if (std::ranges::find(event.names, "create.tag") != event.names.end()) return;
  event.names.emplace_back("create.tag");
  event.alias_reasons.emplace_back(
      "create.tag: a CI job sees a created tag as a pushed one (--tag-alias off takes this name away)");
}

}  // namespace lifecycle::ci
