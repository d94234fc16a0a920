// The forms in which tools print a value: the needles that the masker looks for.
#pragma once

#include <string>
#include <vector>

#include "agent/mask/secret_values.h"

namespace lifecycle::mask {

/// The value and its forms, without duplicates. None has fewer than `value.least` bytes or begins with white
/// space (such a needle would hold back every blank); a form of one byte repeated is none.
[[nodiscard]] std::vector<std::string> secret_forms(const SecretValue& value);

}  // namespace lifecycle::mask
