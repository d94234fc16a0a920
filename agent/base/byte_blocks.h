// Where bytes of interest lie in a block of 64, as one bit per byte: the inner loop of every stage that looks
// at each byte of a job's output. SSE2 (part of every x86-64), else plain loops that compilers vectorise.
#pragma once

#include <cstddef>
#include <cstdint>
#ifdef __SSE2__
#include <emmintrin.h>
#endif

namespace lifecycle {

inline constexpr std::size_t byte_block_size = 64;

/// 64 bytes, loaded once, asked several times. Bit i of an answer speaks of byte i.
class ByteBlock {
 public:
#ifdef __SSE2__
  explicit ByteBlock(const char* bytes) {
    for (std::size_t lane = 0; lane < 4; ++lane) {
      lanes_[lane] = _mm_loadu_si128(reinterpret_cast<const __m128i*>(bytes + lane * 16));
    }
  }

  /// Bytes equal to `wanted`.
  [[nodiscard]] std::uint64_t equal(char wanted) const {
    const __m128i wide = _mm_set1_epi8(wanted);
    return each([wide](__m128i lane) { return _mm_cmpeq_epi8(lane, wide); });
  }
  /// Bytes equal to `wanted` once bit 5 is set: ASCII letters in either case (and few others).
  [[nodiscard]] std::uint64_t equal_lower(char wanted) const {
    const __m128i wide = _mm_set1_epi8(wanted);
    const __m128i bit = _mm_set1_epi8(0x20);
    return each([wide, bit](__m128i lane) { return _mm_cmpeq_epi8(_mm_or_si128(lane, bit), wide); });
  }
  /// Control bytes: below blank, and DEL.
  [[nodiscard]] std::uint64_t control() const {
    const __m128i top = _mm_set1_epi8(0x1f);
    const __m128i del = _mm_set1_epi8(0x7f);
    return each([top, del](__m128i lane) {
      return _mm_or_si128(_mm_cmpeq_epi8(_mm_min_epu8(lane, top), lane), _mm_cmpeq_epi8(lane, del));
    });
  }
  /// Bytes of 0x80 and above.
  [[nodiscard]] std::uint64_t high() const {
    return each([](__m128i lane) { return lane; });
  }

 private:
  template <class Test>
  [[nodiscard]] std::uint64_t each(Test test) const {
    std::uint64_t bits = 0;
    for (int lane = 0; lane < 4; ++lane) {
      const auto part = static_cast<std::uint32_t>(_mm_movemask_epi8(test(lanes_[lane])));
      bits |= std::uint64_t{part} << (lane * 16);
    }
    return bits;
  }

  __m128i lanes_[4];
#else
  explicit ByteBlock(const char* bytes) : bytes_(reinterpret_cast<const unsigned char*>(bytes)) {}

  [[nodiscard]] std::uint64_t equal(char wanted) const {
    return each([byte = static_cast<unsigned char>(wanted)](unsigned char c) { return c == byte; });
  }
  [[nodiscard]] std::uint64_t equal_lower(char wanted) const {
    return each([byte = static_cast<unsigned char>(wanted)](unsigned char c) { return (c | 0x20) == byte; });
  }
  [[nodiscard]] std::uint64_t control() const {
    return each([](unsigned char c) { return c < 0x20 || c == 0x7f; });
  }
  [[nodiscard]] std::uint64_t high() const {
    return each([](unsigned char c) { return c >= 0x80; });
  }

 private:
  template <class Test>
  [[nodiscard]] std::uint64_t each(Test test) const {
    std::uint64_t bits = 0;
    for (std::size_t i = 0; i < byte_block_size; ++i) bits |= std::uint64_t{test(bytes_[i])} << i;
    return bits;
  }

  const unsigned char* bytes_;
#endif
};

}  // namespace lifecycle
