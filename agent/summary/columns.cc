#include "agent/summary/columns.h"

#include <algorithm>
#include <array>
#include <cstdint>

namespace lifecycle::summary {
namespace {

struct Range {
  std::uint32_t first;
  std::uint32_t last;
};

// Unicode, EastAsianWidth W and F, the blocks that occur in names; general categories Mn, Me and Cf.
constexpr std::array wide{Range{0x1100, 0x115F},   Range{0x2E80, 0x303E},   Range{0x3041, 0x4DBF},
                          Range{0x4E00, 0xA4CF},   Range{0xAC00, 0xD7A3},   Range{0xF900, 0xFAFF},
                          Range{0xFE30, 0xFE6F},   Range{0xFF00, 0xFF60},   Range{0xFFE0, 0xFFE6},
                          Range{0x1F300, 0x1F64F}, Range{0x1F680, 0x1F6FF}, Range{0x1F900, 0x1F9FF},
                          Range{0x20000, 0x3FFFD}};
constexpr std::array without{Range{0x0300, 0x036F}, Range{0x200B, 0x200F}, Range{0x202A, 0x202E}, Range{0x2060, 0x2064},
                             Range{0x20D0, 0x20FF}, Range{0xFE00, 0xFE0F}, Range{0xFEFF, 0xFEFF}};

template <std::size_t Count>
bool holds(const std::array<Range, Count>& ranges, std::uint32_t code_point) {
  return std::any_of(ranges.begin(), ranges.end(), [code_point](const Range& range) {
    return code_point >= range.first && code_point <= range.last;
  });
}

std::size_t width_of(std::uint32_t code_point) {
  if (holds(without, code_point)) return 0;
  return holds(wide, code_point) ? 2 : 1;
}

struct Character {
  std::size_t bytes = 1;
  std::size_t width = 1;
};

/// The character at the beginning; a byte that belongs to none is one column.
Character first_character(std::string_view text) {
  const auto lead = static_cast<unsigned char>(text.front());
  std::size_t bytes = 1;
  std::uint32_t code_point = lead;
  if (lead >= 0xF0 && lead < 0xF8) {
    bytes = 4;
    code_point = lead & 0x07U;
  } else if (lead >= 0xE0) {
    bytes = 3;
    code_point = lead & 0x0FU;
  } else if (lead >= 0xC0) {
    bytes = 2;
    code_point = lead & 0x1FU;
  }
  if (bytes > text.size() || lead >= 0xF8) return {};
  for (std::size_t index = 1; index < bytes; ++index) {
    const auto next = static_cast<unsigned char>(text[index]);
    if ((next & 0xC0U) != 0x80U) return {};
    code_point = (code_point << 6U) | (next & 0x3FU);
  }
  return {bytes, width_of(code_point)};
}

}  // namespace

std::size_t display_width(std::string_view text) {
  std::size_t width = 0;
  while (!text.empty()) {
    const Character character = first_character(text);
    width += character.width;
    text.remove_prefix(character.bytes);
  }
  return width;
}

std::string cut_to_width(std::string_view text, std::size_t width) {
  if (display_width(text) <= width) return std::string(text);
  constexpr std::string_view more = "...";
  const std::size_t room = width > more.size() ? width - more.size() : 0;
  std::size_t used = 0;
  std::size_t bytes = 0;
  while (bytes < text.size()) {
    const Character character = first_character(text.substr(bytes));
    if (used + character.width > room) break;
    used += character.width;
    bytes += character.bytes;
  }
  return std::string(text.substr(0, bytes)) + std::string(more.substr(0, width));
}

std::string pad_to_width(std::string_view text, std::size_t width) {
  const std::size_t used = display_width(text);
  return std::string(text) + std::string(used < width ? width - used : 0, ' ');
}

}  // namespace lifecycle::summary
