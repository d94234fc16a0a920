// Outputs where a CI takes variables: `NAME=VALUE` lines, and `export` lines for a shell.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "adapters/dialect/native_action.h"

namespace lifecycle::dialect {

/// `LIFECYCLE_OUT_RESULT`. A prefix of its own: LIFECYCLE_RESULT would be the setting --result to a later agent.
[[nodiscard]] std::string variable_name(std::string_view output);

/// `export NAME='VALUE'` with its LF: whatever the value holds, the shell that evaluates the line gets exactly it.
/// Nothing for a name that is no name of a variable, one that a shell or the loader obeys (PATH, LD_PRELOAD, BASH_ENV),
/// AWS_*, which CodeBuild refuses to export, and a value with a NUL, which no variable can hold.
[[nodiscard]] std::optional<std::string> shell_export_line(std::string_view name, std::string_view value);

/// A text that is made of entries, in their order; what is left out is named with its reason.
struct VariableLines {
  std::string text;
  std::vector<OmittedOutput> omitted;
};

/// `NAME=VALUE` lines of at most `limit` bytes in all (0: no limit). A value with a line break is left out: such files
/// know no quotes, and the rest of it would be further variables.
[[nodiscard]] VariableLines assignment_lines(std::span<const NamedOutput> outputs, std::size_t limit);

/// One export line each.
[[nodiscard]] VariableLines export_lines(std::span<const NamedOutput> outputs);

/// GitLab's `artifacts:reports:dotenv` (GitLab docs, "dotenv" report): at most 5 KB, so long values are left out.
[[nodiscard]] VariableLines dotenv_lines(std::span<const NamedOutput> outputs);

}  // namespace lifecycle::dialect
