// No CI around: a person's terminal. Programs may colour, move the cursor and set titles; what reaches beyond the
// window does not get through: OSC 52 writes the clipboard, DCS and APC carry programs of the terminal's own
// (sixel, tmux passthrough, kitty). Each of them begins with ESC or, in UTF-8, with a C1 control (C2 90, …).
#include <algorithm>

#include "adapters/dialect/byte_rules.h"

namespace lifecycle::dialect {
namespace {

constexpr char c1_lead = '\xc2';
constexpr std::string_view refused_c1 = "\x90\x9d\x9f";  // DCS, OSC, APC
constexpr std::size_t longest_number = 8;

bool is_refused(std::string_view osc_number) {
  const std::size_t first = osc_number.find_first_not_of('0');
  return first != std::string_view::npos && osc_number.substr(first) == "52";
}

class TerminalRules final : public ByteRules {
 public:
  void feed(std::string_view chunk, ByteSink& next) override {
    std::size_t at = 0;
    while (at < chunk.size()) at = begun_.empty() ? pass(chunk, at, next) : go_on(chunk, at, next);
  }

  void flush(ByteSink& next) override {
    if (!begun_.empty()) show(next);
  }

  [[nodiscard]] bool holds() const override { return !begun_.empty(); }
  [[nodiscard]] bool at_line_start() const override { return last_ == '\n' && !holds(); }
  void line_was_ended() override { last_ = '\n'; }

 private:
  /// Passes bytes up to and without the next ESC, or C1 control that is refused.
  std::size_t pass(std::string_view chunk, std::size_t from, ByteSink& next) {
    const std::size_t escape = std::min(chunk.find(EscapeScanner::escape, from), chunk.size());
    std::size_t at = from;
    while (true) {
      if (at == from && last_ == c1_lead && refused_c1.find(chunk[at]) != std::string_view::npos) {
        write(shown_byte(chunk[at]), next);
        return at + 1;
      }
      const std::size_t lead = std::min(chunk.substr(0, escape).find(c1_lead, at), escape);
      if (lead == escape) {
        write(chunk.substr(from, escape - from), next);
        if (escape == chunk.size()) return escape;
        begun_ = EscapeScanner::escape;
        return escape + 1;
      }
      at = lead + 1;
      const bool refused = at < chunk.size() && refused_c1.find(chunk[at]) != std::string_view::npos;
      if (refused || at == chunk.size()) {
        write(chunk.substr(from, at - from), next);
        return at;
      }
    }
  }

  /// `begun_` is ESC, or ESC ] and digits. Passes it, shows it, or takes one more byte.
  std::size_t go_on(std::string_view chunk, std::size_t at, ByteSink& next) {
    const char c = chunk[at];
    const auto byte = static_cast<unsigned char>(c);
    // Terminals carry out a control byte inside a sequence and go on with it: ESC NUL P is ESC P.
    const bool hidden = byte < 0x20 && c != '\a' && c != EscapeScanner::escape;
    if (begun_.size() == 1) {
      if (c == ']') {
        begun_ += c;
        return at + 1;
      }
      const bool refused = c == 'P' || c == '_' || hidden || byte == 0x7f || c == EscapeScanner::escape;
      refused ? show(next) : release(next);
      return at;
    }
    const std::string_view number = std::string_view(begun_).substr(2);
    if (c >= '0' && c <= '9' && number.size() < longest_number) {
      begun_ += c;
      return at + 1;
    }
    const bool overlong = c >= '0' && c <= '9';
    is_refused(number) || overlong || hidden || byte >= 0x7f ? show(next) : release(next);
    return at;
  }

  void show(ByteSink& next) {
    const std::string text = shown_byte(EscapeScanner::escape) + begun_.substr(1);
    begun_.clear();
    write(text, next);
  }

  void release(ByteSink& next) {
    const std::string bytes = std::move(begun_);
    begun_.clear();
    write(bytes, next);
  }

  void write(std::string_view bytes, ByteSink& next) {
    if (bytes.empty()) return;
    last_ = bytes.back();
    next.take(bytes);
  }

  std::string begun_;
  char last_ = '\n';
};

}  // namespace

std::unique_ptr<ByteRules> make_terminal_rules() { return std::make_unique<TerminalRules>(); }

}  // namespace lifecycle::dialect
