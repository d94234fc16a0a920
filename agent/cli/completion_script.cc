#include "agent/cli/completion_script.h"

#include <iterator>
#include <vector>

#include "agent/base/nearest_name.h"
#include "agent/cli/flag_table.h"
#include "agent/cli/man_page.h"

namespace lifecycle::cli {
namespace {

constexpr std::string_view forms[] = {"bash", "zsh", "fish", "man"};

constexpr DiagnosticCode shell_unknown{"shell-unknown", "there are no completions for that shell",
                                       "Completions exist for bash, zsh and fish; `man` is the manual page."};

/// Inside single quotes of a shell.
std::string single_quoted(std::string_view text) {
  std::string result;
  for (const char c : text) result += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return result;
}

std::string join(const std::vector<std::string_view>& words) {
  std::string text;
  for (const std::string_view word : words) text += (text.empty() ? "" : " ") + std::string(word);
  return text;
}

/// The words that a flag's value can be; empty where any text may stand.
std::vector<std::string_view> values_of(const Flag& flag) {
  if (flag.form == ValueForm::choice) return choices_of(flag);
  if (flag.form == ValueForm::boolean) return {"true", "false"};
  return {};
}

std::string operand_words(const Command& command) {
  if (command.id == CommandId::completion) return join({std::begin(forms), std::end(forms)});
  if (command.id != CommandId::help) return {};
  std::vector<std::string_view> names;
  for (const Command& other : commands()) names.push_back(other.name);
  return join(names);
}

std::string command_words() {
  std::vector<std::string_view> names;
  for (const Command& command : commands()) names.push_back(command.name);
  return join(names);
}

std::string flag_words(const Command& command) {
  std::string words;
  for (const Flag* flag : flags_of(command.id)) words += (words.empty() ? "--" : " --") + std::string(flag->name);
  return words;
}

std::string bash_script() {
  std::string script =
      "# bash completion of lifecycle-agent: source <(lifecycle-agent completion bash)\n"
      "_lifecycle_agent() {\n"
      "  local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD-1]} command=${COMP_WORDS[1]}\n"
      "  COMPREPLY=()\n"
      "  if ((COMP_CWORD == 1)); then\n"
      "    mapfile -t COMPREPLY < <(compgen -W '" +
      command_words() +
      "' -- \"$word\")\n"
      "    return\n"
      "  fi\n"
      "  case $before in\n";
  for (const Flag& flag : flags()) {
    const auto values = values_of(flag);
    const std::string names =
        "--" + std::string(flag.name) + (flag.letter != '\0' ? std::string(" | -") + flag.letter : "");
    if (!values.empty()) {
      script +=
          "    " + names + ") mapfile -t COMPREPLY < <(compgen -W '" + join(values) + "' -- \"$word\"); return ;;\n";
    } else if (flag.form == ValueForm::path) {
      script += "    " + names + ") mapfile -t COMPREPLY < <(compgen -f -- \"$word\"); return ;;\n";
    } else if (flag.form != ValueForm::none) {
      script += "    " + names + ") return ;;\n";
    }
  }
  script +=
      "  esac\n"
      "  local flags='' operands=''\n"
      "  case $command in\n";
  for (const Command& command : commands()) {
    script += "    " + std::string(command.name) + ") flags='" + flag_words(command) + "' operands='" +
              operand_words(command) + "' ;;\n";
  }
  script +=
      "  esac\n"
      "  if [[ $word == -* ]]; then\n"
      "    mapfile -t COMPREPLY < <(compgen -W \"$flags\" -- \"$word\")\n"
      "  elif [[ -n $operands ]]; then\n"
      "    mapfile -t COMPREPLY < <(compgen -W \"$operands\" -- \"$word\")\n"
      "  elif [[ $command == check ]]; then\n"
      "    mapfile -t COMPREPLY < <(compgen -f -- \"$word\")\n"
      "  fi\n"
      "}\n"
      "complete -o filenames -F _lifecycle_agent lifecycle-agent\n";
  return script;
}

/// In zsh's specs a colon and brackets separate; they are escaped in texts.
std::string zsh_text(std::string_view text) {
  std::string result;
  for (const char c : text) {
    if (c == ':' || c == '[' || c == ']') result += '\\';
    result += c;
  }
  return single_quoted(result);
}

std::string zsh_flag(const Flag& flag) {
  std::string spec = flag.repeatable ? "'*--" : "'--";
  spec += std::string(flag.name);
  if (flag.form != ValueForm::none) spec += "=";
  spec += "[" + zsh_text(flag.help) + "]";
  if (flag.form == ValueForm::none) return spec + "'";
  const auto values = values_of(flag);
  spec += std::string(flag.form == ValueForm::boolean ? "::" : ":") + "value:";
  if (!values.empty()) return spec + "(" + join(values) + ")'";
  return spec + (flag.form == ValueForm::path ? "_files'" : " '");
}

std::string zsh_script() {
  std::string script =
      "#compdef lifecycle-agent\n"
      "# zsh completion of lifecycle-agent: put this file as _lifecycle-agent into a directory of $fpath\n"
      "_lifecycle_agent() {\n"
      "  local -a names\n"
      "  names=(\n";
  for (const Command& command : commands()) {
    script += "    '" + std::string(command.name) + ":" + zsh_text(command.summary) + "'\n";
  }
  script +=
      "  )\n"
      "  if ((CURRENT == 2)); then\n"
      "    _describe command names\n"
      "    return\n"
      "  fi\n"
      "  local command=${words[2]}\n"
      "  shift words\n"
      "  ((CURRENT--))\n"
      "  case $command in\n";
  for (const Command& command : commands()) {
    script += "    " + std::string(command.name) + ")\n      _arguments -s";
    for (const Flag* flag : flags_of(command.id)) script += " \\\n        " + zsh_flag(*flag);
    if (const std::string words = operand_words(command); !words.empty()) {
      script += " \\\n        '*:operand:(" + words + ")'";
    } else if (command.id == CommandId::check) {
      script += " \\\n        '*:file:_files'";
    }
    script += "\n      ;;\n";
  }
  return script +
         "  esac\n"
         "}\n"
         "if [ \"$funcstack[1]\" = _lifecycle-agent ]; then\n"
         "  _lifecycle_agent \"$@\"\n"
         "else\n"
         "  compdef _lifecycle_agent lifecycle-agent\n"
         "fi\n";
}

std::string fish_script() {
  std::string script =
      "# fish completion of lifecycle-agent: save as ~/.config/fish/completions/lifecycle-agent.fish\n"
      "complete -c lifecycle-agent -f\n";
  for (const Command& command : commands()) {
    script += "complete -c lifecycle-agent -n __fish_use_subcommand -a " + std::string(command.name) + " -d '" +
              single_quoted(command.summary) + "'\n";
  }
  for (const Command& command : commands()) {
    const std::string only =
        "complete -c lifecycle-agent -n '__fish_seen_subcommand_from " + std::string(command.name) + "'";
    for (const Flag* flag : flags_of(command.id)) {
      script += only + " -l " + std::string(flag->name);
      if (flag->letter != '\0') script += std::string(" -s ") + flag->letter;
      const auto values = values_of(*flag);
      if (flag->form == ValueForm::path) script += " -r -F";
      if (flag->form != ValueForm::path && flag->form != ValueForm::none && flag->form != ValueForm::boolean) {
        script += " -x";
      }
      if (!values.empty()) script += " -a '" + join(values) + "'";
      script += " -d '" + single_quoted(flag->help) + "'\n";
    }
    if (const std::string words = operand_words(command); !words.empty())
      script.append(only).append(" -a '").append(words).append("'\n");
    if (command.id == CommandId::check) script += only + " -F\n";
  }
  return script;
}

}  // namespace

Result<std::string> completion_script(std::string_view shell) {
  if (shell == "bash") return bash_script();
  if (shell == "zsh") return zsh_script();
  if (shell == "fish") return fish_script();
  if (shell == "man") return man_page();
  const auto nearest = nearest_name(shell, forms);
  return fail({.code = shell_unknown.code,
               .message = "unknown shell '" + std::string(shell) + "', expected bash, zsh, fish or man",
               .hint = nearest ? "did you mean '" + std::string(*nearest) + "'?" : std::string{}});
}

std::vector<DiagnosticCode> completion_diagnostic_codes() { return {shell_unknown}; }

}  // namespace lifecycle::cli
