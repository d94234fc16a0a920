// The values that a secret stands for: what a program may print of it as it is.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "agent/mask/mask_table.h"

namespace lifecycle::mask {

/// One value, and the fewest bytes that a needle made of it may have.
struct SecretValue {
  std::string bytes;
  std::size_t least = 6;
};

/// Without ASCII white space at both ends.
[[nodiscard]] std::string_view trim(std::string_view text);

/// Why a value cannot be masked: too many harmless places would be hidden. Nothing: it can.
[[nodiscard]] std::optional<std::string> refusal(std::string_view value, SecretOrigin origin);

/// The values of an admitted secret: itself, itself with LF line ends, each of its lines, without outer quotes.
[[nodiscard]] std::vector<SecretValue> secret_values(std::string_view secret, SecretOrigin origin);

}  // namespace lifecycle::mask
