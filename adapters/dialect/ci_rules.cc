// The bytes of a workflow as a CI may show them. What is removed is exactly what the masker sees through (complete
// CSI and OSC), since removing anything else could bring two halves of a secret together; the rest is shown as
// text. A CR without LF is written as LF: runners read it as the end of a line, so what follows it may be a
// command. Whether LF follows a CR at the end of a write is not known: that CR alone waits for the next byte or
// for flush(); written as LF by then, an LF that follows it still belongs to it and is left out.
#include "adapters/dialect/byte_rules.h"
#include "adapters/dialect/special_bytes.h"

namespace lifecycle::dialect {
namespace {

bool is_shown_control(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return (byte < 0x20 && c != '\t' && c != '\n') || byte == 0x7f;
}

/// The markers that are watched for. GitLab reads sections behind CR and ESC[0K only, which do not get through.
DialectKind watched(const NeutraliserOptions& options) {
  const bool none = options.pass_commands || options.kind == DialectKind::gitlab;
  return none ? DialectKind::plain : options.kind;
}

/// What the masker writes for a secret. The bytes that it took away may have been what kept a sequence from being
/// one, so a sequence around it is none: removing it could join the halves of another secret.
constexpr std::string_view replacement = "***";

class CiRules final : public ByteRules {
 public:
  explicit CiRules(const NeutraliserOptions& options)
      : kind_(watched(options)),
        keeps_colours_(options.colours == Colours::keep),
        hides_concealed_(options.plain_ci),
        watch_(kind_) {}

  void feed(std::string_view chunk, ByteSink& next) override;
  void flush(ByteSink& next) override;
  [[nodiscard]] bool holds() const override { return !sequence_.empty() || carriage_return_; }
  [[nodiscard]] bool at_line_start() const override { return watch_.last() == '\n' && !holds(); }
  void line_was_ended() override { watch_.start_anew(); }

 private:
  [[nodiscard]] bool is_inside_something() const { return holds() || line_feed_is_spent_; }
  std::size_t go_on_inside(std::string_view chunk, std::size_t at, ByteSink& next);
  std::size_t pass_text(std::string_view chunk, std::size_t from, ByteSink& next);
  [[nodiscard]] std::size_t kept_colour_length(std::string_view text) const;
  void end_sequence(ByteSink& next);
  void show_sequence(ByteSink& next);
  void end_lone_return(ByteSink& next);
  void write(std::string_view text, ByteSink& next);

  DialectKind kind_;
  bool keeps_colours_;
  bool hides_concealed_;
  MarkerWatch watch_;
  EscapeScanner escape_;
  std::string sequence_;             // an unfinished escape sequence
  bool carriage_return_ = false;     // a CR waits for the next byte
  bool line_feed_is_spent_ = false;  // a CR was written as LF; an LF right behind it is the same line end
};

void CiRules::feed(std::string_view chunk, ByteSink& next) {
  std::size_t at = 0;
  while (at < chunk.size()) {
    at = is_inside_something() ? go_on_inside(chunk, at, next) : pass_text(chunk, at, next);
  }
}

/// Something began before `at`: takes a byte into it, or ends it and leaves the byte for a second look.
std::size_t CiRules::go_on_inside(std::string_view chunk, std::size_t at, ByteSink& next) {
  const char c = chunk[at];
  if (line_feed_is_spent_) {
    line_feed_is_spent_ = false;
    return c == '\n' ? at + 1 : at;
  }
  if (carriage_return_) {
    carriage_return_ = false;
    write(c == '\n' ? "\r\n" : "\n", next);
    return c == '\n' ? at + 1 : at;
  }
  switch (escape_.next(c)) {
    case EscapeScanner::Verdict::open:
      sequence_ += c;
      return at + 1;
    case EscapeScanner::Verdict::complete:
      sequence_ += c;
      end_sequence(next);
      return at + 1;
    case EscapeScanner::Verdict::broken:
      show_sequence(next);
      return at;
    case EscapeScanner::Verdict::broken_late:
      sequence_.pop_back();
      show_sequence(next);
      end_lone_return(next);
      sequence_ = EscapeScanner::escape;
      escape_.begin();
      return at;
  }
  return at + 1;
}

/// Passes text up to the next thing that has to be taken apart; what needs no change goes on in one piece.
std::size_t CiRules::pass_text(std::string_view chunk, std::size_t from, ByteSink& next) {
  std::size_t at = from;
  const auto pass = [&] {
    if (at > from) next.take(chunk.substr(from, at - from));
    from = at;
  };
  while (true) {
    if (watch_.is_settled()) {
      const std::size_t stop = find_special(kind_, chunk, at, {watch_.is_before_line(), watch_.last()});
      watch_.see_harmless(chunk.substr(at, stop - at));
      at = stop;
    }
    if (at == chunk.size()) break;
    const char c = chunk[at];
    if (const std::size_t colour = kept_colour_length(chunk.substr(at)); colour > 0) {
      at += colour;
      continue;
    }
    if (c == EscapeScanner::escape) {
      pass();
      sequence_ = c;
      escape_.begin();
      return at + 1;
    }
    if (c == '\r' && at + 1 < chunk.size() && chunk[at + 1] == '\n') {
      watch_.see('\n');
      at += 2;
      continue;
    }
    if (c == '\r') {
      pass();
      carriage_return_ = true;
      return at + 1;
    }
    if (is_shown_control(c)) {
      pass();
      write(shown_byte(c), next);
      from = ++at;
      continue;
    }
    if (watch_.completes(c)) {
      pass();
      write(" ", next);
    }
    watch_.see(c);
    ++at;
  }
  pass();
  return at;
}

/// The usual case of a sequence, taken without a look at each of its bytes: a whole colour that stays.
std::size_t CiRules::kept_colour_length(std::string_view text) const {
  if (!keeps_colours_ || hides_concealed_ || !text.starts_with("\x1b[")) return 0;
  std::size_t length = 2;
  while (length < text.size() && text[length] >= '0' && text[length] <= ';') ++length;
  const bool whole = length < text.size() && text[length] == 'm' && length - 2 <= EscapeScanner::longest_csi_parameters;
  return whole ? length + 1 : 0;
}

void CiRules::end_sequence(ByteSink& next) {
  const bool removable = escape_.kind() == EscapeKind::csi || escape_.kind() == EscapeKind::osc;
  if (!removable || sequence_.find(replacement) != std::string::npos) {
    show_sequence(next);
    return;
  }
  // Jenkins keeps signed objects behind "concealed" in its logs; nothing of that kind may come from outside.
  const bool kept = keeps_colours_ && is_colour(sequence_) && !(hides_concealed_ && sequence_ == "\x1b[8m");
  if (kept) next.take(sequence_);
  sequence_.clear();
}

/// It was no sequence, or one that is not removed: its ESC is shown, the rest is text.
void CiRules::show_sequence(ByteSink& next) {
  const std::string text = sequence_.substr(1);
  sequence_.clear();
  write(shown_byte(EscapeScanner::escape), next);
  feed(text, next);
}

/// Writes bytes that are harmless by themselves.
void CiRules::write(std::string_view text, ByteSink& next) {
  for (const char c : text) watch_.see(c);
  next.take(text);
}

void CiRules::flush(ByteSink& next) {
  if (!sequence_.empty()) {
    // An OSC that may just have been followed by the ESC of another sequence holds two.
    const bool two = escape_.is_at_inner_escape();
    if (two) sequence_.pop_back();
    show_sequence(next);
    if (two) {
      end_lone_return(next);
      write(shown_byte(EscapeScanner::escape), next);
    }
  }
  line_feed_is_spent_ = line_feed_is_spent_ || carriage_return_;
  end_lone_return(next);
}

/// The CR that waits is not followed by LF.
void CiRules::end_lone_return(ByteSink& next) {
  if (!carriage_return_) return;
  carriage_return_ = false;
  write("\n", next);
}

}  // namespace

std::unique_ptr<ByteRules> make_ci_rules(const NeutraliserOptions& options) {
  return std::make_unique<CiRules>(options);
}

}  // namespace lifecycle::dialect
