#include "agent/cli/command_line.h"

#include <optional>

#include "agent/base/nearest_name.h"

namespace lifecycle::cli {
namespace {

constexpr DiagnosticCode command_missing{
    "command-missing", "no command was given",
    "The first word after lifecycle-agent is the command. `lifecycle-agent help` lists them."};
constexpr DiagnosticCode command_unknown{
    "command-unknown", "there is no such command",
    "The first word after lifecycle-agent is the command. `lifecycle-agent help` lists them."};
constexpr DiagnosticCode flag_unknown{"flag-unknown", "no command has such a flag",
                                      "Flags are spelled in full: `lifecycle-agent help COMMAND` lists them."};
constexpr DiagnosticCode flag_elsewhere{
    "flag-elsewhere", "the flag belongs to another command",
    "The flag exists, but this command would not use it, so giving it is a mistake that is better said than ignored."};
constexpr DiagnosticCode flag_value_missing{"flag-value-missing", "a flag stands without its value",
                                            "Give the value after the flag (`--file ops.yml`) or joined to it "
                                            "(`--file=ops.yml`); a value that begins with a dash must be joined."};
constexpr DiagnosticCode operand_missing{"operand-missing", "a command lacks what it works on",
                                         "The usage line of `lifecycle-agent help COMMAND` shows what must be given."};
constexpr DiagnosticCode operand_unexpected{
    "operand-unexpected", "a word that the command has no use for",
    "Values of flags follow their flag; words for the workflow itself come after `--`."};

std::string command_label(const Command& command) { return "'" + std::string(command.name) + "'"; }

std::string help_hint(const Command& command) {
  return "'lifecycle-agent help " + std::string(command.name) + "' lists what it takes";
}

Diagnostic unknown_flag(std::string_view name, const Command& command) {
  std::vector<std::string_view> names;
  for (const Flag* flag : flags_of(command.id)) names.push_back(flag->name);
  const auto nearest = nearest_name(name, names);
  return {.code = flag_unknown.code,
          .message = "unknown flag '--" + std::string(name) + "' for " + command_label(command),
          .hint = nearest ? "did you mean '--" + std::string(*nearest) + "'?" : help_hint(command)};
}

Diagnostic foreign_flag(const Flag& flag, const Command& command) {
  std::string owners;
  for (const Command& other : commands()) {
    if ((flag.commands & in(other.id)) == 0) continue;
    if (!owners.empty()) owners += ", ";
    owners += other.name;
  }
  return {.code = flag_elsewhere.code,
          .message = "flag '--" + std::string(flag.name) + "' is not one of " + command_label(command),
          .hint = "it belongs to " + owners};
}

bool is_truth(std::string_view word) { return word == "true" || word == "false"; }

class Reader {
 public:
  explicit Reader(std::span<const std::string_view> words) : words_(words) {}

  Result<CommandLine> read();

 private:
  Result<void> read_flag(std::string_view word);
  Result<void> read_letters(std::string_view word);
  Result<void> take(const Flag* flag, std::string_view shown, std::optional<std::string_view> joined);
  [[nodiscard]] Result<void> check_operands() const;

  std::span<const std::string_view> words_;
  std::size_t next_ = 0;
  CommandLine line_;
};

Result<void> Reader::take(const Flag* flag, std::string_view shown, std::optional<std::string_view> joined) {
  if ((flag->commands & in(line_.command->id)) == 0) return fail(foreign_flag(*flag, *line_.command));
  if (flag->name == "help") {
    line_.help = true;
    return {};
  }
  std::string_view value = joined.value_or("true");
  if (!joined && flag->form != ValueForm::none) {
    const bool follows = next_ < words_.size();
    if (flag->form == ValueForm::boolean) {
      if (follows && is_truth(words_[next_])) value = words_[next_++];
    } else {
      // A lone dash is a value (stdin); what looks like a flag is not: it was forgotten.
      if (!follows || (words_[next_].size() > 1 && words_[next_].starts_with('-'))) {
        return fail({.code = flag_value_missing.code,
                     .message = "flag '" + std::string(shown) + "' needs a value: " + std::string(value_text(*flag)),
                     .hint = follows ? "write '" + std::string(shown) +
                                           "=VALUE' for a value that begins with a dash, as '" +
                                           std::string(words_[next_]) + "' does"
                                     : std::string{}});
      }
      value = words_[next_++];
    }
  }
  line_.flags.push_back({flag, std::string(value)});
  return {};
}

Result<void> Reader::read_flag(std::string_view word) {
  const auto equals = word.find('=');
  const std::string_view shown = word.substr(0, equals);
  const Flag* flag = find_flag(shown.substr(2));
  if (flag == nullptr) return fail(unknown_flag(shown.substr(2), *line_.command));
  return take(flag, shown, equals == std::string_view::npos ? std::nullopt : std::optional(word.substr(equals + 1)));
}

/// `-f PATH`, `-fPATH`, `-f=PATH`.
Result<void> Reader::read_letters(std::string_view word) {
  const std::string_view shown = word.substr(0, 2);
  const Flag* flag = find_flag(word[1]);
  if (flag == nullptr) {
    return fail({.code = flag_unknown.code,
                 .message = "unknown flag '" + std::string(shown) + "' for " + command_label(*line_.command),
                 .hint = help_hint(*line_.command)});
  }
  std::optional<std::string_view> joined;
  if (word.size() > 2) joined = word.substr(word[2] == '=' ? 3 : 2);
  return take(flag, shown, joined);
}

Result<void> Reader::check_operands() const {
  const Command& command = *line_.command;
  const auto count = static_cast<int>(line_.operands.size());
  if (count < command.least_operands) {
    return fail({.code = operand_missing.code,
                 .message = command_label(command) + " needs " + std::string(command.operands),
                 .hint = "for example: " + std::string(command.examples.substr(0, command.examples.find('\n')))});
  }
  if (command.most_operands >= 0 && count > command.most_operands) {
    const auto& extra = line_.operands[static_cast<std::size_t>(command.most_operands)];
    return fail({.code = operand_unexpected.code,
                 .message = "unexpected '" + extra + "' after " + command_label(command),
                 .hint = help_hint(command)});
  }
  return {};
}

Result<CommandLine> Reader::read() {
  if (words_.empty()) {
    return fail({.code = command_missing.code,
                 .message = "no command given",
                 .hint = "'lifecycle-agent help' lists the commands"});
  }
  const auto command = read_command(words_[next_++]);
  if (!command) return fail(command.error());
  line_.command = *command;
  while (next_ < words_.size()) {
    const std::string_view word = words_[next_++];
    if (word == "--") {
      auto& rest = line_.command->takes_arguments ? line_.arguments : line_.operands;
      for (; next_ < words_.size(); ++next_) rest.emplace_back(words_[next_]);
      break;
    }
    Result<void> read;
    if (word.starts_with("--")) {
      read = read_flag(word);
    } else if (word.size() > 1 && word.starts_with('-')) {
      read = read_letters(word);
    } else {
      line_.operands.emplace_back(word);
    }
    if (!read) return fail(read.error());
  }
  if (!line_.help) {
    if (auto checked = check_operands(); !checked) return fail(checked.error());
  }
  return std::move(line_);
}

}  // namespace

Result<const Command*> read_command(std::string_view word) {
  if (word == "-h" || word == "--help") return &command_of(CommandId::help);
  if (word == "--version" || word == "-V") return &command_of(CommandId::version);
  if (const Command* command = find_command(word)) return command;
  if (word.starts_with('-')) {
    return fail({.code = command_missing.code,
                 .message = "expected a command, found the flag '" + std::string(word) + "'",
                 .hint = "flags follow the command: 'lifecycle-agent COMMAND " + std::string(word) + "'"});
  }
  std::vector<std::string_view> names;
  for (const Command& command : commands()) names.push_back(command.name);
  const auto nearest = nearest_name(word, names);
  return fail({.code = command_unknown.code,
               .message = "unknown command '" + std::string(word) + "'",
               .hint = nearest ? "did you mean '" + std::string(*nearest) + "'?"
                               : "'lifecycle-agent help' lists the commands"});
}

Result<CommandLine> parse_command_line(std::span<const std::string_view> words) { return Reader(words).read(); }

std::vector<DiagnosticCode> command_line_diagnostic_codes() {
  return {command_missing,    command_unknown, flag_unknown,      flag_elsewhere,
          flag_value_missing, operand_missing, operand_unexpected};
}

}  // namespace lifecycle::cli
