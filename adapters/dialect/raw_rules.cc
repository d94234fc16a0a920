// --raw: control bytes pass untouched and nothing is held back, but no marker of the CI gets through. A marker may
// be whole for one reader and hold a colour for another, so both readings are watched. Buildkite's agent writes the
// time of a line before it as ESC _ bk;t=… BEL and looks for headers behind such a mark, whoever wrote it.
#include "adapters/dialect/byte_rules.h"
#include "adapters/dialect/special_bytes.h"

namespace lifecycle::dialect {
namespace {

class RawRules final : public ByteRules {
 public:
  explicit RawRules(DialectKind kind) : kind_(kind), bytes_(kind), text_(kind) {}

  void feed(std::string_view chunk, ByteSink& next) override {
    std::size_t from = 0;
    std::size_t at = 0;
    while (at < chunk.size()) {
      at = skip_harmless(chunk, at);
      if (at == chunk.size()) break;
      const char c = chunk[at];
      if (bytes_.completes(c) || (sequence_.empty() && text_.completes(c))) {
        if (at > from) next.take(chunk.substr(from, at - from));
        from = at;
        next.take(" ");
        see(' ');
      }
      see(c);
      ++at;
    }
    if (at > from) next.take(chunk.substr(from, at - from));
  }

  void flush(ByteSink&) override {}
  [[nodiscard]] bool holds() const override { return false; }
  [[nodiscard]] bool at_line_start() const override { return bytes_.last() == '\n'; }
  void line_was_ended() override {
    bytes_.start_anew();
    text_.start_anew();
  }

 private:
  std::size_t skip_harmless(std::string_view chunk, std::size_t at) {
    if (!sequence_.empty() || !bytes_.is_settled() || !text_.is_settled()) return at;
    const Before before{bytes_.is_before_line() || text_.is_before_line(), bytes_.last()};
    if (bytes_.last() != text_.last()) return at;
    const std::size_t stop = find_special(kind_, chunk, at, before);
    bytes_.see_harmless(chunk.substr(at, stop - at));
    text_.see_harmless(chunk.substr(at, stop - at));
    return stop;
  }

  /// The reading of the bytes sees all, that of the text no CSI and no time of a line.
  void see(char c) {
    bytes_.see(c);
    if (sequence_.empty() && c != EscapeScanner::escape) {
      text_.see(c);
      return;
    }
    if (sequence_.empty()) {
      begin_sequence();
      return;
    }
    if (is_time_mark(c)) {
      go_on_time_mark(c);
      return;
    }
    const EscapeScanner::Verdict verdict = escape_.next(c);
    const bool is_csi = escape_.kind() == EscapeKind::csi;
    if (verdict == EscapeScanner::Verdict::open && is_csi) {
      sequence_ += c;
    } else if (verdict == EscapeScanner::Verdict::complete && is_csi) {
      sequence_.clear();
    } else {
      for (const char byte : sequence_) text_.see(byte);
      sequence_.clear();
      if (c == EscapeScanner::escape) {
        begin_sequence();
      } else {
        text_.see(c);
      }
    }
  }

  static constexpr std::size_t longest_time_mark = 64;

  [[nodiscard]] bool is_time_mark(char next) const {
    if (kind_ != DialectKind::buildkite) return false;
    return sequence_.size() == 1 ? next == '_' : sequence_[1] == '_';
  }

  void go_on_time_mark(char c) {
    sequence_ += c;
    if (c == '\a') {
      sequence_.clear();
    } else if (c == '\n' || c == '\r' || sequence_.size() > longest_time_mark) {
      for (const char byte : sequence_) text_.see(byte);
      sequence_.clear();
    }
  }

  void begin_sequence() {
    sequence_ = EscapeScanner::escape;
    escape_.begin();
  }

  DialectKind kind_;
  MarkerWatch bytes_;
  MarkerWatch text_;
  EscapeScanner escape_;
  std::string sequence_;  // a CSI or a time that text_ has not seen; its bytes are out
};

}  // namespace

std::unique_ptr<ByteRules> make_raw_rules(DialectKind kind) { return std::make_unique<RawRules>(kind); }

}  // namespace lifecycle::dialect
