// Azure docs, "Logging commands". Escaping as in microsoft/azure-pipelines-task-lib, node/taskcommand.ts.
#include "adapters/dialect/dialects.h"
#include "adapters/dialect/escaping.h"
#include "agent/base/visible_text.h"

namespace lifecycle::dialect {
namespace {

std::string vso_data(std::string_view text) {
  static const EscapeTable table{{'%', "%AZP25"}, {'\r', "%0D"}, {'\n', "%0A"}};
  return escape(text, table);
}

std::string vso_property(std::string_view text) {
  static const EscapeTable table{{'%', "%AZP25"}, {'\r', "%0D"}, {'\n', "%0A"}, {']', "%5D"}, {';', "%3B"}};
  return escape(text, table);
}

class AzureDialect final : public Dialect {
 public:
  [[nodiscard]] DialectKind kind() const override { return DialectKind::azure; }

  [[nodiscard]] std::string group_start(std::string_view, std::string_view title) const override {
    return "##[group]" + printable_for(kind(), title) + "\n";
  }
  [[nodiscard]] std::string group_end(std::string_view) const override { return "##[endgroup]\n"; }

  /// There are errors and warnings only.
  [[nodiscard]] std::optional<std::string> annotation(const Diagnostic& diagnostic) const override {
    if (diagnostic.severity == Severity::note) return std::nullopt;
    const SourcePlace& place = diagnostic.place;
    std::string text = "##vso[task.logissue type=";
    text += diagnostic.severity == Severity::error ? "error" : "warning";
    if (!place.file.empty()) text += ";sourcepath=" + vso_property(visible(place.file));
    if (!place.file.empty() && place.line > 0) text += ";linenumber=" + std::to_string(place.line);
    if (!place.file.empty() && place.column > 0) text += ";columnnumber=" + std::to_string(place.column);
    if (!diagnostic.code.empty()) text += ";code=" + vso_property(diagnostic.code);
    return text + "]" + vso_data(whole_message(diagnostic)) + "\n";
  }

  /// Outputs are set by a command on stdout, not by a file.
  [[nodiscard]] std::optional<std::string> output_entry(std::string_view, std::string_view,
                                                        std::string_view) const override {
    return std::nullopt;
  }
};

}  // namespace

const Dialect& azure_dialect() {
  static const AzureDialect dialect;
  return dialect;
}

}  // namespace lifecycle::dialect
