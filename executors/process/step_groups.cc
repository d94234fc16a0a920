#include "executors/process/step_groups.h"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include "executors/process/syntax_probe.h"

namespace lifecycle::process {
namespace {

constexpr std::array<std::string_view, 22> reserved_words = {
    "if",   "then", "else",   "elif",     "fi",   "for",    "while", "until", "do", "done", "case",
    "esac", "in",   "select", "function", "time", "coproc", "{",     "}",     "[[", "]]",   "!"};

bool is_blank(char c) { return c == ' ' || c == '\t'; }

/// Walks over text that a full parser would call simple; refuses everything else.
class PlainScanner {
 public:
  explicit PlainScanner(std::string_view text) : text_(text) {}

  bool accepts() {
    while (at_ < text_.size()) {
      if (!step()) return false;
    }
    return end_word();
  }

 private:
  bool step() {
    const char c = text_[at_];
    switch (c) {
      case '\n':
      case ' ':
      case '\t':
      case ';':
        if (c == ';' && peek(1) == ';') return false;
        ++at_;
        return end_word();
      case '#':
        if (!in_word_) return skip_comment();
        return plain(c);
      case '\'':
        return single_quoted();
      case '"':
        return double_quoted();
      case '\\':
        return escaped();
      case '$':
        return dollar();
      case '|':
      case '&':
        return connector(c);
      case '<':
        if (peek(1) == '<' || peek(1) == '(') return false;
        ++at_;
        return end_word();
      case '>':
        if (peek(1) == '(') return false;
        at_ += peek(1) == '>' || peek(1) == '|' || peek(1) == '&' ? 2 : 1;
        return end_word();
      case '`':
      case '(':
      case ')':
        return false;
      default:
        return plain(c);
    }
  }

  [[nodiscard]] char peek(std::size_t ahead) const { return at_ + ahead < text_.size() ? text_[at_ + ahead] : '\0'; }

  bool plain(char c) {
    word_ += c;
    in_word_ = true;
    ++at_;
    return true;
  }

  /// A quoted part makes the word no reserved one.
  void quoted_part() {
    word_ += '"';
    in_word_ = true;
  }

  bool end_word() {
    const bool reserved = std::find(reserved_words.begin(), reserved_words.end(), word_) != reserved_words.end();
    word_.clear();
    in_word_ = false;
    return !reserved;
  }

  bool skip_comment() {
    at_ = std::min(text_.find('\n', at_), text_.size());
    return true;
  }

  bool single_quoted() {
    const auto close = text_.find('\'', at_ + 1);
    if (close == std::string_view::npos) return false;
    at_ = close + 1;
    quoted_part();
    return true;
  }

  bool double_quoted() {
    quoted_part();
    for (++at_; at_ < text_.size(); ++at_) {
      switch (text_[at_]) {
        case '"':
          ++at_;
          return true;
        case '\\':
          ++at_;
          break;
        case '`':
          return false;
        case '$':
          if (!dollar()) return false;
          --at_;
          break;
        default:
          break;
      }
    }
    return false;
  }

  bool escaped() {
    if (at_ + 1 >= text_.size() || text_[at_ + 1] == '\n') return false;
    at_ += 2;
    quoted_part();
    return true;
  }

  /// `$name` and `${name}` with nothing nested in it.
  bool dollar() {
    if (peek(1) == '(' || peek(1) == '\'' || peek(1) == '"') return false;
    in_word_ = true;
    word_ += '$';
    if (peek(1) != '{') {
      ++at_;
      return true;
    }
    const auto close = text_.find('}', at_);
    if (close == std::string_view::npos) return false;
    const auto inside = text_.substr(at_ + 2, close - at_ - 2);
    if (inside.find_first_of("'\"`\\${\n") != std::string_view::npos) return false;
    at_ = close + 1;
    return true;
  }

  /// `|`, `||` and `&&` need a command after them on the same line; `&` alone does not.
  bool connector(char c) {
    const bool needs_more = c == '|' || peek(1) == '&';
    at_ += peek(1) == c || (c == '|' && peek(1) == '&') ? 2 : 1;
    if (!end_word()) return false;
    if (!needs_more) return true;
    while (at_ < text_.size() && is_blank(text_[at_])) ++at_;
    return at_ < text_.size() && text_[at_] != '\n' && text_[at_] != '#';
  }

  std::string_view text_;
  std::size_t at_ = 0;
  std::string word_;
  bool in_word_ = false;
};

/// What the shell thinks of the text, with the second question for backslashes, at which `-n` is silent.
boost::asio::awaitable<Syntax> judge(boost::asio::any_io_executor executor, ProcessTree& tree, std::string bash,
                                     std::string text, run::milliseconds limit, int& probes) {
  ++probes;
  const ProbeAnswer answer = co_await probe_syntax(executor, tree, bash, text, limit);
  const Syntax syntax = judge_messages(answer.exit, answer.messages);
  if (syntax != Syntax::complete || !ends_in_backslash(text)) co_return syntax;
  ++probes;
  std::string with_fi = text + "\nfi";  // no error: `fi` was swallowed as an argument of the continued line
  const ProbeAnswer second = co_await probe_syntax(executor, tree, bash, std::move(with_fi), limit);
  co_return second.exit == 0 ? Syntax::open : Syntax::complete;
}

}  // namespace

bool is_obviously_complete(std::string_view text) { return PlainScanner(text).accepts(); }

Syntax judge_messages(int exit, std::string_view messages) {
  const auto says = [&](std::string_view phrase) { return messages.find(phrase) != std::string_view::npos; };
  if (exit == 0) return says("delimited by end-of-file") ? Syntax::open : Syntax::complete;
  const bool open = says("unexpected end of file") || says("unexpected EOF while looking") ||
                    says("unexpected token `EOF' in conditional");
  return open ? Syntax::open : Syntax::wrong;
}

bool ends_in_backslash(std::string_view text) {
  const auto last = text.find_last_not_of('\\');
  const std::size_t count = last == std::string_view::npos ? text.size() : text.size() - last - 1;
  return count % 2 == 1;
}

void GroupBuilder::add(std::string_view step) {
  if (first_ < next_) text_ += '\n';
  text_ += step;
  ++next_;
}

void GroupBuilder::close() {
  groups_.push_back({first_, next_ - 1});
  first_ = next_;
  text_.clear();
}

std::vector<run::StepGroup> GroupBuilder::finish() {
  if (first_ < next_) close();
  return std::move(groups_);
}

boost::asio::awaitable<std::vector<run::StepGroup>> group_steps(boost::asio::any_io_executor executor,
                                                                ProcessTree& tree, std::string bash,
                                                                std::vector<std::string> steps, GroupingLimits limits,
                                                                int* probes) {
  GroupBuilder builder;
  int asked = 0;
  const auto until = run::Clock::now() + limits.total;
  for (const std::string& step : steps) {
    builder.add(step);
    if ((builder.is_single() && is_obviously_complete(step)) || run::Clock::now() >= until) {
      builder.close();
      continue;
    }
    const Syntax syntax = co_await judge(executor, tree, bash, builder.open_text(), limits.probe, asked);
    if (syntax != Syntax::open) builder.close();
  }
  if (probes != nullptr) *probes = asked;
  co_return builder.finish();
}

}  // namespace lifecycle::process
