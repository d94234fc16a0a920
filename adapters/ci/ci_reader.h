// What a CI's reader gets, and the steps that several of them share.
#pragma once

#include <string>
#include <string_view>

#include "adapters/ci/event_facts.h"
#include "agent/base/environment.h"
#include "agent/base/result.h"
#include "agent/event/lifecycle_event.h"

namespace lifecycle::ci {

struct CiInput {
  const Environment& environment;
  /// Payload and name stand above the CI's own; the other facts are laid over the event afterwards.
  const EventFacts& facts;
  std::string_view ci;  // the row's name
};

/// The event of a payload file of any forge (adapters/forge/delivery.h). `webhook`: the event's name or header, where
/// it is told. Of a delivery that holds several events the one about `ref` (full or short) is taken, else the first,
/// with a warning that says how many others there are. A file that cannot be read: the event of the name alone, with a
/// warning that holds `payload`; a body that tells no event: one without names. Errors: payload-mismatch, with the
/// file.
[[nodiscard]] Result<event::Event> read_forge_payload(const std::string& path, const std::string& webhook,
                                                      std::string_view origin, std::string_view ref = {});

/// The event of a payload file in GitHub's form. A file that cannot be read: the event of the name alone, with a
/// warning that holds `payload`. Errors: payload-mismatch, with the file.
[[nodiscard]] Result<event::Event> read_github_payload(const std::string& path, const std::string& webhook,
                                                       std::string_view origin);

}  // namespace lifecycle::ci
