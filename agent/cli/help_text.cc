#include "agent/cli/help_text.h"

#include <algorithm>
#include <vector>

#include "agent/base/utf8.h"

namespace lifecycle::cli {
namespace {

constexpr std::string_view program = "lifecycle-agent";

void pad(std::string& line, int from, int to) {
  for (; from < to; ++from) line += ' ';
}

std::string flag_label(const Flag& flag) {
  std::string label = flag.letter != '\0' ? std::string("-") + flag.letter + ", " : std::string("    ");
  label += "--" + std::string(flag.name);
  const std::string_view value = value_text(flag);
  if (flag.form == ValueForm::boolean) return label + " [" + std::string(value) + "]";
  if (!value.empty()) label += " " + std::string(value);
  return label;
}

std::string flag_line(const Flag& flag) {
  std::string text(flag.help);
  if (flag.repeatable) text += "; may be repeated";
  if (!flag.fallback.empty()) text += " (default: " + std::string(flag.fallback) + ")";
  if (!flag.variable.empty()) text += " [" + std::string(flag.variable) + "]";
  return text;
}

constexpr int label_width = 32;

std::string flag_entry(const Flag& flag) {
  std::string entry = "  " + flag_label(flag);
  const int width = count_characters(entry);
  const std::string lines = wrap(flag_line(flag), label_width);
  if (width + 2 > label_width) return entry + "\n" + lines;
  pad(entry, width, label_width);
  return entry + lines.substr(label_width);
}

std::string examples_of(const Command& command) {
  std::string text;
  std::string_view rest = command.examples;
  while (!rest.empty()) {
    const auto end = rest.find('\n');
    text += "  " + std::string(rest.substr(0, end)) + "\n";
    rest = end == std::string_view::npos ? std::string_view{} : rest.substr(end + 1);
  }
  return text;
}

}  // namespace

std::string wrap(std::string_view text, int indent, int width) {
  std::string wrapped;
  int column = 0;
  while (!text.empty()) {
    const auto end = text.find(' ');
    const std::string_view word = text.substr(0, end);
    const int length = count_characters(word);
    if (column == 0) {
      wrapped.append(static_cast<std::size_t>(indent), ' ');
      column = indent;
    } else if (column + 1 + length > width) {
      wrapped += "\n" + std::string(static_cast<std::size_t>(indent), ' ');
      column = indent;
    } else {
      wrapped += ' ';
      ++column;
    }
    wrapped += word;
    column += length;
    text = end == std::string_view::npos ? std::string_view{} : text.substr(end + 1);
  }
  return wrapped + "\n";
}

std::string usage_line(const Command& command) {
  std::string line = std::string(program) + " " + std::string(command.name);
  const auto dashes = command.operands.find("[--");
  std::string_view before = command.operands.substr(0, dashes);
  while (!before.empty() && before.back() == ' ') before.remove_suffix(1);
  if (!before.empty()) line += " " + std::string(before);
  line += " [flags]";
  if (dashes != std::string_view::npos) line += " " + std::string(command.operands.substr(dashes));
  return line;
}

std::string program_help() {
  std::string text =
      "lifecycle-agent runs the workflows of ops.yml that a CI event starts, and reports insights events.\n\n"
      "usage: lifecycle-agent COMMAND [flags]\n\ncommands:\n";
  for (const Command& command : commands()) {
    std::string line = "  " + std::string(command.name);
    pad(line, static_cast<int>(line.size()), 14);
    text += line + std::string(command.summary) + "\n";
  }
  text +=
      "\nMost flags are variables as well; a flag wins over its variable.\n"
      "'lifecycle-agent help COMMAND' explains one command, its flags and their variables.\n\nexample:\n"
      "  lifecycle-agent plan --event github:acme/app:pull_request.merged\n";
  return text;
}

std::string command_help(CommandId id) {
  const Command& command = command_of(id);
  std::string text = std::string(command.summary) + "\n\nusage: " + usage_line(command) + "\n\n";
  text += wrap(command.description, 0);
  const auto found = flags_of(id);
  for (const FlagGroup group : {FlagGroup::files, FlagGroup::event, FlagGroup::environment, FlagGroup::running,
                                FlagGroup::reporting, FlagGroup::insight, FlagGroup::output}) {
    bool headed = false;
    for (const Flag* flag : found) {
      if (flag->group != group) continue;
      if (!headed) text += "\n" + std::string(print_group(group)) + ":\n";
      headed = true;
      text += flag_entry(*flag);
    }
  }
  return text + "\nexample:\n" + examples_of(command);
}

}  // namespace lifecycle::cli
