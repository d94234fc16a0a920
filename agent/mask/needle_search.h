// The engine under the masker: which needles end where in a stream of bytes, and which are still being
// matched. The second question decides what may be shown, and only an automaton answers it exactly.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

namespace lifecycle::mask {

/// Bytes covered by needles, as offsets into the bytes of one scan; `begin` is negative when a needle began
/// in an earlier scan. Needles that overlap may come as one hit, needles that only touch come apart.
struct NeedleHit {
  std::ptrdiff_t begin = 0;
  std::ptrdiff_t end = 0;
};

/// A suffix of the input that is a proper prefix of a needle.
struct LivePrefix {
  std::uint32_t length = 0;
  std::uint32_t shortest_needle = 0;  // of the needles that it may become
};

/// Where one view of one stream stands; 0: no live prefix.
using SearchCursor = std::uint32_t;

/// Immutable and shared by all streams; scan() may run on several threads at once.
class NeedleSearch {
 public:
  virtual ~NeedleSearch() = default;

  /// Goes on at `cursor` with `bytes`; appends hits in the order of their ends.
  virtual void scan(SearchCursor& cursor, std::string_view bytes, std::vector<NeedleHit>& hits) const = 0;
  /// The longest live prefix, in bytes.
  [[nodiscard]] virtual std::uint32_t live_length(SearchCursor cursor) const = 0;
  /// All live prefixes, longest first.
  virtual void live_prefixes(SearchCursor cursor, std::vector<LivePrefix>& prefixes) const = 0;
};

}  // namespace lifecycle::mask
