#include "agent/cli/man_page.h"

#include "agent/cli/exit_code.h"
#include "agent/cli/flag_table.h"
#include "agent/cli/help_text.h"

namespace lifecycle::cli {
namespace {

/// Text as troff takes it: a backslash and a dash are escaped, a leading dot or quote is no request.
std::string troff(std::string_view text) {
  std::string result;
  if (text.starts_with('.') || text.starts_with('\'')) result += "\\&";
  for (const char c : text) {
    if (c == '\\') {
      result += "\\e";
    } else if (c == '-') {
      result += "\\-";
    } else {
      result += c;
    }
  }
  return result;
}

std::string man_entry(const Flag& flag) {
  std::string entry = ".TP\n";
  if (flag.letter != '\0') entry += std::string("\\fB\\-") + flag.letter + "\\fR, ";
  entry += "\\fB\\-\\-" + troff(flag.name) + "\\fR";
  if (const std::string_view value = value_text(flag); !value.empty()) entry += " \\fI" + troff(value) + "\\fR";
  entry += "\n" + troff(flag.help);
  if (flag.repeatable) entry += "; may be repeated";
  if (!flag.fallback.empty()) entry += " (default: " + troff(flag.fallback) + ")";
  entry += ".\n";
  if (!flag.variable.empty()) entry += "Variable: " + troff(flag.variable) + ".\n";
  std::string owners;
  for (const Command& command : commands()) {
    if ((flag.commands & in(command.id)) != 0) owners += (owners.empty() ? "" : ", ") + std::string(command.name);
  }
  return entry + "Commands: " + owners + ".\n";
}

std::string command_entry(const Command& command) {
  std::string entry = ".SS " + std::string(command.name) + "\n";
  entry += "\\fB" + troff(usage_line(command)) + "\\fR\n.PP\n" + troff(command.description) + "\n.PP\n.nf\n";
  std::string_view rest = command.examples;
  while (!rest.empty()) {
    const auto end = rest.find('\n');
    entry += "    " + troff(rest.substr(0, end)) + "\n";
    rest = end == std::string_view::npos ? std::string_view{} : rest.substr(end + 1);
  }
  return entry + ".fi\n";
}

}  // namespace

std::string man_page() {
  std::string page =
      ".TH LIFECYCLE-AGENT 1\n"
      ".SH NAME\n"
      "lifecycle\\-agent \\- runs the workflows of ops.yml that a CI event starts, and reports insights events\n"
      ".SH SYNOPSIS\n"
      "\\fBlifecycle\\-agent\\fR \\fICOMMAND\\fR [\\fIflags\\fR]\n"
      ".SH COMMANDS\n";
  for (const Command& command : commands()) page += command_entry(command);
  page += ".SH FLAGS\nA flag wins over its variable, a variable over an input (INPUT_*, PLUGIN_*).\n";
  for (const Flag& flag : flags()) page += man_entry(flag);
  page += ".SH EXIT STATUS\n";
  for (const ExitCodeMeaning& row : exit_codes()) {
    page += ".TP\n\\fB" + std::to_string(static_cast<int>(row.code)) + "\\fR\n" + troff(row.meaning) + "\n";
  }
  return page;
}

}  // namespace lifecycle::cli
