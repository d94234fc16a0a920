// What a body looks like: whether it is that of a webhook, and of which.
#pragma once

#include <string_view>
#include <vector>

#include "adapters/forge/payload_fields.h"

namespace lifecycle::forge {

/// What a body must hold to be that webhook's (`pull_request`; `ref` and `after`): the missing ones.
[[nodiscard]] std::vector<std::string_view> missing_fields(std::string_view kind, const PayloadFields& fields);

/// The webhook that a body without a name looks like; empty when it looks like none.
[[nodiscard]] std::string_view webhook_by_shape(const PayloadFields& fields);

}  // namespace lifecycle::forge
