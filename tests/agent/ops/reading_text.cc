#include "tests/agent/ops/reading_text.h"

namespace lifecycle::ops {
namespace {

std::string_view print_severity(Severity severity) {
  if (severity == Severity::error) return "error";
  return severity == Severity::warning ? "warning" : "note";
}

}  // namespace

std::string print_diagnostics(const std::vector<Diagnostic>& diagnostics) {
  std::string text;
  for (const Diagnostic& d : diagnostics) {
    text += std::to_string(d.place.line) + ":" + std::to_string(d.place.column) + "+" + std::to_string(d.place.length) +
            " " + std::string(print_severity(d.severity)) + " " + std::string(d.code) + ": " + d.message;
    if (!d.hint.empty()) text += " | " + d.hint;
    text += "\n";
  }
  return text;
}

std::string print_with_caret(const std::vector<Diagnostic>& diagnostics) {
  std::string text;
  for (const Diagnostic& d : diagnostics) {
    text += d.place.file + ":" + std::to_string(d.place.line) + ":" + std::to_string(d.place.column) + ": " +
            std::string(print_severity(d.severity)) + ": " + d.message + " [" + std::string(d.code) + "]\n";
    if (!d.source_line.empty()) {
      const auto column = static_cast<std::size_t>(d.place.column);
      text += "  " + d.source_line + "\n  " + std::string(column - 1, ' ') +
              std::string(static_cast<std::size_t>(d.place.length), '^') + "\n";
    }
    if (!d.hint.empty()) text += "  = " + d.hint + "\n";
  }
  return text;
}

std::string print_codes(const std::vector<Diagnostic>& diagnostics) {
  std::string text;
  for (const Diagnostic& d : diagnostics) {
    if (!text.empty()) text += " ";
    text += std::string(d.code) + (d.severity == Severity::error ? "" : "?");
  }
  return text;
}

OpsReading read(std::string_view text) { return read_ops(text, "ops.yml"); }

}  // namespace lifecycle::ops
