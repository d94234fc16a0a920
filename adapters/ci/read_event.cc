#include "adapters/ci/read_event.h"

#include <algorithm>

#include "adapters/ci/event_overlay.h"
#include "adapters/ci/forge_names.h"
#include "adapters/ci/generic.h"
#include "adapters/ci/shown_value.h"
#include "adapters/forge/category.h"
#include "adapters/forge/identity.h"
#include "adapters/forge/webhook_name.h"
#include "agent/event/event_subject.h"

namespace lifecycle::ci {
namespace {

using event::Event;

/// Why a CI that is there tells nothing: it is none that is known, or not all of its variables were handed over.
std::string why_unknown(const Recognised& ci) {
  if (ci.half != nullptr) {
    return std::string(ci.half->marker) + " is set, but " + std::string(ci.half->name) + " is recognised by " +
           std::string(ci.half->sign) + ", so hand all of its variables over; ";
  }
  const bool unknown_ci = ci.in_ci && ci.row == ci_rows().back();
  return unknown_ci ? "this CI is none of those that are known (lifecycle-agent ci --list), so it is generic; "
                    : std::string{};
}

/// No cause is known: a branch and a commit make a push, a tag a push.tag, and nothing else is claimed. What names
/// itself (ping) or has a body that is no push's is none.
bool claim_least(Event& event, const Recognised& ci, bool allowed) {
  if (!event.names.empty()) return false;
  if (forge::is_ping(event.kind)) {
    event.warnings.emplace_back("a ping only tries the webhook: it is no event, and nothing is started");
    return false;
  }
  if (event.payload) {
    event.warnings.emplace_back(
        "nothing tells a known event, though there is a payload, and none is claimed; say it with --event");
    return false;
  }
  if (!event.kind.empty()) {
    event.warnings.push_back("what started this run (" + shown_value(event.kind) +
                             ") is no event of a forge, and none is claimed; say it with --event");
    return false;
  }
  const bool possible = allowed && (!event.branch.empty() || !event.tag.empty());
  if (possible) event.names = {"push"};
  if (possible) event.kind = "push";
  event.warnings.push_back(why_unknown(ci) +
                           (possible ? "nothing tells the event: push is the least that is claimed; say it with --event"
                                     : "nothing tells the event, and none is claimed; say it with --event (and --repo, "
                                       "--branch …)"));
  return possible;
}

void warn_of_gaps(Event& event, const EventFacts& facts) {
  // Not the word of a CI that was laid over by another of the user's.
  const std::string& action = facts.action.empty() ? event.action : facts.action;
  if (event.name() == "pull_request" && action == "closed") {
    event.warnings.emplace_back(
        "nothing tells whether the closed pull request was merged: triggers with an action do not match; say it with "
        "--merged true or --merged false (or --assume-action merged or closed)");
  } else if (event.name() == "pull_request") {
    event.warnings.emplace_back(
        "nothing tells the pull request's action (opened, synchronize, merged …): triggers with an action do not "
        "match; say it with --action, or with --assume-action, which counts only where the CI tells none");
  }
  if (event.name() == "deployment.created" && event.environment.empty()) {
    event.warnings.emplace_back("nothing tells the environment that is deployed to: say it with --environment");
  }
  if (event.name() == "workflow_call") {
    event.warnings.emplace_back("a reusable workflow was called, and nothing tells the event of its caller");
  }
  if (event.origin.empty() && (!event.repo.empty() || !event.host.empty())) {
    event.warnings.emplace_back("the origin is not known, so no trigger can match: say it with --origin");
  }
  const bool said = std::ranges::any_of(
      event.warnings, [](const std::string& warning) { return warning.find("--repo") != std::string::npos; });
  if (event.repo.empty() && !event.names.empty() && !said) {
    event.warnings.emplace_back("the repository is not known, so no trigger can match: say it with --repo");
  }
}

void warn_of_ci(Event& event, const Recognised& ci) {
  for (const std::string& other : ci.others) {
    event.warnings.push_back("the variables of " + other + " are there too; " + std::string(ci.row->name) +
                             " was taken by the fixed order (--ci chooses)");
  }
}

/// A payload that the user gives is the event, whatever the CI says; what runs it stays the CI's, and so does the
/// environment of the job. Where it cannot be read, only what the CI tells is known.
Result<Event> read_given_payload(const CiInput& input, Event of_ci) {
  auto event = read_generic(input);
  if (!event) return event;
  if (!event->payload) {
    of_ci.warnings.insert(of_ci.warnings.begin(), event->warnings.begin(), event->warnings.end());
    return of_ci;
  }
  event->run = std::move(of_ci.run);
  if (event->environment.empty()) event->environment = of_ci.environment;
  if (!event->host.empty() && event->host != of_ci.host)
    return event;  // another server's, of which the CI tells nothing
  if (event->origin.empty()) event->origin = of_ci.origin;
  if (event->host.empty()) event->host = of_ci.host;
  if (event->repo.empty()) event->repo = of_ci.repo;
  return event;
}

Result<Event> read_base(const CiInput& input, const CiRow& row) {
  auto event = row.read(input);
  const bool taken = row.reads_given_payload != nullptr && row.reads_given_payload(input);
  if (!event || input.facts.payload.empty() || taken) return event;
  return read_given_payload(input, *std::move(event));
}

/// A checkout may tell the place of what is known to have happened, and all of it where nothing is known.
bool has_gaps(const Event& event) {
  const event::Subject subject = event::subject(event);
  const bool placed = subject == event::Subject::branch || subject == event::Subject::tag ||
                      subject == event::Subject::change || event.names.empty();
  const bool no_place = event.branch.empty() && event.tag.empty() && event.ref.empty();
  return event.origin.empty() || event.host.empty() || event.repo.empty() ||
         (placed && (no_place || event.commit.empty()));
}

}  // namespace

Result<Recognised> recognise(const Environment& environment, const EventRequest& request) {
  return recognise(environment, request.ci.empty() ? environment.get("LIFECYCLE_CI") : std::string_view(request.ci));
}

Result<Detected> read_event(const Environment& environment, const EventRequest& request,
                            const git::CheckoutFacts* checkout) {
  auto ci = recognise(environment, request);
  if (!ci) return fail(ci.error());
  std::vector<std::string> warnings;
  const EventFacts facts = gather_facts(request.flags, environment, warnings);
  auto base = read_base({.environment = environment, .facts = facts, .ci = ci->row->name}, *ci->row);
  if (!base) return fail(base.error());

  Detected detected{.event = std::move(*base), .ci = std::move(*ci)};
  Event& event = detected.event;
  event.ci = detected.ci.row->name;
  event.warnings.insert(event.warnings.begin(), warnings.begin(), warnings.end());
  warn_of_ci(event, detected.ci);
  if (auto laid = lay_facts(event, facts); !laid) return fail(laid.error());
  if (auto assumed = assume_action(event, facts.assume_action); !assumed) return fail(assumed.error());
  detected.event_given = !facts.name.empty() || !facts.payload.empty();
  detected.wants_checkout = detected.ci.row->checkout == Checkout::for_gaps && has_gaps(event);
  if (checkout != nullptr && detected.wants_checkout) add_checkout(event, *checkout);
  if (event::subject(event) == event::Subject::deletion) event.commit.clear();
  // Outside a CI a run by name needs no event, and is not told that there is none.
  const bool may_be_nameless = !detected.ci.in_ci && !request.least_claim;
  if (!may_be_nameless) detected.claimed = claim_least(event, detected.ci, request.least_claim || detected.ci.in_ci);
  name_tag(event, request.tag_alias);
  name_as_the_forge(event);
  event.category = forge::category_of(event);
  if (event.identity.empty()) event.identity = forge::identity_of(event);
  warn_of_gaps(event, facts);
  return detected;
}

}  // namespace lifecycle::ci
