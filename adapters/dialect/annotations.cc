#include "adapters/dialect/annotations.h"

#include <algorithm>

#include "agent/base/visible_text.h"

namespace lifecycle::dialect {
namespace {

std::string_view plural(Severity severity) {
  switch (severity) {
    case Severity::error:
      return "errors";
    case Severity::warning:
      return "warnings";
    case Severity::note:
      return "notes";
  }
  return "notes";
}

}  // namespace

std::vector<Diagnostic> bounded(std::span<const Diagnostic> diagnostics, std::size_t limit) {
  std::vector<Diagnostic> kept;
  const auto of = [](const auto& list, Severity severity) {
    return static_cast<std::size_t>(std::ranges::count(list, severity, &Diagnostic::severity));
  };
  for (const Diagnostic& diagnostic : diagnostics) {
    const std::size_t all = of(diagnostics, diagnostic.severity);
    const std::size_t used = of(kept, diagnostic.severity);
    if (all <= limit || used + 1 < limit) {
      kept.push_back(diagnostic);
    } else if (used + 1 == limit) {
      Diagnostic rest = diagnostic;
      rest.message = std::to_string(all - used) + " further " + std::string(plural(diagnostic.severity)) +
                     ", of which this is the first: " + diagnostic.message;
      rest.hint = "the log shows all of them";
      kept.push_back(std::move(rest));
    }
  }
  return kept;
}

std::string place_text(const SourcePlace& place) {
  if (place.file.empty()) return {};
  std::string text = visible(place.file);
  if (place.line > 0) text += ":" + std::to_string(place.line);
  if (place.line > 0 && place.column > 0) text += ":" + std::to_string(place.column);
  return text;
}

Severity gravest(std::span<const Diagnostic> diagnostics) {
  Severity severity = Severity::note;
  for (const Diagnostic& diagnostic : diagnostics) severity = std::max(severity, diagnostic.severity);
  return severity;
}

}  // namespace lifecycle::dialect
