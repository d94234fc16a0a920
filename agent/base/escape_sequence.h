// The escape sequences of terminals (ECMA-48) that the output path sees through: the masker searches the text
// without them and the neutraliser removes some of them, so both must mean exactly the same bytes. If the
// neutraliser removed a sequence that the masker takes for text, two halves of a secret would come together.
#pragma once

#include <cstdint>
#include <string_view>

namespace lifecycle {

/// csi: ESC [ up to 64 of 0-9:;<=>?, up to 8 of blank to /, one of @ to ~.
/// osc: ESC ] up to 1024 bytes without BEL and ESC, then BEL or ESC \.
/// two_byte: ESC @ to Z, \, ^ or _.   designation: ESC blank to /, then 0 to ~.
enum class EscapeKind { csi, osc, two_byte, designation };

/// Recognises one sequence, byte by byte. Whatever is longer or broken is no sequence but ordinary bytes.
class EscapeScanner {
 public:
  enum class Verdict {
    open,         // the byte belongs to it, more must follow
    complete,     // the byte ends it
    broken,       // it was none; this byte is to be looked at anew, those before it are ordinary
    broken_late,  // it was none, but the byte before this one is an ESC that begins another
  };

  static constexpr char escape = '\x1b';
  static constexpr int longest_csi_parameters = 64;
  static constexpr int longest_csi_intermediates = 8;
  static constexpr int longest_osc = 1024;

  /// An ESC was read.
  void begin() {
    place_ = Place::after_escape;
    count_ = 0;
  }

  [[nodiscard]] EscapeKind kind() const { return kind_; }

  /// The last byte was an ESC that ends an OSC or begins another sequence: the next byte tells.
  [[nodiscard]] bool is_at_inner_escape() const { return place_ == Place::osc_escape; }

  Verdict next(char byte) {
    const auto c = static_cast<unsigned char>(byte);
    switch (place_) {
      case Place::after_escape:
        return after_escape(c);
      case Place::parameters:
        if (c >= 0x30 && c <= 0x3f) return count(longest_csi_parameters);
        place_ = Place::intermediates;
        count_ = 0;
        return intermediate_or_final(c);
      case Place::intermediates:
        return intermediate_or_final(c);
      case Place::osc:
        if (c == 0x07) return Verdict::complete;
        if (c == 0x1b) {
          place_ = Place::osc_escape;
          return Verdict::open;
        }
        return count(longest_osc);
      case Place::osc_escape:
        return c == '\\' ? Verdict::complete : Verdict::broken_late;
      case Place::designation:
        return c >= 0x30 && c <= 0x7e ? Verdict::complete : Verdict::broken;
    }
    return Verdict::broken;
  }

 private:
  enum class Place { after_escape, parameters, intermediates, osc, osc_escape, designation };

  Verdict after_escape(unsigned char c) {
    if (c == '[') return enter(Place::parameters, EscapeKind::csi);
    if (c == ']') return enter(Place::osc, EscapeKind::osc);
    if (c >= 0x20 && c <= 0x2f) return enter(Place::designation, EscapeKind::designation);
    kind_ = EscapeKind::two_byte;
    const bool whole = (c >= 0x40 && c <= 0x5a) || c == '\\' || c == '^' || c == '_';
    return whole ? Verdict::complete : Verdict::broken;
  }

  Verdict intermediate_or_final(unsigned char c) {
    if (c >= 0x20 && c <= 0x2f) return count(longest_csi_intermediates);
    return c >= 0x40 && c <= 0x7e ? Verdict::complete : Verdict::broken;
  }

  Verdict enter(Place place, EscapeKind kind) {
    place_ = place;
    kind_ = kind;
    count_ = 0;
    return Verdict::open;
  }

  Verdict count(int limit) { return ++count_ > limit ? Verdict::broken : Verdict::open; }

  Place place_ = Place::after_escape;
  EscapeKind kind_ = EscapeKind::two_byte;
  int count_ = 0;
};

/// A complete CSI that ends in `m`: colours and the like.
[[nodiscard]] inline bool ends_as_colour(std::string_view sequence) {
  return sequence.size() >= 3 && sequence[1] == '[' && sequence.back() == 'm';
}

/// Select Graphic Rendition and nothing else: ESC [ digits ; : m. (`ESC[>4m` sets a mode of the keyboard.)
[[nodiscard]] inline bool is_colour(std::string_view sequence) {
  if (!ends_as_colour(sequence)) return false;
  for (const char c : sequence.substr(2, sequence.size() - 3)) {
    if (c < '0' || c > ';') return false;
  }
  return true;
}

}  // namespace lifecycle
