// The contract of the masker, written as slowly and plainly as it can be: a map of covered bytes over the whole
// input. The fast one is compared with it.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace lifecycle::mask {

/// All that a stream shows in the end. `needles`: the exact byte strings to hide, none longer than 4096.
/// `with_end`: the end of the stream covers most of a needle that was cut off.
[[nodiscard]] std::string slow_mask(std::string_view input, const std::vector<std::string>& needles,
                                    bool with_end = true);

}  // namespace lifecycle::mask
