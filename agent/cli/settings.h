// The effective value of every flag of a command, and where each came from. Precedence, always:
// flag > LIFECYCLE_… > INPUT_… and PLUGIN_… > the platform's names > ops.yml > default.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "agent/base/environment.h"
#include "agent/base/result.h"
#include "agent/cli/command_line.h"

namespace lifecycle::cli {

enum class SettingSource { flag, variable, input, platform, ops_file, fallback, unset };
[[nodiscard]] std::string_view print_source(SettingSource source);

struct Setting {
  const Flag* flag = nullptr;
  std::vector<std::string> values;  // one, unless the flag is repeatable
  SettingSource source = SettingSource::unset;
  std::string where;  // what to name in a message: "--timeout", "LIFECYCLE_TIMEOUT"
};

class Settings {
 public:
  /// Resolves every flag of the command. A variable that is set but empty counts as unset. Errors:
  /// setting-invalid, which names the flag or variable at fault (never the value of a token).
  [[nodiscard]] static Result<Settings> resolve(const CommandLine& line, const Environment& environment);

  /// Given by anything but the default.
  [[nodiscard]] bool is_given(std::string_view name) const;
  /// The value, or the default, or nothing; of a repeated flag that is no list the last one.
  [[nodiscard]] std::string text(std::string_view name) const;
  [[nodiscard]] const std::vector<std::string>& list(std::string_view name) const;
  /// A switch that is on.
  [[nodiscard]] bool is_on(std::string_view name) const;
  [[nodiscard]] std::optional<std::chrono::milliseconds> duration(std::string_view name) const;

  /// All of them in the table's order, also the unset ones.
  [[nodiscard]] const std::vector<Setting>& all() const { return settings_; }
  /// The command has no such flag: a mistake of ours, std::logic_error.
  [[nodiscard]] const Setting& find(std::string_view name) const;

 private:
  std::vector<Setting> settings_;
};

/// The variable in which a CI hands over an input (`INPUT_EVENTS_URL`) or a plugin setting (`PLUGIN_EVENTS_URL`).
[[nodiscard]] std::string input_variable(const Flag& flag, std::string_view prefix);

[[nodiscard]] std::vector<DiagnosticCode> settings_diagnostic_codes();

}  // namespace lifecycle::cli
