// Text of strangers as a person is to see it: nothing in it that a terminal obeys, that hides, or that shows the
// rest in another order than it stands (CVE-2021-42574).
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace lifecycle {

/// On one line: control bytes, newlines and tabs too, bytes that are no UTF-8, marks that turn the direction of text
/// and characters that show nothing as \xNN.
[[nodiscard]] std::string visible(std::string_view text);

/// Every byte as \xNN.
[[nodiscard]] std::string escape_bytes(std::string_view bytes);

/// A character of a text, or a byte that belongs to none. Not shown as it is: as escape_bytes() writes it.
struct TextCharacter {
  std::string_view bytes;
  bool shown_as_it_is = true;
};

/// The characters of a text one after the other.
class TextCharacters {
 public:
  explicit TextCharacters(std::string_view text) : rest_(text) {}
  [[nodiscard]] bool at_end() const { return rest_.empty(); }
  /// Only where it is not at the end.
  [[nodiscard]] TextCharacter next();

 private:
  [[nodiscard]] bool is_at_home(std::uint32_t mark) const;

  std::string_view rest_;
  std::uint32_t before_ = 0;
};

}  // namespace lifecycle
