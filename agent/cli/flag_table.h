// The one table of commands and flags. Parsing, settings, --help, completions, the man page and docs/flags.md
// all come from it, so that they cannot disagree.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

namespace lifecycle::cli {

enum class CommandId : std::uint8_t {
  event,
  ci,
  plan,
  why,
  doctor,
  run,
  check,
  schema,
  init,
  track,
  action,
  outputs,
  completion,
  version,
  help
};

/// Several commands: one bit each.
using CommandSet = std::uint32_t;
constexpr CommandSet in(CommandId command) { return CommandSet{1} << static_cast<unsigned>(command); }

struct Command {
  CommandId id;
  std::string_view name;
  std::string_view operands;     // as the usage line shows them: "[NAME…] [-- ARGUMENT…]"
  int least_operands;            // fewer is an error
  int most_operands;             // more is an error; -1: any number
  bool takes_arguments;          // words after `--` belong to the workflow
  std::string_view summary;      // one line
  std::string_view description;  // a paragraph
  std::string_view examples;     // command lines, one a line
};

/// What the value of a flag looks like; it is checked wherever the value comes from.
enum class ValueForm : std::uint8_t {
  none,        // a switch: --raw, --raw=false
  boolean,     // --merged, --merged true, --merged=false
  text,        // anything
  path,        // a file or directory
  duration,    // 500ms, 5m, 1h30m, bare seconds
  choice,      // one of Flag::choices
  assignment,  // KEY=VALUE
};

enum class FlagGroup : std::uint8_t { files, event, environment, running, reporting, insight, output };

struct Flag {
  std::string_view name;  // without the dashes
  char letter = '\0';     // -f
  ValueForm form = ValueForm::text;
  std::string_view placeholder{};  // PATH
  std::string_view choices{};      // "auto|always|never"
  bool repeatable = false;         // in a variable: one value a line
  CommandSet commands = 0;
  std::string_view variable{};  // LIFECYCLE_…; empty: a flag alone
  bool input = false;           // INPUT_… is read (PLUGIN_… always is)
  std::string_view platform{};  // the platform's own variable
  std::string_view fallback{};  // the default; empty: none, or described in the help
  FlagGroup group = FlagGroup::output;
  std::string_view help{};  // one line, lower case, no full stop
};

[[nodiscard]] std::span<const Command> commands();
[[nodiscard]] std::span<const Flag> flags();
[[nodiscard]] std::string_view print_group(FlagGroup group);

/// Nothing when there is no such command.
[[nodiscard]] const Command* find_command(std::string_view name);
[[nodiscard]] const Command& command_of(CommandId id);

/// Nothing when no command has such a flag.
[[nodiscard]] const Flag* find_flag(std::string_view name);
[[nodiscard]] const Flag* find_flag(char letter);

/// The flags of a command, in the table's order.
[[nodiscard]] std::vector<const Flag*> flags_of(CommandId id);

/// A single fact of the event (LIFECYCLE_EVENT_…), not a setting.
[[nodiscard]] bool is_fact(const Flag& flag);

/// "PATH", "auto|always|never"; empty for a switch.
[[nodiscard]] std::string_view value_text(const Flag& flag);

/// The words of Flag::choices.
[[nodiscard]] std::vector<std::string_view> choices_of(const Flag& flag);

}  // namespace lifecycle::cli
