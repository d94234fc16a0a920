// A webhook of Bitbucket Data Center's as lifecycle events: a pure function over the fields that were kept of its body.
#pragma once

#include <string_view>

#include "adapters/forge/forge_event.h"
#include "adapters/forge/payload_fields.h"

namespace lifecycle::forge {

/// The body's `eventKey` counts, `key` (the header X-Event-Key) where it has none: diagnostics:ping has a body without
/// anything. A push holds one event for each ref. No event: mirror:repo_synchronized, which repeats pushes. Errors:
/// payload-mismatch.
[[nodiscard]] Events map_bitbucket_dc(std::string_view key, const PayloadFields& fields);

}  // namespace lifecycle::forge
