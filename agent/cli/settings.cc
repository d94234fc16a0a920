#include "agent/cli/settings.h"

#include <algorithm>
#include <stdexcept>

#include "agent/base/ascii.h"
#include "agent/base/duration.h"
#include "agent/base/nearest_name.h"
#include "agent/cli/plugin_list.h"

namespace lifecycle::cli {
namespace {

constexpr DiagnosticCode setting_invalid{
    "setting-invalid", "a flag or variable holds a value that it cannot have",
    "The message names the flag or variable, what it holds and what it can hold. Durations are 500ms, 1s, 5m, 1h30m or "
    "bare seconds; switches in variables are true or false."};

std::vector<std::string> split_lines(std::string_view text) {
  std::vector<std::string> lines;
  while (!text.empty()) {
    const auto end = text.find('\n');
    std::string_view line = text.substr(0, end);
    while (!line.empty() && (line.back() == '\r' || line.back() == ' ')) line.remove_suffix(1);
    while (!line.empty() && line.front() == ' ') line.remove_prefix(1);
    if (!line.empty()) lines.emplace_back(line);
    text = end == std::string_view::npos ? std::string_view{} : text.substr(end + 1);
  }
  return lines;
}

/// "true" or "false"; nothing for any other word. GitHub's inputs and YAML 1.1 both write these.
std::optional<std::string_view> read_switch(std::string_view given) {
  constexpr std::string_view on[] = {"true", "1", "yes", "on"};
  constexpr std::string_view off[] = {"false", "0", "no", "off"};
  const std::string word = lower_case(given);
  if (std::find(std::begin(on), std::end(on), word) != std::end(on)) return "true";
  if (std::find(std::begin(off), std::end(off), word) != std::end(off)) return "false";
  return std::nullopt;
}

Diagnostic invalid(const Setting& setting, const std::string& found, std::string expected) {
  return {.code = setting_invalid.code,
          .message = "'" + setting.where + "' is '" + found + "', expected " + std::move(expected)};
}

Result<void> check_choice(const Setting& setting, const std::string& value) {
  const auto words = choices_of(*setting.flag);
  if (std::find(words.begin(), words.end(), value) != words.end()) return {};
  std::string expected;
  for (std::size_t i = 0; i < words.size(); ++i) {
    expected += (i == 0 ? "" : i + 1 == words.size() ? " or " : ", ") + std::string(words[i]);
  }
  Diagnostic error = invalid(setting, value, expected);
  if (const auto nearest = nearest_name(value, words)) error.hint = "did you mean '" + std::string(*nearest) + "'?";
  return fail(std::move(error));
}

/// Checks a value by its flag's form and brings switches to "true" or "false".
Result<void> check_value(const Setting& setting, std::string& value) {
  switch (setting.flag->form) {
    case ValueForm::none:
    case ValueForm::boolean: {
      const auto word = read_switch(value);
      if (!word) return fail(invalid(setting, value, "true or false"));
      value = *word;
      return {};
    }
    case ValueForm::duration:
      if (!parse_duration(value)) {
        return fail(invalid(setting, value, "a duration such as 500ms, 30s, 5m or 1h30m"));
      }
      return {};
    case ValueForm::choice:
      return check_choice(setting, value);
    case ValueForm::assignment: {
      const auto equals = value.find('=');
      // Only the part before the sign is quoted: what follows may be anything, also secret.
      if (equals == std::string::npos || equals == 0) {
        return fail({.code = setting_invalid.code, .message = "'" + setting.where + "' expects KEY=VALUE"});
      }
      return {};
    }
    case ValueForm::path:
      if (value.empty()) return fail(invalid(setting, value, "a path"));
      return {};
    case ValueForm::text:
      return {};
  }
  return {};
}

bool take_variable(Setting& setting, const Environment& environment, const std::string& name, SettingSource source) {
  const std::string_view value = environment.get(name);
  if (value.empty()) return false;
  if (setting.flag->repeatable) {
    setting.values = split_lines(value);
    if (setting.values.empty()) return false;
  } else {
    setting.values = {std::string(value)};
  }
  setting.source = source;
  setting.where = name;
  return true;
}

/// GitHub keeps a dash of an input's name (`INPUT_EVENTS-URL`), Drone that of a setting's; ours are spelled with
/// underscores, both are read.
bool take_input(Setting& setting, const Environment& environment, std::string_view prefix) {
  std::string name = input_variable(*setting.flag, prefix);
  if (take_variable(setting, environment, name, SettingSource::input)) return true;
  std::replace(name.begin() + static_cast<std::ptrdiff_t>(prefix.size()), name.end(), '_', '-');
  return take_variable(setting, environment, name, SettingSource::input);
}

/// Every flag may be a plugin's setting: there is nowhere else to write it.
bool take_plugin_setting(Setting& setting, const Environment& environment) {
  if (setting.flag->name == "help" || !take_input(setting, environment, "PLUGIN_")) return false;
  if (setting.flag->repeatable) {
    setting.values = read_plugin_list(environment.get(setting.where), setting.flag->form == ValueForm::assignment);
  }
  return true;
}

Setting resolve_one(const Flag& flag, const CommandLine& line, const Environment& environment) {
  Setting setting{.flag = &flag};
  for (const GivenFlag& given : line.flags) {
    if (given.flag != &flag) continue;
    if (!flag.repeatable) setting.values.clear();
    setting.values.push_back(given.value);
    setting.source = SettingSource::flag;
    setting.where = "--" + std::string(flag.name);
  }
  if (setting.source == SettingSource::flag) return setting;
  if (!flag.variable.empty() &&
      take_variable(setting, environment, std::string(flag.variable), SettingSource::variable)) {
    return setting;
  }
  if (flag.input && take_input(setting, environment, "INPUT_")) return setting;
  if (take_plugin_setting(setting, environment)) return setting;
  if (!flag.platform.empty() &&
      take_variable(setting, environment, std::string(flag.platform), SettingSource::platform)) {
    return setting;
  }
  if (!flag.fallback.empty()) {
    setting.values = {std::string(flag.fallback)};
    setting.source = SettingSource::fallback;
  }
  return setting;
}

}  // namespace

std::string_view print_source(SettingSource source) {
  switch (source) {
    case SettingSource::flag:
      return "flag";
    case SettingSource::variable:
      return "variable";
    case SettingSource::input:
      return "input";
    case SettingSource::platform:
      return "platform";
    case SettingSource::ops_file:
      return "ops.yml";
    case SettingSource::fallback:
      return "default";
    case SettingSource::unset:
      return "unset";
  }
  return {};
}

std::string input_variable(const Flag& flag, std::string_view prefix) {
  std::string name(prefix);
  for (const char c : flag.name) {
    name += c == '-' ? '_' : c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
  }
  return name;
}

Result<Settings> Settings::resolve(const CommandLine& line, const Environment& environment) {
  Settings settings;
  for (const Flag* flag : flags_of(line.command->id)) {
    Setting setting = resolve_one(*flag, line, environment);
    // What the variables LIFECYCLE_EVENT_* hold is the event reader's to judge: templates leave placeholders there.
    const bool judged_later = is_fact(*flag) && setting.source == SettingSource::variable;
    for (std::string& value : setting.values) {
      if (judged_later) continue;
      if (auto checked = check_value(setting, value); !checked) return fail(checked.error());
    }
    settings.settings_.push_back(std::move(setting));
  }
  return settings;
}

const Setting& Settings::find(std::string_view name) const {
  for (const Setting& setting : settings_) {
    if (setting.flag->name == name) return setting;
  }
  throw std::logic_error("the command has no flag --" + std::string(name));
}

bool Settings::is_given(std::string_view name) const {
  const SettingSource source = find(name).source;
  return source != SettingSource::unset && source != SettingSource::fallback;
}

std::string Settings::text(std::string_view name) const {
  const Setting& setting = find(name);
  return setting.values.empty() ? std::string{} : setting.values.back();
}

const std::vector<std::string>& Settings::list(std::string_view name) const { return find(name).values; }

bool Settings::is_on(std::string_view name) const { return text(name) == "true"; }

std::optional<std::chrono::milliseconds> Settings::duration(std::string_view name) const {
  const Setting& setting = find(name);
  if (setting.values.empty()) return std::nullopt;
  return parse_duration(setting.values.back());
}

std::vector<DiagnosticCode> settings_diagnostic_codes() { return {setting_invalid}; }

}  // namespace lifecycle::cli
