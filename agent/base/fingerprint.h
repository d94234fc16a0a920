// A short name for a text: the same everywhere and for ever. No protection against whoever wants two texts to share
// one.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace lifecycle {

/// FNV-1a of 64 bits (draft-eastlake-fnv), as 16 hexadecimal digits.
inline std::string fingerprint(std::string_view text) {
  std::uint64_t hash = 0xcbf29ce484222325U;
  for (const char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3U;
  constexpr std::string_view digits = "0123456789abcdef";
  std::string name;
  for (int shift = 60; shift >= 0; shift -= 4) name += digits[(hash >> shift) & 0xFU];
  return name;
}

}  // namespace lifecycle
