// A webhook of Bitbucket Cloud's as lifecycle events: a pure function over the fields that were kept of its body.
#pragma once

#include <string_view>

#include "adapters/forge/forge_event.h"
#include "adapters/forge/payload_fields.h"

namespace lifecycle::forge {

/// `key` is the header X-Event-Key; empty: what the body alone tells (a change that is open may have been opened,
/// updated or approved, so it is `pull_request`). A push holds one event for each ref. Errors: payload-mismatch.
[[nodiscard]] Events map_bitbucket(std::string_view key, const PayloadFields& fields);

}  // namespace lifecycle::forge
