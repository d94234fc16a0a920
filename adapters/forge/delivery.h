// What a delivery is: whose body, of which webhook, and the events that it tells.
#pragma once

#include <string>
#include <string_view>

#include "adapters/forge/event_header.h"
#include "adapters/forge/forge_event.h"
#include "adapters/forge/payload_fields.h"

namespace lifecycle::forge {

struct Delivery {
  Form form = Form::github;
  std::string origin;  // empty: the form is that of several forges, and nothing tells which
  std::string given;   // the webhook as the caller names it; empty: not named
  std::string header;  // the same by the delivery's own header
  std::string id;
};

/// Decided by what is given, then by the headers that a relay has put beside the body, then by the body's shape. The
/// headers in this order, since Forgejo sends Gitea's, Gogs' and GitHub's too, and Gitea the last two.
[[nodiscard]] Delivery delivery_of(std::string_view webhook, std::string_view origin, const PayloadFields& fields);

/// The delivery's events, each with the delivery's id (`#1` and so on behind it from the second on). One event without
/// names: a ping, or a body that tells nothing known. Errors: payload-mismatch.
[[nodiscard]] Events map_delivery(const Delivery& delivery, const PayloadFields& fields);

}  // namespace lifecycle::forge
