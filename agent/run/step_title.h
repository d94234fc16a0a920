// How a step is called in one line of a log.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "agent/run/executor.h"

namespace lifecycle::run {

/// The text of a group of steps: the steps' own texts, joined by newlines.
[[nodiscard]] std::string group_text(const std::vector<std::string>& steps, StepGroup group);

/// `[2/5]`, or `[2-4/5]` for steps that form one command.
[[nodiscard]] std::string step_number(StepGroup group, std::size_t steps);

/// The text on one line of at most `columns` characters: printable, its first line that says something, and
/// ` ...` where more follows.
[[nodiscard]] std::string one_line(std::string_view text, std::size_t columns);

/// What a command or service runs, as its author wrote it, out of `bash -c 'RUN "$@"' NAME ARGS…`.
[[nodiscard]] std::string command_text(const std::vector<std::string>& argv);

}  // namespace lifecycle::run
