// How a Diagnostic is shown: to a person, as JSON, as annotations of GitHub, for GitLab, as SARIF 2.1.0.
#pragma once

#include <span>
#include <string>

#include "agent/base/diagnostic.h"

namespace lifecycle::cli {

enum class Paint { plain, colours };

/// `file:line:col: severity: message [code]`, the line with a gutter and carets under the whole token, the hint.
/// Foreign text shows on its line: control bytes as \xNN.
[[nodiscard]] std::string render_human(const Diagnostic& diagnostic, Paint paint);

/// lifecycle-agent/diagnostics/1: `{schema, diagnostics: [{code, severity, file, line, column, length, message, hint,
/// source_line}]}`; a place that is not known is null.
[[nodiscard]] std::string render_json(std::span<const Diagnostic> diagnostics);

/// One annotation line each.
[[nodiscard]] std::string render_github(std::span<const Diagnostic> diagnostics);

/// GitLab's Code Quality report (`artifacts: reports: codequality`): a merge request shows each on its line.
[[nodiscard]] std::string render_gitlab(std::span<const Diagnostic> diagnostics);

/// One run with the rules that occur.
[[nodiscard]] std::string render_sarif(std::span<const Diagnostic> diagnostics);

[[nodiscard]] std::string_view print_severity(Severity severity);

}  // namespace lifecycle::cli
