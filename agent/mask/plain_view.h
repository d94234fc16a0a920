// The plain view of a stream: its bytes without complete escape sequences. A colour inside a secret does not
// hide it from the reader, so it must not hide it from the masker.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "agent/base/escape_sequence.h"
#include "agent/mask/needle_search.h"

namespace lifecycle::mask {

/// A colour sequence, by its place in the stream. Inside a covered run it is written after the replacement.
struct Colour {
  std::uint64_t begin = 0;
  std::uint64_t end = 0;
  std::string bytes;
};

/// From places in the plain view to places in the stream.
class PlaceMap {
 public:
  /// All before `plain` was one to one with a stream that began `shift` later.
  void reset(std::uint64_t shift);
  /// A sequence of `length` bytes was left out before the plain byte number `plain`.
  void leave_out(std::uint64_t plain, std::uint64_t length);
  [[nodiscard]] std::uint64_t stream_place(std::uint64_t plain) const;
  /// Places before `plain` are not asked for any more.
  void forget_before(std::uint64_t plain);
  /// The first plain byte behind the last sequence.
  [[nodiscard]] std::uint64_t last_seam() const;

 private:
  struct Seam {
    std::uint64_t plain = 0;
    std::uint64_t shift = 0;
  };
  std::vector<Seam> seams_{Seam{}};
};

}  // namespace lifecycle::mask
