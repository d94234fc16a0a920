#include "agent/mask/gram_filter.h"

#include <algorithm>
#include <bit>
#include <cstring>

namespace lifecycle::mask {
namespace {

/// Long grams say more, short ones leave a longer stride.
std::size_t gram_length(std::size_t shortest) {
  if (shortest < 6) return 3;
  if (shortest < 8) return 4;
  return shortest < 12 ? 5 : 6;
}

constexpr std::size_t bits_per_gram = 24;
constexpr std::size_t least_bits = std::size_t{1} << 13;
constexpr std::size_t most_bits = std::size_t{1} << 22;

}  // namespace

GramFilter::GramFilter(const std::vector<std::string_view>& needles) {
  std::size_t shortest = needles.front().size();
  for (const std::string_view needle : needles) shortest = std::min(shortest, needle.size());
  const std::size_t length = gram_length(shortest);
  reach_ = shortest - length;
  gram_mask_ = (std::uint64_t{1} << (length * 8)) - 1;
  const std::size_t wanted = needles.size() * (reach_ + 1) * bits_per_gram;
  const std::size_t size = std::bit_ceil(std::clamp(wanted, least_bits, most_bits));
  shift_ = 64 - std::countr_zero(size);
  bit_mask_ = size - 1;
  bits_.resize(size / 64);
  for (const std::string_view needle : needles) {
    for (std::size_t offset = 0; offset <= reach_; ++offset) {
      char gram[sample_bytes] = {};
      std::memcpy(gram, needle.data() + offset, length);
      const std::uint64_t hash = product(gram);
      for (const std::uint64_t bit : {hash >> shift_, (hash >> 16) & bit_mask_}) bits_[bit >> 6] |= 1ULL << (bit & 63);
    }
  }
}

std::uint64_t GramFilter::product(const char* gram) const {
  std::uint64_t word = 0;
  std::memcpy(&word, gram, sizeof word);
  if constexpr (std::endian::native == std::endian::big) word = __builtin_bswap64(word);
  return (word & gram_mask_) * 0x9e3779b97f4a7c15ULL;
}

std::size_t GramFilter::find(std::string_view text, std::size_t place) const {
  const std::size_t stride = reach_ + 1;
  for (; place + sample_bytes <= text.size(); place += stride) {
    const std::uint64_t hash = product(text.data() + place);
    if (has(hash >> shift_) && has((hash >> 16) & bit_mask_)) return place;
  }
  return none;
}

std::size_t GramFilter::first_unsampled(std::size_t size, std::size_t place) const {
  if (place + sample_bytes > size) return place;
  const std::size_t stride = reach_ + 1;
  return place + ((size - sample_bytes - place) / stride + 1) * stride;
}

}  // namespace lifecycle::mask
