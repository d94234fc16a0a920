#include "tests/adapters/dialect/runner_models.h"

#include <algorithm>
#include <array>
#include <regex>

namespace lifecycle::dialect {
namespace {

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

std::string lower_text(std::string_view text) {
  std::string result(text);
  std::ranges::transform(result, result.begin(), lower);
  return result;
}

/// .NET ends a line at LF, at CR and at both together.
std::vector<std::string> dotnet_lines(std::string_view log) {
  std::vector<std::string> lines(1);
  for (const char c : log) {
    if (c == '\n' || c == '\r') {
      lines.emplace_back();
    } else {
      lines.back() += c;
    }
  }
  return lines;
}

std::vector<std::string> go_lines(std::string_view log) {
  std::vector<std::string> lines(1);
  for (const char c : log) {
    lines.back() += c;
    if (c == '\n') lines.emplace_back();
  }
  return lines;
}

/// String.TrimStart(): char.IsWhiteSpace, and the mark that begins a stream.
std::string_view trim_start(std::string_view line) {
  static const std::array<std::string_view, 22> white{
      " ",      "\t",     "\v",     "\f",     "\u0085", "\u00a0", "\u1680", "\u2000", "\u2001", "\u2002", "\u2003",
      "\u2004", "\u2005", "\u2006", "\u2007", "\u2008", "\u2009", "\u200a", "\u202f", "\u205f", "\u3000", "\ufeff"};
  for (bool again = true; again;) {
    again = false;
    for (const std::string_view each : white) {
      if (!line.starts_with(each)) continue;
      line.remove_prefix(each.size());
      again = true;
    }
    for (const std::string_view each : {"\u2028", "\u2029"}) {
      if (!line.starts_with(each)) continue;
      line.remove_prefix(each.size());
      again = true;
    }
  }
  return line;
}

/// The words that the runner knows; it compares without case.
bool is_registered(std::string_view command) {
  static const std::array<std::string_view, 18> known{
      "set-output",     "save-state",    "add-mask", "add-matcher",
      "remove-matcher", "stop-commands", "set-env",  "add-path",
      "error",          "warning",       "notice",   "debug",
      "group",          "endgroup",      "echo",     "internal-set-repo-path",
      "command",        "section"};
  return std::ranges::find(known, lower_text(command)) != known.end();
}

/// `::name properties::data`, a name and properties between the first four colons.
bool parses_as_v2(std::string_view line, Commands& found) {
  const std::string_view text = trim_start(line);
  if (!text.starts_with("::")) return false;
  const std::size_t end = text.find("::", 2);
  if (end == std::string_view::npos) return false;
  const std::string_view inner = text.substr(2, end - 2);
  const std::string_view name = inner.substr(0, inner.find(' '));
  if (!is_registered(name)) return false;
  found.emplace_back(name);
  return true;
}

/// `##[name properties]data`, wherever it begins.
void parse_as_v1(std::string_view line, std::string_view prefix, Commands& found) {
  const std::string text = lower_text(line);
  const std::size_t at = text.find(prefix);
  if (at == std::string::npos) return;
  const std::size_t end = text.find(']', at);
  if (end == std::string::npos) return;
  found.push_back(text.substr(at, end + 1 - at));
}

Commands all_matches(std::string_view log, const std::regex& pattern) {
  Commands found;
  const std::string text(log);
  for (std::sregex_iterator at(text.begin(), text.end(), pattern), end; at != end; ++at) found.push_back(at->str());
  return found;
}

}  // namespace

Commands obeyed_by_github(std::string_view log) {
  Commands found;
  for (const std::string& line : dotnet_lines(log)) {
    if (!parses_as_v2(line, found)) parse_as_v1(line, "##[", found);
  }
  return found;
}

Commands obeyed_by_go_runners(std::string_view log) {
  static const std::regex colons("^::([^ ]+)( (.+))?::([^\r\n]*)[\r\n]+$");
  static const std::regex brackets("^##\\[([^ ]+)( (.+))?\\]([^\r\n]*)[\r\n]+$");
  Commands found;
  for (const std::string& line : go_lines(log)) {
    std::smatch match;
    if (std::regex_search(line, match, colons) || std::regex_search(line, match, brackets)) found.push_back(match[1]);
  }
  return found;
}

Commands obeyed_by_azure(std::string_view log) {
  Commands found;
  for (const std::string& line : dotnet_lines(log)) {
    parse_as_v1(line, "##vso[", found);
    if (line.starts_with("##[")) parse_as_v1(line, "##[", found);
  }
  return found;
}

Commands obeyed_by_teamcity(std::string_view log) {
  Commands found;
  for (const std::string& line : dotnet_lines(log)) parse_as_v1(line, "##teamcity[", found);
  return found;
}

Commands obeyed_by_travis(std::string_view log) {
  static const std::regex pattern("(fold|time):(start|end):[\\w\\-.]+", std::regex::icase);
  return all_matches(log, pattern);
}

Commands obeyed_by_buildkite(std::string_view log) {
  static const std::regex header("^(\x1b_bk;t=[0-9]+\x07)*((---|\\+\\+\\+|~~~)( |$)|\\^\\^\\^ +\\+\\+\\+)");
  Commands found;
  for (const std::string& line : dotnet_lines(log)) {
    const std::string text(trim_start(line));
    std::smatch match;
    if (std::regex_search(text, match, header)) found.push_back(match[2]);
  }
  return found;
}

Commands obeyed_by_gitlab(std::string_view log) {
  static const std::regex section("section_(start|end):[0-9]+:[a-zA-Z0-9_.-]+(\\[[^\r]*\\])?\r\x1b\\[0K");
  return all_matches(log, section);
}

std::string without_colours(const std::string& text) {
  static const std::regex colour("\x1b\\[[0-9;:]*m");
  return std::regex_replace(text, colour, "");
}

}  // namespace lifecycle::dialect
