#include "agent/mask/plain_view.h"

#include <algorithm>

namespace lifecycle::mask {

void PlaceMap::reset(std::uint64_t shift) { seams_.assign(1, {0, shift}); }

void PlaceMap::leave_out(std::uint64_t plain, std::uint64_t length) {
  if (seams_.back().plain == plain) {
    seams_.back().shift += length;
  } else {
    seams_.push_back({plain, seams_.back().shift + length});
  }
}

std::uint64_t PlaceMap::stream_place(std::uint64_t plain) const {
  const auto after = std::upper_bound(seams_.begin() + 1, seams_.end(), plain,
                                      [](std::uint64_t place, const Seam& seam) { return place < seam.plain; });
  return plain + (after - 1)->shift;
}

void PlaceMap::forget_before(std::uint64_t plain) {
  const auto after = std::upper_bound(seams_.begin() + 1, seams_.end(), plain,
                                      [](std::uint64_t place, const Seam& seam) { return place < seam.plain; });
  seams_.erase(seams_.begin(), after - 1);
}

std::uint64_t PlaceMap::last_seam() const { return seams_.back().plain; }

}  // namespace lifecycle::mask
