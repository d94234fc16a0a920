// GitHub docs, "Workflow commands", masking a value in a log; Azure docs, "Logging commands", SetSecret. Runners end
// lines at LF and at CR and ignore blanks before a command.
#include "agent/output/workflow_commands.h"

#include <algorithm>
#include <bit>
#include <cstring>
#include <iterator>
#include <utility>

#include "agent/base/ascii.h"
#include "agent/base/byte_blocks.h"

namespace lifecycle::output {
namespace {

constexpr std::string_view commands[] = {"::add-mask::", "##[add-mask]", "##vso[task.setsecret]"};
constexpr std::size_t longest_shown = 3;
/// A line that begins with more blanks holds no command.
constexpr std::size_t most_blanks = 256;
/// One byte more than all masked texts together may have: what is cut here is refused there, with a warning.
constexpr std::size_t longest_value = (std::size_t{32} << 20) + 1;
constexpr std::pair<std::string_view, char> escapes[] = {{"%0A", '\n'}, {"%0D", '\r'}, {"%25", '%'}};

bool is_blank(char c) { return c == ' ' || c == '\t'; }
bool is_line_end(char c) { return c == '\n' || c == '\r'; }

std::size_t count_blanks(std::string_view text) {
  return static_cast<std::size_t>(std::find_if_not(text.begin(), text.end(), is_blank) - text.begin());
}

/// Bits of the bytes that stand first in a line and may begin a command.
std::uint64_t beginnings(const ByteBlock& block, std::uint64_t& after_line_end) {
  const std::uint64_t ends = block.equal('\n') | block.equal('\r');
  const std::uint64_t firsts = (ends << 1) | after_line_end;
  after_line_end = ends >> 63;
  return firsts & (block.equal(':') | block.equal('#') | block.equal(' ') | block.equal('\t'));
}

std::size_t find_line_beginning(std::string_view text, std::size_t from, bool at_line_start) {
  std::uint64_t after_line_end = at_line_start ? 1 : 0;
  for (; from + byte_block_size <= text.size(); from += byte_block_size) {
    const std::uint64_t found = beginnings(ByteBlock(text.data() + from), after_line_end);
    if (found != 0) return from + static_cast<std::size_t>(std::countr_zero(found));
  }
  char rest[byte_block_size] = {};
  std::memcpy(rest, text.data() + from, text.size() - from);
  const std::uint64_t found = beginnings(ByteBlock(rest), after_line_end);
  return std::min(text.size(), from + static_cast<std::size_t>(std::countr_zero(found)));
}

/// The next line start, with its blanks, that may be one of a command.
std::size_t find_beginning(std::string_view text, std::size_t from, bool at_line_start) {
  while (from < text.size()) {
    const std::size_t begin = find_line_beginning(text, from, at_line_start);
    const std::size_t word = begin + count_blanks(text.substr(begin));
    if (word == text.size() || word == begin || text[word] == ':' || text[word] == '#') return begin;
    at_line_start = is_line_end(text[word]);
    from = word + 1;
  }
  return from;
}

}  // namespace

void CommandParser::feed(std::string_view chunk, ByteSink& next) {
  std::size_t at = 0;
  while (at < chunk.size()) {
    if (place_ == Place::value) {
      at = swallow(chunk, at, next);
    } else if (line_feed_is_spent_) {
      line_feed_is_spent_ = false;
      if (chunk[at] == '\n') ++at;
    } else if (!begun_.empty()) {
      at = go_on(chunk, at, next);
    } else {
      at = pass(chunk, at, next);
    }
  }
}

/// Hands on lines in one piece, up to the first that begins as a command does.
std::size_t CommandParser::pass(std::string_view chunk, std::size_t from, ByteSink& next) {
  std::size_t at = from;
  while (at < chunk.size()) {
    const std::size_t begin = find_beginning(chunk, at, place_ == Place::line_start);
    const std::size_t blanks = count_blanks(chunk.substr(begin));
    std::size_t end = begin + blanks;
    Fit found = begin == chunk.size() || blanks > most_blanks ? Fit::none : Fit::partly;
    while (found == Fit::partly && end < chunk.size()) found = fit(chunk.substr(begin, ++end - begin));
    if (found != Fit::none) {
      if (begin > from) next.take(chunk.substr(from, begin - from));
      if (found == Fit::partly) begun_ = chunk.substr(begin);
      place_ = found == Fit::whole ? Place::value : Place::line_start;
      return end;
    }
    // The byte that did not fit may itself end the line.
    at = end;
    if (at > 0) place_ = is_line_end(chunk[at - 1]) ? Place::line_start : Place::inside_line;
  }
  next.take(chunk.substr(from));
  return chunk.size();
}

/// The line start came in an earlier chunk.
std::size_t CommandParser::go_on(std::string_view chunk, std::size_t at, ByteSink& next) {
  begun_ += chunk[at];
  switch (fit(begun_)) {
    case Fit::partly:
      return at + 1;
    case Fit::whole:
      left_open_ = shown_ > 0;
      begun_.clear();
      shown_ = 0;
      place_ = Place::value;
      return at + 1;
    case Fit::none:
      begun_.pop_back();
      release(next);
      begun_.clear();
      shown_ = 0;
      place_ = Place::inside_line;
      return at;
  }
  return at + 1;
}

/// Takes the line up to its end.
std::size_t CommandParser::swallow(std::string_view chunk, std::size_t at, ByteSink& next) {
  const std::string_view rest = chunk.substr(at);
  const std::size_t length = std::min(rest.find_first_of("\r\n"), rest.size());
  value_ += rest.substr(0, std::min(length, longest_value - value_.size()));
  if (length == rest.size()) return chunk.size();
  end_value();
  if (left_open_) next.take("\n");
  left_open_ = false;
  line_feed_is_spent_ = rest[length] == '\r';
  return at + length + 1;
}

CommandParser::Fit CommandParser::fit(std::string_view text) const {
  const std::size_t blanks = count_blanks(text);
  if (blanks > most_blanks) return Fit::none;
  text.remove_prefix(blanks);
  for (const std::string_view command : commands) {
    const std::string_view part = command.substr(0, text.size());
    const bool same = part.size() == text.size() && std::equal(text.begin(), text.end(), part.begin(),
                                                               [](char a, char b) { return to_lower(a) == b; });
    if (same) return text.size() == command.size() ? Fit::whole : Fit::partly;
  }
  return Fit::none;
}

void CommandParser::release(ByteSink& next) {
  if (holds()) next.take(std::string_view(begun_).substr(shown_));
  shown_ = begun_.size();
}

void CommandParser::end_value() {
  place_ = Place::line_start;
  const std::string value = decode_value(value_);
  value_.clear();
  on_mask_(value);
}

void CommandParser::pause(ByteSink& next) {
  if (begun_.size() - count_blanks(begun_) <= longest_shown) release(next);
}

void CommandParser::boundary(ByteSink& next) { release(next); }

void CommandParser::finish(ByteSink& next) {
  release(next);
  if (place_ == Place::value) end_value();
  begun_.clear();
  shown_ = 0;
  left_open_ = false;
  line_feed_is_spent_ = false;
  place_ = Place::line_start;
}

std::string decode_value(std::string_view text) {
  std::string value;
  value.reserve(text.size());
  while (!text.empty()) {
    const std::size_t plain = std::min(text.find('%'), text.size());
    value += text.substr(0, plain);
    text.remove_prefix(plain);
    const auto escape = std::ranges::find_if(escapes, [&](const auto& pair) { return text.starts_with(pair.first); });
    if (escape != std::end(escapes)) {
      value += escape->second;
      text.remove_prefix(escape->first.size());
    } else if (!text.empty()) {
      value += text.front();
      text.remove_prefix(1);
    }
  }
  return value;
}

}  // namespace lifecycle::output
