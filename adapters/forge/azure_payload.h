// A service hook of Azure DevOps' as lifecycle events: a pure function over the fields that were kept of its body.
#pragma once

#include "adapters/forge/forge_event.h"
#include "adapters/forge/payload_fields.h"

namespace lifecycle::forge {

/// The body's `eventType` names its event (Microsoft docs, "Service hooks events"). A push holds one event for each
/// ref. No event: git.pullrequest.merged of a change that is not completed, which tells of a trial merge. Errors:
/// payload-mismatch.
[[nodiscard]] Events map_azure(const PayloadFields& fields);

}  // namespace lifecycle::forge
