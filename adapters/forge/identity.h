// What makes an event this event on its forge: the same text for whoever sees it, a webhook, a poll or a CI job.
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>

#include "adapters/forge/payload_fields.h"
#include "agent/event/lifecycle_event.h"

namespace lifecycle::forge {

/// The parts joined by `|`; empty when one of them is, since an incomplete one would be that of several events.
[[nodiscard]] std::string identity_of_parts(std::initializer_list<std::string_view> parts);

/// From the event alone: opened, merged, synchronize, push, create.tag. Empty for any other and where a part is
/// unknown.
[[nodiscard]] std::string identity_of(const event::Event& event);

/// Also those for which the body has an id or a time of its own: closed, reopened, reviews, deployments, releases,
/// runs.
[[nodiscard]] std::string identity_of(const event::Event& event, const PayloadFields& fields);

}  // namespace lifecycle::forge
