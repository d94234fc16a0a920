#include "adapters/dialect/variable_lines.h"

#include <algorithm>
#include <array>

#include "agent/base/ascii.h"

namespace lifecycle::dialect {
namespace {

constexpr std::size_t dotenv_limit = 5'000;  // GitLab's default, in kilobytes of either kind

char upper(char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; }

bool is_variable_name(std::string_view name) {
  const auto fits = [](char c) { return is_letter_or_digit(c) || c == '_'; };
  return !name.empty() && std::ranges::all_of(name, fits) && !is_digit(name.front());
}

/// What a shell, the loader or an interpreter acts upon.
bool is_obeyed(std::string_view name) {
  constexpr std::array<std::string_view, 12> names{"PATH",      "IFS",          "ENV",           "BASH_ENV",
                                                   "SHELLOPTS", "BASHOPTS",     "PS4",           "CDPATH",
                                                   "HOME",      "NODE_OPTIONS", "PYTHONSTARTUP", "PROMPT_COMMAND"};
  constexpr std::array<std::string_view, 4> prefixes{"AWS_", "LD_", "DYLD_", "BASH_FUNC_"};
  return std::ranges::find(names, name) != names.end() ||
         std::ranges::any_of(prefixes, [name](std::string_view prefix) { return name.starts_with(prefix); });
}

}  // namespace

std::string variable_name(std::string_view output) {
  std::string name = "LIFECYCLE_OUT_";
  for (const char c : output) name += is_letter_or_digit(c) ? upper(c) : '_';
  return name;
}

std::optional<std::string> shell_export_line(std::string_view name, std::string_view value) {
  if (!is_variable_name(name) || is_obeyed(name) || value.find('\0') != std::string_view::npos) return std::nullopt;
  std::string line = "export " + std::string(name) + "='";
  for (const char c : value) {
    if (c == '\'') {
      line += "'\\''";
    } else {
      line += c;
    }
  }
  return line + "'\n";
}

VariableLines assignment_lines(std::span<const NamedOutput> outputs, std::size_t limit) {
  VariableLines lines;
  for (const NamedOutput& output : outputs) {
    const std::string line = variable_name(output.name) + "=" + output.value + "\n";
    if (output.value.find_first_of(std::string_view("\r\n\0", 3)) != std::string::npos) {
      lines.omitted.push_back({output.name, "its value has several lines"});
    } else if (limit != 0 && lines.text.size() + line.size() > limit) {
      lines.omitted.push_back({output.name, "it has " + std::to_string(line.size()) + " bytes, and the CI takes " +
                                                std::to_string(limit) + " in all"});
    } else {
      lines.text += line;
    }
  }
  return lines;
}

VariableLines export_lines(std::span<const NamedOutput> outputs) {
  VariableLines lines;
  for (const NamedOutput& output : outputs) {
    if (const auto line = shell_export_line(variable_name(output.name), output.value)) {
      lines.text += *line;
    } else {
      lines.omitted.push_back({output.name, "no shell variable can hold it"});
    }
  }
  return lines;
}

VariableLines dotenv_lines(std::span<const NamedOutput> outputs) { return assignment_lines(outputs, dotenv_limit); }

}  // namespace lifecycle::dialect
