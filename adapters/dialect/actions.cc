// GitHub docs, "Workflow commands for GitHub Actions"; Gitea's and Forgejo's runners read the same. Escaping as in
// actions/toolkit, packages/core/src/command.ts.
#include "adapters/dialect/dialects.h"
#include "adapters/dialect/escaping.h"
#include "agent/base/visible_text.h"

namespace lifecycle::dialect {
namespace {

std::string command_data(std::string_view text) {
  static const EscapeTable table{{'%', "%25"}, {'\r', "%0D"}, {'\n', "%0A"}};
  return escape(text, table);
}

std::string command_property(std::string_view text) {
  static const EscapeTable table{{'%', "%25"}, {'\r', "%0D"}, {'\n', "%0A"}, {':', "%3A"}, {',', "%2C"}};
  return escape(text, table);
}

std::string_view level(Severity severity) {
  switch (severity) {
    case Severity::error:
      return "error";
    case Severity::warning:
      return "warning";
    case Severity::note:
      return "notice";
  }
  return "notice";
}

class Properties {
 public:
  void add(std::string_view name, std::string_view value) {
    if (value.empty()) return;
    text_ += text_.empty() ? " " : ",";
    text_ += std::string(name) + "=" + command_property(value);
  }
  void add(std::string_view name, int value) {
    if (value > 0) add(name, std::to_string(value));
  }
  [[nodiscard]] const std::string& text() const { return text_; }

 private:
  std::string text_;
};

class ActionsDialect final : public Dialect {
 public:
  [[nodiscard]] DialectKind kind() const override { return DialectKind::actions; }

  [[nodiscard]] std::string group_start(std::string_view, std::string_view title) const override {
    return "::group::" + command_data(printable_for(kind(), title)) + "\n";
  }
  [[nodiscard]] std::string group_end(std::string_view) const override { return "::endgroup::\n"; }

  [[nodiscard]] std::optional<std::string> annotation(const Diagnostic& diagnostic) const override {
    const SourcePlace& place = diagnostic.place;
    Properties properties;
    properties.add("file", visible(place.file));
    if (!place.file.empty()) {
      properties.add("line", place.line);
      properties.add("col", place.column);
      if (place.column > 0 && place.length > 0) properties.add("endColumn", place.column + place.length);
    }
    properties.add("title", diagnostic.code);
    return "::" + std::string(level(diagnostic.severity)) + properties.text() +
           "::" + command_data(whole_message(diagnostic)) + "\n";
  }

  /// `NAME<<DELIMITER`, value, delimiter: the only form that takes any value.
  [[nodiscard]] std::optional<std::string> output_entry(std::string_view name, std::string_view value,
                                                        std::string_view delimiter) const override {
    const auto occurs_in = [](std::string_view part, std::string_view text) {
      return text.find(part) != std::string_view::npos;
    };
    const bool bad_name =
        name.empty() || name.find_first_of("=\r\n") != std::string_view::npos || occurs_in("<<", name);
    if (bad_name || delimiter.empty() || occurs_in(delimiter, name) || occurs_in(delimiter, value)) return std::nullopt;
    const std::string end(delimiter);
    return std::string(name) + "<<" + end + "\n" + std::string(value) + "\n" + end + "\n";
  }
};

}  // namespace

const Dialect& actions_dialect() {
  static const ActionsDialect dialect;
  return dialect;
}

}  // namespace lifecycle::dialect
