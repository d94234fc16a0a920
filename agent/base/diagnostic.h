// What is wrong, where, and what to do about it: one type for ops.yml, flags, environment and plan.
#pragma once

#include <string>
#include <string_view>

namespace lifecycle {

/// A place in a text that a user wrote.
struct SourcePlace {
  std::string file;  // as the user wrote it; empty: no file is at fault
  int line = 0;      // 1-based; 0: the whole file
  int column = 0;    // 1-based, in characters, not bytes
  int length = 0;    // of the token, in characters; the caret line's width
};

enum class Severity { note, warning, error };

/// One entry of a room's table of codes; the tables yield docs/diagnostics.md and SARIF's rules.
/// A code is a readable slug and is never reused for another meaning.
struct DiagnosticCode {
  std::string_view code;     // "ops-duplicate-key"
  std::string_view summary;  // one line: "a key stands twice in one map"
  std::string_view help;     // a paragraph: why it matters and what to do
};

/// Secret values never enter a Diagnostic: it quotes keys and names.
struct Diagnostic {
  std::string_view code;  // a literal out of a table of DiagnosticCode
  Severity severity = Severity::error;
  SourcePlace place{};
  std::string message{};      // what is wrong and what was found; lower case, no full stop
  std::string hint{};         // what to do next; empty rather than a platitude
  std::string source_line{};  // the offending line as it stands in the file; empty: none to show
};

}  // namespace lifecycle
