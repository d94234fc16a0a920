// TeamCity docs, "Service messages". A block is closed by its name, so the name is the id.
#include "adapters/dialect/dialects.h"
#include "adapters/dialect/escaping.h"
#include "agent/base/visible_text.h"

namespace lifecycle::dialect {
namespace {

std::string value(std::string_view text) {
  static const EscapeTable table{{'|', "||"}, {'\'', "|'"}, {'\n', "|n"}, {'\r', "|r"}, {'[', "|["}, {']', "|]"}};
  return "'" + escape(text, table) + "'";
}

std::string_view status(Severity severity) {
  switch (severity) {
    case Severity::error:
      return "ERROR";
    case Severity::warning:
      return "WARNING";
    case Severity::note:
      return "NORMAL";
  }
  return "NORMAL";
}

std::string place_prefix(const SourcePlace& place) {
  if (place.file.empty()) return {};
  std::string text = visible(place.file) + ":";
  if (place.line > 0) text += std::to_string(place.line) + ":";
  if (place.line > 0 && place.column > 0) text += std::to_string(place.column) + ":";
  return text + " ";
}

class TeamCityDialect final : public Dialect {
 public:
  [[nodiscard]] DialectKind kind() const override { return DialectKind::teamcity; }

  [[nodiscard]] std::string group_start(std::string_view id, std::string_view title) const override {
    return "##teamcity[blockOpened name=" + value(id) + " description=" + value(visible(title)) + "]\n";
  }
  [[nodiscard]] std::string group_end(std::string_view id) const override {
    return "##teamcity[blockClosed name=" + value(id) + "]\n";
  }

  [[nodiscard]] std::optional<std::string> annotation(const Diagnostic& diagnostic) const override {
    const std::string text = place_prefix(diagnostic.place) + whole_message(diagnostic);
    return "##teamcity[message text=" + value(text) + " status=" + value(status(diagnostic.severity)) + "]\n";
  }

  [[nodiscard]] std::optional<std::string> output_entry(std::string_view, std::string_view,
                                                        std::string_view) const override {
    return std::nullopt;
  }
};

}  // namespace

const Dialect& teamcity_dialect() {
  static const TeamCityDialect dialect;
  return dialect;
}

}  // namespace lifecycle::dialect
