// UTF-8 as far as a reader of files and a writer of columns needs it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace lifecycle {

/// The offset of the first byte that is no UTF-8 (overlong forms, surrogates and values above U+10FFFF
/// are none); std::string_view::npos when all of it is.
[[nodiscard]] std::size_t first_invalid_utf8(std::string_view text);

/// Bytes of the character that the text begins with; 0: it begins with none.
[[nodiscard]] std::size_t character_length(std::string_view text);

/// The code point of one whole character.
[[nodiscard]] std::uint32_t decode_character(std::string_view character);

/// How many characters (code points); a byte that belongs to none counts as one.
[[nodiscard]] int count_characters(std::string_view text);

/// The text with every invalid byte and every NUL replaced by U+FFFD.
[[nodiscard]] std::string repair_utf8(std::string_view text);

/// At most `limit` bytes of the text, not cut inside a character.
[[nodiscard]] std::string_view cut_utf8(std::string_view text, std::size_t limit);

}  // namespace lifecycle
