// How the `run` of a command ends, as far as it decides whether arguments can be appended to it.
#pragma once

#include <string_view>

namespace lifecycle::plan {

/// simple: a word of a simple command, to which `"$@"` can be appended. Each of the others would swallow the
/// arguments, run them as a command of their own, or be a syntax error.
enum class RunTail { simple, newline, semicolon, background, comment, here_document, backslash, compound };

/// Scans the text as bash would split it: quotes, comments, here-documents and compound commands.
[[nodiscard]] RunTail find_run_tail(std::string_view run);

/// "ends in a newline" …
[[nodiscard]] std::string_view describe_tail(RunTail tail);

}  // namespace lifecycle::plan
