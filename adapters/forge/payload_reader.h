// Collects the wanted fields of a webhook's body while it is scanned.
#pragma once

#include <optional>
#include <string>

#include "adapters/forge/json_scan.h"
#include "adapters/forge/payload_fields.h"

namespace lifecycle::forge {

struct CollectedPayload {
  PayloadFields fields;            // of what came before the fault, if there is one
  std::optional<JsonFault> fault;  // nothing: one whole JSON value
};

/// Also a body that a relay has wrapped with its headers (`{"body":{…},"headers":{…}}`): the fields are the body's.
[[nodiscard]] CollectedPayload collect_payload(const ReadBytes& read);

/// The same for bytes that lie in memory.
[[nodiscard]] CollectedPayload collect_payload(std::string_view bytes);

}  // namespace lifecycle::forge
