#include "tests/agent/mask/slow_mask.h"

#include <algorithm>
#include <optional>
#include <regex>

namespace lifecycle::mask {
namespace {

struct View {
  std::string bytes;
  std::vector<std::size_t> places;  // of each byte in the input
};

/// The length of the complete sequence that begins at `at`; 0: none.
std::size_t sequence_length(std::string_view input, std::size_t at) {
  static const std::regex sequence(
      "\x1b\\[[\\x30-\\x3f]{0,64}[\\x20-\\x2f]{0,8}[\\x40-\\x7e]|\x1b[\\x40-\\x5a\\\\^_]|\x1b[\\x20-\\x2f][\\x30-"
      "\\x7e]");
  std::cmatch match;
  const char* begin = input.data() + at;
  const char* end = input.data() + std::min(input.size(), at + 80);
  if (std::regex_search(begin, end, match, sequence, std::regex_constants::match_continuous)) {
    return static_cast<std::size_t>(match.length(0));
  }
  if (!input.substr(at).starts_with("\x1b]")) return 0;
  const std::size_t stop = input.find_first_of("\x07\x1b", at + 2);
  if (stop == std::string_view::npos || stop - at - 2 > 1024) return 0;
  if (input[stop] == '\x07') return stop + 1 - at;
  return input.substr(stop).starts_with("\x1b\\") ? stop + 2 - at : 0;
}

/// A sequence at the end that more bytes might complete: as transparent as a complete one.
bool is_unfinished(std::string_view rest) {
  const auto all = [](std::string_view text, auto test) { return std::all_of(text.begin(), text.end(), test); };
  if (rest == "\x1b") return true;
  if (rest.size() == 2 && rest[1] >= 0x20 && rest[1] <= 0x2f) return true;
  if (rest.starts_with("\x1b]")) {
    std::string_view body = rest.substr(2);
    if (body.ends_with("\x1b")) body.remove_suffix(1);
    return body.size() <= 1024 && body.find_first_of("\x07\x1b") == std::string_view::npos;
  }
  if (!rest.starts_with("\x1b[")) return false;
  const std::string_view body = rest.substr(2);
  const std::size_t parameters = static_cast<std::size_t>(
      std::find_if(body.begin(), body.end(), [](char c) { return c < 0x30 || c > 0x3f; }) - body.begin());
  const std::string_view others = body.substr(parameters);
  return parameters <= 64 && others.size() <= 8 && all(others, [](char c) { return c >= 0x20 && c <= 0x2f; });
}

View raw_view(std::string_view input) {
  View view{std::string(input), {}};
  for (std::size_t i = 0; i < input.size(); ++i) view.places.push_back(i);
  return view;
}

View plain_view(std::string_view input, std::vector<std::pair<std::size_t, std::size_t>>& sequences) {
  View view;
  for (std::size_t i = 0; i < input.size();) {
    const std::size_t length = input[i] == '\x1b' ? sequence_length(input, i) : 0;
    if (length > 0) {
      sequences.emplace_back(i, i + length);
      i += length;
      continue;
    }
    if (input[i] == '\x1b' && is_unfinished(input.substr(i))) break;
    view.bytes += input[i];
    view.places.push_back(i++);
  }
  return view;
}

using Covered = std::vector<bool>;

void cover(Covered& covered, const View& view, std::size_t begin, std::size_t length) {
  for (std::size_t i = view.places[begin]; i <= view.places[begin + length - 1]; ++i) covered[i] = true;
}

void cover_matches(Covered& covered, const View& view, const std::vector<std::string>& needles) {
  for (const std::string& needle : needles) {
    for (std::size_t at = view.bytes.find(needle); at != std::string::npos; at = view.bytes.find(needle, at + 1)) {
      cover(covered, view, at, needle.size());
    }
  }
}

void cover_cut_off(Covered& covered, const View& view, std::string_view input,
                   const std::vector<std::string>& needles) {
  for (const std::string& needle : needles) {
    for (std::size_t length = std::min(needle.size() - 1, view.bytes.size()); length >= 8; --length) {
      if (length * 2 < needle.size()) break;
      if (!view.bytes.ends_with(needle.substr(0, length))) continue;
      const std::size_t begin = view.places[view.bytes.size() - length];
      std::size_t end = view.places.back() + 1;
      while (end > begin && (input[end - 1] == ' ' || (input[end - 1] >= '\t' && input[end - 1] <= '\r'))) --end;
      for (std::size_t i = begin; i < end; ++i) covered[i] = true;
    }
  }
}

}  // namespace

std::string slow_mask(std::string_view input, const std::vector<std::string>& needles, bool with_end) {
  std::vector<std::pair<std::size_t, std::size_t>> sequences;
  const View raw = raw_view(input);
  const View plain = plain_view(input, sequences);
  Covered covered(input.size());
  for (const View* view : {&raw, &plain}) cover_matches(covered, *view, needles);
  if (with_end) {
    for (const View* view : {&raw, &plain}) cover_cut_off(covered, *view, input, needles);
  }
  std::string result;
  for (std::size_t i = 0; i < input.size();) {
    if (!covered[i]) {
      result += input[i++];
      continue;
    }
    const std::size_t begin = i;
    while (i < input.size() && covered[i]) ++i;
    result += "***";
    for (const auto& [from, to] : sequences) {
      const bool inside = from >= begin && to <= i && input[from + 1] == '[' && input[to - 1] == 'm';
      if (inside) result += input.substr(from, to - from);
    }
  }
  return result;
}

}  // namespace lifecycle::mask
