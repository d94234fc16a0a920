#include "adapters/ci/generic.h"

#include <algorithm>

#include "adapters/ci/ci_row.h"
#include "adapters/ci/ci_values.h"
#include "adapters/ci/event_name.h"
#include "adapters/ci/remote_url.h"
#include "adapters/forge/event_header.h"
#include "adapters/forge/github_payload.h"
#include "agent/base/ascii.h"
#include "agent/event/event_subject.h"

namespace lifecycle::ci {
namespace {

using event::Event;
using event::Subject;

void add_branch(Event& event, const std::string& branch) {
  if (branch.empty()) return;
  const Subject subject = event::subject(event);
  if (subject == Subject::change) {
    // A change's ref (refs/pull/7/head) is checked out under a name that no branch of the forge need have.
    if (event.head.empty() && event.ref.empty()) event.head = event.branch = branch;
    return;
  }
  const bool open = event.ref.empty() && event.branch.empty() && event.tag.empty();
  const bool about_branch = subject == Subject::branch || (subject == Subject::unknown && event.names.empty());
  if (open && about_branch) forge::set_ref(event, "refs/heads/" + branch);
}

/// The ref that tells one of a delivery's events from the others, as the user writes it.
std::string_view given_ref(const EventFacts& facts) {
  if (!facts.ref.empty()) return facts.ref;
  return facts.tag.empty() ? facts.branch : facts.tag;
}

/// What was meant is not known, and the CI's or the checkout's own event must not start workflows in its place.
Diagnostic unreadable_payload(const Event& event) {
  return {.code = "payload-unreadable",
          .message = event.warnings.back(),
          .hint = "mount it at that path, or name its event with --event (LIFECYCLE_EVENT_NAME)"};
}

}  // namespace

Result<Event> read_generic(const CiInput& input) {
  if (input.facts.payload.empty()) return Event{};
  std::string webhook = input.facts.name;
  if (!webhook.empty() && forge::form_of_header(webhook) == forge::Form::unknown) {
    const auto given = read_given_name(input.facts, std::nullopt, "");
    if (!given) return fail(given.error());
    webhook = given->kind;
  }
  auto event = read_forge_payload(input.facts.payload, webhook, input.facts.origin, given_ref(input.facts));
  if (event && !event->payload && input.facts.name.empty()) return fail(unreadable_payload(*event));
  if (event && !event->host.empty()) add_server(*event, parse_remote("https://" + event->host + "/"));
  return event;
}

void add_checkout(Event& event, const git::CheckoutFacts& checkout) {
  event.warnings.insert(event.warnings.end(), checkout.warnings.begin(), checkout.warnings.end());
  if (!checkout.found) return;
  const RemoteFacts remote = parse_remote(checkout.remote_url);
  // A checkout of something else knows nothing of this event.
  if (!event.repo.empty() && !same_without_case(event.repo, remote.repo)) {
    const bool other = !remote.repo.empty();
    if (other) return;
  } else {
    add_remote(event, checkout.remote_url);
  }
  add_branch(event, checkout.branch);
  if (event.commit.empty() && event::subject(event) != Subject::deletion) event.commit = checkout.commit;
}

namespace {
bool is_generic(const Environment& /*any*/) { return true; }
bool generic_reads_payload(const CiInput& /*any*/) { return true; }
}  // namespace

extern constinit const CiRow generic_row{
    .name = "generic",
    .title = "any other CI, or none",
    .sign = "no marker of a known CI",
    .is_here = is_generic,
    .read = read_generic,
    .family = "generic",
    .reads_given_payload = generic_reads_payload,
};

}  // namespace lifecycle::ci
