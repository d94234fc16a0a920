// What a body looks like: whether it is that of a webhook, and of which.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "adapters/forge/payload_fields.h"
#include "agent/base/diagnostic.h"

namespace lifecycle::forge {

/// What a field of a body must be; any: the key is there, be it null.
enum class FieldForm { text, array, object, any };

struct RequiredField {
  std::string_view path;
  FieldForm form;
};

/// Those that the body does not hold in that form.
[[nodiscard]] std::vector<std::string_view> missing_of(std::span<const RequiredField> required,
                                                       const PayloadFields& fields);

/// The body is none of that event: names what is missing, and what is there instead.
[[nodiscard]] Diagnostic payload_mismatch(std::string_view event, const std::vector<std::string_view>& missing,
                                          const PayloadFields& fields);

/// The body is none of that forge's webhooks at all.
[[nodiscard]] Diagnostic foreign_payload(std::string_view forge, std::string_view missing, const PayloadFields& fields);

/// The body says itself that it is another event's: `field` is where it says so.
[[nodiscard]] Diagnostic payload_mismatch(std::string_view event, std::string_view field, std::string_view said);

/// What a body must hold to be that webhook's (`pull_request`; `ref` and `after`): the missing ones.
[[nodiscard]] std::vector<std::string_view> missing_fields(std::string_view kind, const PayloadFields& fields);

/// The webhook that a body without a name looks like; empty when it looks like none.
[[nodiscard]] std::string_view webhook_by_shape(const PayloadFields& fields);

}  // namespace lifecycle::forge
