#include "adapters/ci/shown_value.h"

#include <algorithm>

#include "agent/base/utf8.h"

namespace lifecycle::ci {

std::string shown_value(std::string_view value) {
  constexpr std::size_t longest = 200;
  std::string text = repair_utf8(cut_utf8(value, longest));
  std::ranges::replace_if(text, [](char c) { return (c >= 0 && c < 0x20) || c == 0x7F; }, ' ');
  return text.size() < value.size() ? text + "…" : text;
}

}  // namespace lifecycle::ci
