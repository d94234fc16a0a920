#include "agent/base/visible_text.h"

#include <algorithm>
#include <iterator>

#include "agent/base/utf8.h"

namespace lifecycle {
namespace {

struct Range {
  std::uint32_t first;
  std::uint32_t last;
};

/// Controls (Cc), line and paragraph separators, and what Unicode 15, DerivedCoreProperties.txt, calls
/// Default_Ignorable_Code_Point: marks of direction among them, joiners, fillers, tags, selectors of variants.
constexpr Range hidden[] = {
    {0x0000, 0x001F}, {0x007F, 0x009F},   {0x00AD, 0x00AD},   {0x034F, 0x034F},   {0x061C, 0x061C},
    {0x115F, 0x1160}, {0x17B4, 0x17B5},   {0x180B, 0x180F},   {0x200B, 0x200F},   {0x2028, 0x202E},
    {0x2060, 0x206F}, {0x3164, 0x3164},   {0xFE00, 0xFE0F},   {0xFEFF, 0xFEFF},   {0xFFA0, 0xFFA0},
    {0xFFF0, 0xFFFB}, {0x1BCA0, 0x1BCA3}, {0x1D173, 0x1D17A}, {0xE0000, 0xE0FFF},
};

/// Signs and pictures that emoji are put together of (Unicode Technical Standard 51), whole blocks.
constexpr Range pictures[] = {
    {0x00A9, 0x00A9}, {0x00AE, 0x00AE}, {0x203C, 0x203C}, {0x2049, 0x2049},   {0x2100, 0x2BFF},
    {0x3030, 0x3030}, {0x303D, 0x303D}, {0x3297, 0x3299}, {0x1F000, 0x1FBFF},
};

/// Arabic, Syriac and their like, the scripts of India, Mongolian: a joiner between two letters changes their shape.
constexpr Range joining_letters[] = {{0x0620, 0x0DFF}, {0x1820, 0x18AA}};

constexpr std::uint32_t without_joining = 0x200C;
constexpr std::uint32_t joining = 0x200D;
constexpr std::uint32_t as_text = 0xFE0E;
constexpr std::uint32_t as_picture = 0xFE0F;
constexpr std::uint32_t keycap = 0x20E3;

template <std::size_t N>
bool contains(const Range (&ranges)[N], std::uint32_t code_point) {
  const auto after = std::upper_bound(std::begin(ranges), std::end(ranges), code_point,
                                      [](std::uint32_t value, const Range& range) { return value < range.first; });
  return after != std::begin(ranges) && code_point <= std::prev(after)->last;
}

bool is_key(std::uint32_t code_point) {
  return code_point == '#' || code_point == '*' || (code_point >= '0' && code_point <= '9');
}

std::uint32_t first_code_point(std::string_view text) {
  const std::size_t length = character_length(text);
  return length == 0 ? 0 : decode_character(text.substr(0, length));
}

}  // namespace

std::string escape_bytes(std::string_view bytes) {
  constexpr std::string_view digits = "0123456789abcdef";
  std::string text;
  for (const char c : bytes) {
    const auto byte = static_cast<unsigned char>(c);
    text += "\\x";
    text += digits[byte >> 4U];
    text += digits[byte & 15U];
  }
  return text;
}

/// Joiners and selectors of variants where writing needs one and its work is seen: in emoji, between letters.
bool TextCharacters::is_at_home(std::uint32_t mark) const {
  const std::uint32_t after = first_code_point(rest_);
  if (mark == joining || mark == without_joining) {
    if (contains(joining_letters, before_) && contains(joining_letters, after)) return true;
    return mark == joining && (before_ == as_picture || contains(pictures, before_)) && contains(pictures, after);
  }
  if (mark != as_text && mark != as_picture) return false;
  return contains(pictures, before_) || (after == keycap && is_key(before_));
}

TextCharacter TextCharacters::next() {
  const std::size_t length = character_length(rest_);  // 0: a byte that is no UTF-8
  const std::string_view bytes = rest_.substr(0, std::max<std::size_t>(length, 1));
  const std::uint32_t code_point = first_code_point(rest_);
  rest_.remove_prefix(bytes.size());
  const bool shown = length > 0 && (!contains(hidden, code_point) || is_at_home(code_point));
  before_ = shown ? code_point : 0;
  return {bytes, shown};
}

std::string visible(std::string_view text) {
  std::string shown;
  shown.reserve(text.size());
  for (TextCharacters characters(text); !characters.at_end();) {
    const TextCharacter character = characters.next();
    if (character.shown_as_it_is) {
      shown += character.bytes;
    } else {
      shown += escape_bytes(character.bytes);
    }
  }
  return shown;
}

}  // namespace lifecycle
