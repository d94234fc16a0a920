#include "agent/ops/findings.h"

#include <algorithm>
#include <numeric>
#include <tuple>

#include "agent/base/utf8.h"

namespace lifecycle::ops {
namespace {

constexpr std::size_t most = 1000;
constexpr std::size_t longest_quote = 60;

auto position(const Diagnostic& found) { return std::tie(found.place.line, found.place.column); }

bool says_the_same(const Diagnostic& a, const Diagnostic& b) {
  return position(a) == position(b) && a.code == b.code && a.message == b.message;
}

}  // namespace

void Findings::add(std::string_view code, Severity severity, SourcePlace place, std::string message, std::string hint) {
  const bool is_error = severity == Severity::error;
  errors_ = errors_ || is_error;
  if (is_full()) {
    ++left_out_;
    errors_left_out_ = errors_left_out_ || is_error;
    return;
  }
  found_.push_back({code, severity, std::move(place), std::move(message), std::move(hint), {}});
}

void Findings::add(std::string_view code, Severity severity, std::size_t offset, std::size_t end, std::string message,
                   std::string hint) {
  add(code, severity, source_.place(offset, end), std::move(message), std::move(hint));
}

bool Findings::is_full() const { return found_.size() == most; }

std::vector<Diagnostic> Findings::take() {
  std::vector<std::size_t> order(found_.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::ranges::sort(order, {},
                    [&](std::size_t i) { return std::tuple(found_[i].place.line, found_[i].place.column, i); });
  std::vector<Diagnostic> sorted;
  sorted.reserve(order.size() + 1);
  for (const std::size_t i : order) sorted.push_back(std::move(found_[i]));
  // An alias is read once for each use: its problems are told once.
  sorted.erase(std::unique(sorted.begin(), sorted.end(), says_the_same), sorted.end());
  for (Diagnostic& found : sorted) {
    if (found.place.line > 0 && !hidden_.contains(found.place.line))
      found.source_line = source_.shown_line(found.place.line);
  }
  if (left_out_ > 0) {
    sorted.push_back({"ops-too-many-problems",
                      errors_left_out_ ? Severity::error : Severity::note,
                      {source_.path(), 0, 0, 0},
                      std::to_string(left_out_) + " more problems are not shown",
                      "mend the first ones and check again",
                      {}});
  }
  return sorted;
}

std::string in_quotes(std::string_view text) {
  const std::string_view cut = cut_utf8(text, longest_quote);
  std::string shown = "'";
  for (const char c : repair_utf8(cut)) {
    const auto byte = static_cast<unsigned char>(c);
    if (c == '\n') {
      shown += "\\n";
    } else if (byte < 0x20 || byte == 0x7F) {
      shown += "\xEF\xBF\xBD";
    } else {
      shown += c;
    }
  }
  if (cut.size() < text.size()) shown += "…";
  return shown + "'";
}

}  // namespace lifecycle::ops
