// Every byte of every job passes here, so it is done by blocks of 64 (agent/base/byte_blocks.h): a marker's last
// byte counts only behind the byte that may precede it, a line's first byte only if a marker or white space can
// begin with it. Ordinary lines are passed without a stop.
#include "adapters/dialect/special_bytes.h"

#include <algorithm>
#include <bit>
#include <cstdint>
#include <cstring>

#include "agent/base/ascii.h"
#include "agent/base/byte_blocks.h"

namespace lifecycle::dialect {
namespace {

/// How a dialect's markers that may stand anywhere end: `last` behind one of `previous` (lower case).
struct Ending {
  char last = 0;
  char previous[2] = {0, 0};
};

constexpr Ending ending_of(DialectKind kind) {
  switch (kind) {
    case DialectKind::actions:
      return {'[', {'#', '#'}};
    case DialectKind::azure:
      return {'[', {'#', 'o'}};
    case DialectKind::teamcity:
      return {'[', {'y', 'y'}};
    case DialectKind::travis:
    case DialectKind::gitlab:
      return {':', {'t', 'd'}};
    case DialectKind::buildkite:
    case DialectKind::plain:
      return {};
  }
  return {};
}

constexpr bool has_line_markers(DialectKind kind) {
  return kind == DialectKind::actions || kind == DialectKind::buildkite;
}

/// What one block says, and what it leaves to the next.
template <DialectKind kind>
class BlockLook {
 public:
  explicit BlockLook(Before before) : after_line_(before.line_start ? 1 : 0) {
    constexpr Ending ending = ending_of(kind);
    const char last = static_cast<char>(before.last | 0x20);
    after_previous_ = last == ending.previous[0] || last == ending.previous[1] ? 1 : 0;
  }

  std::uint64_t special(const char* bytes) {
    const ByteBlock block(bytes);
    const std::uint64_t lines = block.equal('\n');
    std::uint64_t found = block.control() & ~(lines | block.equal('\t'));
    constexpr Ending ending = ending_of(kind);
    if constexpr (ending.last != 0) {
      std::uint64_t previous = block.equal_lower(ending.previous[0]);
      if constexpr (ending.previous[1] != ending.previous[0]) previous |= block.equal_lower(ending.previous[1]);
      found |= block.equal(ending.last) & ((previous << 1) | after_previous_);
      after_previous_ = previous >> 63;
    }
    if constexpr (has_line_markers(kind)) {
      found |= ((lines << 1) | after_line_) & line_beginnings(block);
      after_line_ = lines >> 63;
    }
    return found;
  }

 private:
  static std::uint64_t line_beginnings(const ByteBlock& block) {
    std::uint64_t found = block.high() | block.equal(' ') | block.equal('\t');
    if constexpr (kind == DialectKind::actions) return found | block.equal(':');
    for (const char c : {'-', '+', '~', '^'}) found |= block.equal(c);
    return found;
  }

  std::uint64_t after_line_;
  std::uint64_t after_previous_ = 0;
};

bool is_blank(char c) { return c == ' ' || c == '\t'; }

/// The first special byte at or after `from`, up to the end of the last whole block; `from` moves to that end.
template <DialectKind kind>
std::size_t find_in_blocks(std::string_view text, std::size_t& from, BlockLook<kind>& look) {
  for (; from + byte_block_size <= text.size(); from += byte_block_size) {
    if (const std::uint64_t found = look.special(text.data() + from); found != 0) {
      return from + static_cast<std::size_t>(std::countr_zero(found));
    }
  }
  char rest[byte_block_size];
  std::memset(rest, 'x', sizeof rest);
  std::memcpy(rest, text.data() + from, text.size() - from);
  const auto found = static_cast<std::size_t>(std::countr_zero(look.special(rest)));
  return std::min(text.size(), from + found);
}

template <DialectKind kind>
std::size_t find(std::string_view text, std::size_t from, Before before) {
  while (from < text.size()) {
    BlockLook<kind> look(before);
    const std::size_t found = find_in_blocks(text, from, look);
    if (found == text.size() || !is_blank(text[found])) return found;
    // A line that is indented; most hold nothing of interest.
    std::size_t word = found + 1;
    while (word < text.size() && is_blank(text[word])) ++word;
    if (word == text.size() || !is_letter_or_digit(text[word])) return found;
    from = word;
    before = {false, ' '};
  }
  return text.size();
}

}  // namespace

std::size_t find_special(DialectKind kind, std::string_view text, std::size_t from, Before before) {
  switch (kind) {
    case DialectKind::actions:
      return find<DialectKind::actions>(text, from, before);
    case DialectKind::azure:
      return find<DialectKind::azure>(text, from, before);
    case DialectKind::teamcity:
      return find<DialectKind::teamcity>(text, from, before);
    case DialectKind::travis:
      return find<DialectKind::travis>(text, from, before);
    case DialectKind::gitlab:
      return find<DialectKind::gitlab>(text, from, before);
    case DialectKind::buildkite:
      return find<DialectKind::buildkite>(text, from, before);
    case DialectKind::plain:
      return find<DialectKind::plain>(text, from, before);
  }
  return text.size();
}

}  // namespace lifecycle::dialect
