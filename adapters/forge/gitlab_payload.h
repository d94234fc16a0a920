// A webhook of GitLab's as lifecycle events: a pure function over the fields that were kept of its body.
#pragma once

#include "adapters/forge/forge_event.h"
#include "adapters/forge/payload_fields.h"

namespace lifecycle::forge {

/// The body names its event itself (`object_kind`, else `event_name`; GitLab docs, "Webhook events"). No event:
/// repository_update, which repeats a push. Errors: payload-mismatch.
[[nodiscard]] Events map_gitlab(const PayloadFields& fields);

}  // namespace lifecycle::forge
