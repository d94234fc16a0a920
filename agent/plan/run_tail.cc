// Only what lies at the very end of `run` matters, but what it is depends on all before it: `done` ends a loop
// or is an argument of echo, `#` opens a comment or stands inside a word. So the text is split once, from the left,
// with as much of bash's grammar as that takes (bash manual, "Shell Syntax").
#include "agent/plan/run_tail.h"

#include <algorithm>
#include <array>
#include <string>
#include <vector>

namespace lifecycle::plan {
namespace {

constexpr std::array<std::string_view, 8> openers{"if", "for", "while", "until", "case", "select", "{", "[["};
constexpr std::array<std::string_view, 5> closers{"fi", "done", "esac", "}", "]]"};
/// After these a new command begins.
constexpr std::array<std::string_view, 7> joiners{"then", "else", "elif", "do", "!", "time", "in"};

template <std::size_t size>
bool is_word_of(const std::array<std::string_view, size>& words, std::string_view word) {
  return std::ranges::find(words, word) != words.end();
}

struct HereDocument {
  std::string delimiter;
  bool strips_tabs = false;
};

class Scanner {
 public:
  explicit Scanner(std::string_view text) : text_(text) {}

  RunTail scan() {
    while (at_ < text_.size()) {
      if (step()) return tail_;
    }
    end_word();
    if (ended_by_ != RunTail::simple && state_ == State::start) return ended_by_;
    return state_ == State::compound ? RunTail::compound : RunTail::simple;
  }

 private:
  enum class State { start, simple, compound };

  [[nodiscard]] char peek(std::size_t ahead = 0) const {
    return at_ + ahead < text_.size() ? text_[at_ + ahead] : '\0';
  }

  /// True: the end is decided.
  bool step() {
    const char c = peek();
    if (c == '\\') return escape();
    if (c == '\'' || c == '"' || c == '`') return skip_quoted(c), false;
    if (c == '$' && (peek(1) == '(' || peek(1) == '{' || peek(1) == '\'')) return skip_expansion(), false;
    if (c == '#' && !in_word_) return comment();
    if (c == '\n') return newline();
    if (c == ' ' || c == '\t') return ++at_, end_word(), false;
    if (c == '<' || c == '>') return redirection(), false;
    if (c == '(' || c == ')') return parenthesis(c), false;
    if (c == ';' || c == '&' || c == '|') return separator(c), false;
    word_ += c;
    in_word_ = true;
    ++at_;
    return false;
  }

  bool escape() {
    if (at_ + 1 == text_.size()) {
      tail_ = RunTail::backslash;
      return true;
    }
    if (peek(1) != '\n') add_opaque();
    at_ += 2;
    return false;
  }

  /// Quoted text makes a word that is no keyword.
  void add_opaque() {
    word_ += '\x01';
    in_word_ = true;
  }

  void skip_quoted(char quote) {
    add_opaque();
    ++at_;
    while (at_ < text_.size() && peek() != quote) at_ += quote != '\'' && peek() == '\\' ? 2 : 1;
    at_ = std::min(at_ + 1, text_.size());
  }

  /// `$(…)`, `${…}` and `$'…'`; parentheses and braces inside are counted, quotes skipped.
  void skip_expansion() {
    add_opaque();
    const char open = peek(1);
    at_ += 2;
    if (open == '\'') {
      while (at_ < text_.size() && peek() != '\'') at_ += peek() == '\\' ? 2 : 1;
      at_ = std::min(at_ + 1, text_.size());
      return;
    }
    const char close = open == '(' ? ')' : '}';
    for (int depth = 1; at_ < text_.size() && depth > 0;) {
      const char c = peek();
      if (c == '\\') {
        at_ = std::min(at_ + 2, text_.size());
      } else if (c == '\'' || c == '"') {
        skip_quoted(c);
      } else {
        depth += c == open ? 1 : c == close ? -1 : 0;
        ++at_;
      }
    }
  }

  bool comment() {
    const auto end = text_.find('\n', at_);
    if (end == std::string_view::npos) {
      tail_ = RunTail::comment;
      return true;
    }
    at_ = end;
    return false;
  }

  bool newline() {
    end_word();
    ++at_;
    begin_command(RunTail::newline);
    for (const HereDocument& document : documents_) {
      if (!skip_document(document)) {
        tail_ = RunTail::here_document;
        return true;
      }
    }
    documents_.clear();
    return false;
  }

  /// False when the text ends inside it or with its last line, so that nothing may follow.
  bool skip_document(const HereDocument& document) {
    while (at_ < text_.size()) {
      const auto end = text_.find('\n', at_);
      std::string_view line = text_.substr(at_, end == std::string_view::npos ? end : end - at_);
      if (document.strips_tabs) line.remove_prefix(std::min(line.find_first_not_of('\t'), line.size()));
      if (end == std::string_view::npos) return false;
      at_ = end + 1;
      if (line == document.delimiter) return true;
    }
    return false;
  }

  void redirection() {
    end_word();
    if (peek() == '<' && peek(1) == '<' && peek(2) != '<') {
      at_ += 2;
      read_document();
    } else {
      while (peek() == '<' || peek() == '>' || peek() == '&' || peek() == '|') ++at_;
      if (peek() == '(') skip_process();
    }
    if (state_ == State::start) state_ = State::simple;
  }

  /// `<(…)` and `>(…)`.
  void skip_process() {
    --at_;
    skip_expansion();
  }

  void read_document() {
    HereDocument document;
    document.strips_tabs = peek() == '-';
    if (document.strips_tabs) ++at_;
    while (peek() == ' ' || peek() == '\t') ++at_;
    while (at_ < text_.size() && std::string_view(" \t\n;&|<>()").find(peek()) == std::string_view::npos) {
      const char c = peek();
      ++at_;
      if (c == '\'' || c == '"') {
        const auto end = std::min(text_.find(c, at_), text_.size());
        document.delimiter += text_.substr(at_, end - at_);
        at_ = std::min(end + 1, text_.size());
      } else if (c != '\\') {
        document.delimiter += c;
      }
    }
    documents_.push_back(std::move(document));
  }

  /// `(` where a command may begin opens a subshell; inside a word it belongs to `name()` or `name=(…)`.
  void parenthesis(char c) {
    const bool after_word = in_word_;
    end_word();
    ++at_;
    if (c == '(') {
      parentheses_.push_back(!after_word && state_ == State::start);
      begin_command(RunTail::simple);
      return;
    }
    const bool subshell = !parentheses_.empty() && parentheses_.back();
    if (!parentheses_.empty()) parentheses_.pop_back();
    state_ = subshell ? State::compound : State::simple;
  }

  void separator(char c) {
    end_word();
    const bool doubled = peek(1) == c;
    at_ += doubled || (c == '|' && peek(1) == '&') ? 2 : 1;
    if (c == '&' && !doubled && peek() == '>') return;  // `&>file`
    const bool ends = c == ';' || (c == '&' && !doubled);
    begin_command(!ends ? RunTail::simple : c == ';' ? RunTail::semicolon : RunTail::background);
  }

  /// `ended_by`: simple after `|`, `&&`, `||` and `(`, where the arguments may be the command.
  void begin_command(RunTail ended_by) {
    const bool blank_line = ended_by == RunTail::newline && state_ == State::start && ended_by_ != RunTail::simple;
    if (!blank_line) ended_by_ = ended_by;
    state_ = State::start;
  }

  void end_word() {
    if (!in_word_) return;
    in_word_ = false;
    const std::string word = std::move(word_);
    word_.clear();
    if (word == "]]" && in_test_) {
      in_test_ = false;
      state_ = State::compound;
      return;
    }
    if (state_ != State::start) return;
    if (is_word_of(joiners, word)) return;
    if (word == "[[") in_test_ = true;
    if (is_word_of(openers, word)) {
      // What follows `if`, `while`, `until` and `{` is a command; names and words follow the others.
      state_ = word == "for" || word == "case" || word == "select" || word == "[[" ? State::simple : State::start;
      return;
    }
    state_ = is_word_of(closers, word) ? State::compound : State::simple;
  }

  std::string_view text_;
  std::size_t at_ = 0;
  std::string word_;
  bool in_word_ = false;
  bool in_test_ = false;
  State state_ = State::start;
  RunTail ended_by_ = RunTail::simple;
  RunTail tail_ = RunTail::simple;
  std::vector<bool> parentheses_;
  std::vector<HereDocument> documents_;
};

}  // namespace

RunTail find_run_tail(std::string_view run) { return Scanner(run).scan(); }

std::string_view describe_tail(RunTail tail) {
  switch (tail) {
    case RunTail::simple:
      return "ends in a word";
    case RunTail::newline:
      return "ends in a newline";
    case RunTail::semicolon:
      return "ends in ';'";
    case RunTail::background:
      return "ends in '&'";
    case RunTail::comment:
      return "ends in a comment";
    case RunTail::here_document:
      return "ends in a here-document";
    case RunTail::backslash:
      return "ends in a backslash";
    case RunTail::compound:
      return "ends in a compound command";
  }
  return {};
}

}  // namespace lifecycle::plan
