// The one way in: environment, flags and checkout → the event. A payload file is the only thing that is read.
#pragma once

#include <string>

#include "adapters/ci/ci_table.h"
#include "adapters/ci/event_facts.h"
#include "agent/base/environment.h"
#include "agent/base/result.h"
#include "agent/event/lifecycle_event.h"
#include "agent/git/checkout.h"

namespace lifecycle::ci {

struct EventRequest {
  EventFacts flags;
  std::string ci;  // --ci; empty: LIFECYCLE_CI, else recognised by the variables
  /// A tag that a CI job sees pushed is named create.tag too (--tag-alias off: false).
  bool tag_alias = true;
  /// Where no cause is known, a checkout's branch is taken for a push of it (`run NAME` does not: false).
  bool least_claim = true;
};

struct Detected {
  event::Event event;
  Recognised ci;
  bool event_given = false;     // the user named the event or gave its payload
  bool claimed = false;         // no cause is known, and `push` is the least that is claimed
  bool wants_checkout = false;  // variables and flags leave open what a checkout can tell
};

/// `checkout` may be nullptr: where the answer then wants_checkout, git is asked and the event is read again with it.
/// Errors: ci-unknown, event-fact-invalid, payload-mismatch, payload-unreadable: exit 2.
[[nodiscard]] Result<Detected> read_event(const Environment& environment, const EventRequest& request,
                                          const git::CheckoutFacts* checkout);

/// --ci, else LIFECYCLE_CI.
[[nodiscard]] Result<Recognised> recognise(const Environment& environment, const EventRequest& request);

}  // namespace lifecycle::ci
