#include "agent/run/step_title.h"

#include <algorithm>

#include "agent/base/utf8.h"
#include "agent/base/visible_text.h"

namespace lifecycle::run {
namespace {

constexpr std::string_view more = " ...";
constexpr std::string_view blanks = " \t\r\n";
constexpr std::string_view arguments_suffix = " \"$@\"";

std::string_view trim(std::string_view text) {
  const auto first = text.find_first_not_of(blanks);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(blanks) - first + 1);
}

std::string_view first_characters(std::string_view text, std::size_t count) {
  std::size_t seen = 0;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const bool continues = (static_cast<unsigned char>(text[at]) & 0xC0U) == 0x80U;
    if (continues) continue;
    if (seen == count) return text.substr(0, at);
    ++seen;
  }
  return text;
}

}  // namespace

std::string group_text(const std::vector<std::string>& steps, StepGroup group) {
  std::string text;
  for (int index = group.first; index <= group.last && static_cast<std::size_t>(index) < steps.size(); ++index) {
    if (index > group.first) text += '\n';
    text += steps[static_cast<std::size_t>(index)];
  }
  return text;
}

std::string step_number(StepGroup group, std::size_t steps) {
  std::string number = "[" + std::to_string(group.first + 1);
  if (group.last > group.first) number += "-" + std::to_string(group.last + 1);
  return number + "/" + std::to_string(steps) + "]";
}

std::string one_line(std::string_view text, std::size_t columns) {
  const std::string_view whole = trim(text);
  const std::string_view line = trim(whole.substr(0, whole.find('\n')));
  std::string shown = visible(line);
  const bool fits = static_cast<std::size_t>(count_characters(shown)) <= columns;
  if (fits && line.size() == whole.size()) return shown;
  if (static_cast<std::size_t>(count_characters(shown)) + more.size() > columns) {
    shown = first_characters(shown, columns - std::min(columns, more.size()));
  }
  return shown + std::string(more);
}

std::string command_text(const std::vector<std::string>& argv) {
  if (argv.size() < 3 || argv[1] != "-c") {
    std::string text;
    for (const std::string& word : argv) text += (text.empty() ? "" : " ") + word;
    return text;
  }
  std::string text = argv[2];
  if (text.ends_with(arguments_suffix)) text.resize(text.size() - arguments_suffix.size());
  for (std::size_t index = 4; index < argv.size(); ++index) text += " " + argv[index];
  return text;
}

}  // namespace lifecycle::run
