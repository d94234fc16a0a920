// What is asked of the tables in command_table.cc and flag_table.cc.
#include "agent/cli/flag_table.h"

namespace lifecycle::cli {

std::string_view print_group(FlagGroup group) {
  switch (group) {
    case FlagGroup::files:
      return "files";
    case FlagGroup::event:
      return "event";
    case FlagGroup::environment:
      return "environment of jobs";
    case FlagGroup::running:
      return "running";
    case FlagGroup::reporting:
      return "reporting";
    case FlagGroup::insight:
      return "insights event";
    case FlagGroup::output:
      return "output";
  }
  return {};
}

const Command* find_command(std::string_view name) {
  for (const Command& command : commands()) {
    if (command.name == name) return &command;
  }
  return nullptr;
}

const Command& command_of(CommandId id) { return commands()[static_cast<std::size_t>(id)]; }

const Flag* find_flag(std::string_view name) {
  for (const Flag& flag : flags()) {
    if (flag.name == name) return &flag;
  }
  return nullptr;
}

const Flag* find_flag(char letter) {
  for (const Flag& flag : flags()) {
    if (flag.letter == letter && letter != '\0') return &flag;
  }
  return nullptr;
}

std::vector<const Flag*> flags_of(CommandId id) {
  std::vector<const Flag*> found;
  for (const Flag& flag : flags()) {
    if ((flag.commands & in(id)) != 0) found.push_back(&flag);
  }
  return found;
}

bool is_fact(const Flag& flag) { return flag.variable.starts_with("LIFECYCLE_EVENT_"); }

std::string_view value_text(const Flag& flag) {
  return flag.form == ValueForm::choice ? flag.choices : flag.placeholder;
}

std::vector<std::string_view> choices_of(const Flag& flag) {
  std::vector<std::string_view> words;
  std::string_view rest = flag.choices;
  while (!rest.empty()) {
    const auto bar = rest.find('|');
    words.push_back(rest.substr(0, bar));
    rest = bar == std::string_view::npos ? std::string_view{} : rest.substr(bar + 1);
  }
  return words;
}

}  // namespace lifecycle::cli
