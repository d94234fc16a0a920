#include "agent/doctor/event_findings.h"

#include <array>
#include <utility>

#include "adapters/ci/ci_row.h"
#include "agent/event/event_subject.h"

namespace lifecycle::doctor {
namespace {

using ci::Fact;

std::string joined(const std::vector<std::string>& words) {
  std::string text;
  for (const std::string& word : words) text += (text.empty() ? "" : ", ") + word;
  return text;
}

void add_ci(const ci::Recognised& recognised, std::vector<Finding>& findings) {
  const ci::CiRow& row = *recognised.row;
  if (!recognised.in_ci) {
    findings.push_back(
        {.topic = "ci",
         .state = State::note,
         .found = "no CI around: " + recognised.sign,
         .fix = "in a CI that is not known, LIFECYCLE_EVENT_* or flags tell the event (docs/events.md)"});
    return;
  }
  findings.push_back(
      {.topic = "ci", .found = std::string(row.name) + " (" + std::string(row.title) + "), by " + recognised.sign});
  for (const std::string& other : recognised.others) {
    findings.push_back({.topic = "ci",
                        .state = State::note,
                        .found = "the variables of " + other + " are there too; the order of recognition is fixed",
                        .fix = "--ci " + other + " (LIFECYCLE_CI) where that one is meant"});
  }
  if (row.forgeable_by.empty()) return;
  findings.push_back({.topic = "trust",
                      .state = State::note,
                      .found = "the event is as trustworthy as this CI's variables: " + std::string(row.forgeable_by) +
                               " can give them another value, and so start other workflows",
                      .fix = "let only those start pipelines with variables who may run every workflow of ops.yml"});
}

void add_event(const event::Event& event, std::vector<Finding>& findings) {
  const std::string trigger = event::primary_trigger(event);
  if (event.names.empty()) {
    findings.push_back({.topic = "event",
                        .state = State::note,
                        .found = "no event is claimed, so no trigger can match",
                        .fix = "say it with --event and --repo, or LIFECYCLE_EVENT_NAME and LIFECYCLE_EVENT_REPO"});
  } else if (trigger.empty()) {
    findings.push_back({.topic = "event",
                        .state = State::problem,
                        .found = std::string(event.name()) + ", of an unknown " +
                                 (event.origin.empty() ? "forge" : "repository") + ", so no trigger can match",
                        .fix = event.origin.empty() ? "say it with --origin" : "say it with --repo",
                        .blame = Blame::user});
  } else {
    findings.push_back({.topic = "event", .found = trigger});
  }
  for (const std::string& reason : event.alias_reasons) findings.push_back({.topic = "event", .found = reason});
}

/// The adapters' own words hold the remedy.
void add_warnings(const event::Event& event, std::vector<Finding>& findings) {
  for (const std::string& warning : event.warnings) {
    findings.push_back({.topic = "event", .state = State::note, .found = warning});
  }
}

std::vector<std::string> unseen_facts(const ci::FactSet& facts) {
  constexpr std::array<std::pair<Fact, std::string_view>, 8> of_changes{{{Fact::number, "number"},
                                                                         {Fact::title, "title"},
                                                                         {Fact::labels, "labels"},
                                                                         {Fact::fork, "whether it is a fork's"},
                                                                         {Fact::base, "base"},
                                                                         {Fact::head, "head"},
                                                                         {Fact::actor, "actor"},
                                                                         {Fact::before, "commit before a push"}}};
  std::vector<std::string> unseen;
  for (const auto& [fact, name] : of_changes) {
    if (!facts.has(fact)) unseen.emplace_back(name);
  }
  return unseen;
}

/// A payload that was named and could not be read is told by the adapter's warning.
bool is_payload_broken(const event::Event& event) {
  for (const std::string& warning : event.warnings) {
    if (warning.starts_with("the payload ")) return true;
  }
  return false;
}

void add_payload(const ci::Detected& detected, std::vector<Finding>& findings) {
  if (const auto& payload = detected.event.payload) {
    findings.push_back({.topic = "payload", .found = payload->path + " (" + std::to_string(payload->size) + " bytes)"});
    return;
  }
  if (is_payload_broken(detected.event)) {
    findings.push_back(
        {.topic = "payload",
         .state = State::note,
         .found = "the payload that was named could not be read, so its facts are missing",
         .fix = "hand it in whole at the path that its variable names (in a container: mount it there)"});
    return;
  }
  if (!detected.ci.in_ci) return;
  const bool known = detected.ci.row->name != "generic";
  const auto unseen = known ? unseen_facts(detected.ci.row->facts) : std::vector<std::string>{};
  std::string found = "there is no payload";
  if (!unseen.empty()) found += ", and " + std::string(detected.ci.row->title) + " does not tell " + joined(unseen);
  findings.push_back({.topic = "payload",
                      .state = State::note,
                      .found = std::move(found),
                      .fix = "hand a webhook's body over as a file (--payload, LIFECYCLE_EVENT_PAYLOAD), or the single "
                             "facts (LIFECYCLE_EVENT_TITLE, _LABELS, _FORK …)"});
}

/// Which actions of a change can be told apart here; most CIs never see a merge.
void add_actions(const ci::Detected& detected, std::vector<Finding>& findings) {
  if (!detected.ci.in_ci || detected.ci.row->name == "generic") return;
  const bool is_seen = detected.event.name().starts_with("pull_request.");  // by the orb, by flags
  const std::string_view actions = detected.ci.row->actions;
  const bool merged = actions.find("merged") != std::string_view::npos;
  const std::string title(detected.ci.row->title);
  const std::string note(detected.ci.row->actions_note);
  if (is_seen || is_payload_broken(detected.event)) return;
  if (merged) {
    findings.push_back({.topic = "merged event",
                        .state = note.empty() ? State::fine : State::note,
                        .found = note.empty() ? "pull_request.merged can be seen here"
                                              : title + " tells pull_request.merged only " + note});
    return;
  }
  findings.push_back(
      {.topic = "merged event",
       .state = State::note,
       .found = title +
                (actions.empty() ? " tells no action of a pull request"
                                 : " tells of pull requests only: " + std::string(actions)) +
                (note.empty() ? "" : " (actions: " + note + ")") + "; pull_request.merged is not seen",
       .fix = "after a merge the target branch is pushed: trigger on push with ref==main; or hand the webhook's "
              "body over (--payload); or decide with --assume-action"});
}

void add_history(const World& world, std::vector<Finding>& findings) {
  const Checkout& checkout = world.checkout;
  if (!checkout.asked) return;
  for (const std::string& warning : checkout.warnings) {
    findings.push_back({.topic = "history", .state = State::note, .found = warning});
  }
  if (!checkout.found) {
    findings.push_back({.topic = "history",
                        .state = State::note,
                        .found = "there is no checkout here",
                        .fix = "steps that use git clone what they need, or the CI checks out first"});
  } else if (checkout.shallow) {
    const std::string_view how = world.detected ? world.detected->ci.row->full_history : std::string_view{};
    findings.push_back({.topic = "history",
                        .state = State::note,
                        .found = "the checkout is shallow: git describe, HEAD~1 and merge bases may not be there",
                        .fix = how.empty() ? "git fetch --unshallow" : std::string(how)});
  } else if (checkout.warnings.empty()) {
    findings.push_back({.topic = "history", .found = "the checkout has its whole history"});
  }
}

void add_fork(const event::Event& event, std::vector<Finding>& findings) {
  if (!event::is_from_fork(event)) return;
  const bool unknown = !event::lies_in_fork(event);
  findings.push_back({.topic = "fork",
                      .state = State::note,
                      .found = unknown ? "nothing tells whether the change comes from a fork, so secrets are withheld"
                                       : "the change comes from a fork: secrets are withheld",
                      .fix = unknown ? "--fork false (LIFECYCLE_EVENT_FORK) where it is none"
                                     : "--allow-fork-secrets gives them to strangers' code all the same"});
}

}  // namespace

void add_event_findings(const World& world, std::vector<Finding>& findings) {
  if (world.event_error) {
    findings.push_back({.topic = "event",
                        .state = State::problem,
                        .found = world.event_error->message,
                        .fix = world.event_error->hint,
                        .blame = Blame::user});
  }
  if (world.detected) {
    add_ci(world.detected->ci, findings);
    add_event(world.detected->event, findings);
    add_warnings(world.detected->event, findings);
    add_payload(*world.detected, findings);
    add_actions(*world.detected, findings);
    add_fork(world.detected->event, findings);
  }
  add_history(world, findings);
}

}  // namespace lifecycle::doctor
