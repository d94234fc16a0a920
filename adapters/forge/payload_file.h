// Reads the payload file of an event: the one place where a webhook's body is opened.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "adapters/forge/payload_fields.h"

namespace lifecycle::forge {

struct PayloadFile {
  PayloadFields fields;
  std::uint64_t size = 0;  // bytes that were read
  /// Why the fields are not the whole truth ("is missing", "is cut off (byte 41)"); empty: all was read.
  std::string fault;
};

/// Never fails: a file that cannot be read has no fields and a fault.
[[nodiscard]] PayloadFile read_payload_file(const std::string& path);

}  // namespace lifecycle::forge
