// Skips the text in which no needle can begin: looks at a few bytes (a q-gram) at every n-th place only.
#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <string>
#include <string_view>
#include <vector>

namespace lifecycle::mask {

/// For needles of at least `shortest` bytes. An occurrence that begins at s has, at whichever of the places
/// s … s + reach() is sampled, a gram that some needle has at that offset. So sampling every reach() + 1-th
/// place misses none, and a gram of no needle at `place` proves that none begins in [place − reach(), place].
class GramFilter {
 public:
  static constexpr std::size_t none = std::numeric_limits<std::size_t>::max();
  /// A sample reads this many bytes, whatever the length of the gram.
  static constexpr std::size_t sample_bytes = 8;

  /// `needles` must not be empty; each has at least four bytes.
  explicit GramFilter(const std::vector<std::string_view>& needles);

  [[nodiscard]] std::size_t reach() const { return reach_; }
  /// The first sampled place at or after `place` whose gram may belong to a needle; none: the bytes that can
  /// be sampled hold no such place.
  [[nodiscard]] std::size_t find(std::string_view text, std::size_t place) const;
  /// The first place of the series place, place + reach() + 1, … that cannot be sampled any more.
  [[nodiscard]] std::size_t first_unsampled(std::size_t size, std::size_t place) const;

 private:
  [[nodiscard]] std::uint64_t product(const char* gram) const;
  [[nodiscard]] bool has(std::uint64_t bit) const { return ((bits_[bit >> 6] >> (bit & 63)) & 1) != 0; }

  std::size_t reach_ = 0;
  std::uint64_t gram_mask_ = 0;
  int shift_ = 0;
  std::uint64_t bit_mask_ = 0;
  std::vector<std::uint64_t> bits_;
};

}  // namespace lifecycle::mask
