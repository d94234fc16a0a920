#include "executors/process/step_feeder.h"

#include <algorithm>
#include <utility>

#include "agent/base/ascii.h"

namespace lifecycle::process {
namespace {

std::string joined(const std::vector<std::string>& steps) {
  std::string text;
  for (std::size_t i = 0; i < steps.size(); ++i) {
    if (i > 0) text += '\n';
    text += steps[i];
  }
  return text;
}

bool ends_a_line(std::string_view header) { return header.empty() || header.back() == '\n'; }

/// Length of the header, when the script ends in `tail` and the tail begins a line.
std::optional<std::size_t> header_before(std::string_view script, std::string_view tail) {
  if (!script.ends_with(tail)) return std::nullopt;
  const auto header = script.substr(0, script.size() - tail.size());
  if (!ends_a_line(header)) return std::nullopt;
  return header.size();
}

bool is_name_character(char c) { return c == '_' || is_letter_or_digit(c); }

/// `text` begins with `$`: is it $0 or ${0…}?
bool names_the_script(std::string_view text) {
  text.remove_prefix(1);
  if (text.starts_with("0")) return true;
  if (!text.starts_with("{")) return false;
  text.remove_prefix(1);
  while (!text.empty() && (text.front() == '#' || text.front() == '!')) text.remove_prefix(1);
  return text.starts_with("0") && (text.size() < 2 || !is_name_character(text[1]));
}

/// The step with what stands in single quotes taken out; the whole step where quoting cannot be followed.
std::string without_single_quoted(std::string_view step) {
  if (step.find("<<") != std::string_view::npos) return std::string(step);
  std::string text;
  bool doubled = false;
  for (std::size_t i = 0; i < step.size(); ++i) {
    const char c = step[i];
    if (c == '\\') {
      ++i;  // a quoted character names nothing
      continue;
    }
    if (c == '"') doubled = !doubled;
    if (c == '\'' && !doubled) {
      const auto close = step.find('\'', i + 1);
      if (close == std::string_view::npos) return std::string(step);
      i = close;
      continue;
    }
    text += c;
  }
  return doubled ? std::string(step) : text;
}

}  // namespace

std::optional<std::vector<std::size_t>> step_offsets(std::string_view script, const std::vector<std::string>& steps) {
  const std::string body = joined(steps);
  auto offset = header_before(script, body + "\n");
  if (!offset) offset = header_before(script, body);
  if (!offset || steps.empty()) return std::nullopt;
  std::vector<std::size_t> offsets;
  for (const std::string& step : steps) {
    offsets.push_back(*offset);
    *offset += step.size() + 1;
  }
  return offsets;
}

bool reads_own_script(std::string_view step) {
  if (step.find("BASH_SOURCE") != std::string_view::npos || step.find("BASH_ARGV0") != std::string_view::npos) {
    return true;
  }
  if (step.find("$0") == std::string_view::npos && step.find("${") == std::string_view::npos) return false;
  const std::string text = without_single_quoted(step);
  for (auto dollar = text.find('$'); dollar != std::string::npos; dollar = text.find('$', dollar + 1)) {
    if (names_the_script(std::string_view(text).substr(dollar))) return true;
  }
  return false;
}

StepFeeder::StepFeeder(std::string script, std::vector<std::size_t> starts)
    : script_(std::move(script)), starts_(std::move(starts)) {}

std::string_view StepFeeder::next(std::size_t limit) const {
  const auto following = static_cast<std::size_t>(current_ + 1);
  const std::size_t end =
      following < starts_.size() ? std::min(starts_[following] + 1, script_.size()) : script_.size();
  if (written_ >= end) return {};
  return std::string_view(script_).substr(written_, std::min(limit, end - written_));
}

std::optional<int> StepFeeder::asked_for(std::size_t unread) const {
  const auto following = static_cast<std::size_t>(current_ + 1);
  if (following >= starts_.size() || unread > written_) return std::nullopt;
  if (written_ - unread <= starts_[following]) return std::nullopt;
  return current_ + 1;
}

std::optional<int> StepFeeder::empty_group_at_end() const {
  const auto following = static_cast<std::size_t>(current_ + 1);
  if (following >= starts_.size() || !all_written() || starts_[following] < script_.size()) return std::nullopt;
  return current_ + 1;
}

}  // namespace lifecycle::process
