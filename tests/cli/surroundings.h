// The CIs around the program, as small as they are recognised, with the files and programs of their own.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "tests/cli/program.h"

namespace lifecycle::cli_test {

using Variables = std::vector<std::pair<std::string, std::string>>;

/// A pipeline `build` of one step that succeeds; one that `check` refuses.
extern const std::string_view workflow;
extern const std::string_view faulty_file;

/// By what each CI is recognised; `<dir>` is the program's directory.
[[nodiscard]] const std::vector<std::pair<std::string_view, Variables>>& surroundings();

void surround(Program& program, std::string_view ci);

/// The CI's own program: writes down arguments and input, in `told`.
void with_buildkite_agent(Program& program);

/// Each of the regular expressions is found in the text.
void expect_found(const std::vector<std::string>& patterns, const std::string& text);

/// How the outputs of a run of `build` stand in a file of NAME=VALUE lines: regular expressions.
extern const std::vector<std::string> output_assignments;

}  // namespace lifecycle::cli_test
