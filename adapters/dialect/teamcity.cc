// TeamCity docs, "Service messages". A block is closed by its name, so the name is the id. Problems of ops.yml are
// inspections: they have a file and a line, and fail no build that would not fail by itself.
#include <cstdint>
#include <set>

#include "adapters/dialect/annotations.h"
#include "adapters/dialect/dialects.h"
#include "adapters/dialect/escaping.h"
#include "adapters/dialect/variable_lines.h"
#include "agent/base/utf8.h"
#include "agent/base/visible_text.h"

namespace lifecycle::dialect {
namespace {

/// "Code inspections": ids, names and categories have at most 255 characters, texts 4000.
constexpr std::size_t name_limit = 255;
constexpr std::size_t text_limit = 4000;

/// `|0xNNNN`: one unit of UTF-16. The agent decodes its build's output by the machine's locale, these it always reads.
std::string utf16_unit(std::uint32_t unit) {
  constexpr std::string_view digits = "0123456789ABCDEF";
  std::string text = "|0x";
  for (int shift = 12; shift >= 0; shift -= 4) text += digits[(unit >> shift) & 0xFU];
  return text;
}

std::string service_value(std::string_view text) {
  static const EscapeTable table{{'|', "||"}, {'\'', "|'"}, {'\n', "|n"}, {'\r', "|r"}, {'[', "|["}, {']', "|]"}};
  const std::string clean = repair_utf8(text);
  std::string value = "'";
  for (std::string_view rest = clean; !rest.empty();) {
    const std::string_view character = rest.substr(0, character_length(rest));
    rest.remove_prefix(character.size());
    const std::uint32_t code = decode_character(character);
    if (code < 0x80) {
      value += escape(character, table);
    } else if (code < 0x10000) {
      value += utf16_unit(code);
    } else {
      value += utf16_unit(0xD800 + ((code - 0x10000) >> 10)) + utf16_unit(0xDC00 + ((code - 0x10000) & 0x3FFU));
    }
  }
  return value + "'";
}

/// The limits count characters of the value, not of its escaped form.
std::string short_value(std::string_view text, std::size_t limit) { return service_value(cut_text(text, limit)); }

std::string_view inspection_severity(Severity severity) {
  switch (severity) {
    case Severity::error:
      return "ERROR";
    case Severity::warning:
      return "WARNING";
    case Severity::note:
      return "INFO";
  }
  return "INFO";
}

std::string inspection_type(std::string_view code) {
  return "##teamcity[inspectionType id=" + short_value(code, name_limit) + " name=" + short_value(code, name_limit) +
         " description=" + short_value("lifecycle-agent: " + std::string(code), text_limit) +
         " category='lifecycle-agent']\n";
}

std::string inspection(const Diagnostic& diagnostic, std::string_view code) {
  const SourcePlace& place = diagnostic.place;
  std::string line = "##teamcity[inspection typeId=" + short_value(code, name_limit) +
                     " message=" + short_value(whole_message(diagnostic), text_limit) +
                     " file=" + short_value(visible(place.file), text_limit);
  if (place.line > 0) line += " line='" + std::to_string(place.line) + "'";
  return line + " SEVERITY='" + std::string(inspection_severity(diagnostic.severity)) + "']\n";
}

/// Without a file an inspection has no place to be.
std::string status_message(const Diagnostic& diagnostic) {
  const std::string_view status = diagnostic.severity == Severity::error     ? "ERROR"
                                  : diagnostic.severity == Severity::warning ? "WARNING"
                                                                             : "NORMAL";
  return "##teamcity[message text=" + short_value(whole_message(diagnostic), text_limit) + " status='" +
         std::string(status) + "']\n";
}

class TeamCityDialect final : public Dialect {
 public:
  [[nodiscard]] DialectKind kind() const override { return DialectKind::teamcity; }
  [[nodiscard]] NativeOutput native_output() const override {
    return {.groups = "`##teamcity[blockOpened …]` in the log",
            .annotations = "`##teamcity[inspection …]` in the log: the tab Code Inspection",
            .outputs = "`##teamcity[setParameter …]` in the log: parameters `env.LIFECYCLE_OUT_…`"};
  }

  [[nodiscard]] std::string group_start(const LogGroup& group) const override {
    return "##teamcity[blockOpened name=" + service_value(group.id) +
           " description=" + service_value(visible(group.title)) + "]\n";
  }
  [[nodiscard]] std::string group_end(const LogGroup& group) const override {
    return "##teamcity[blockClosed name=" + service_value(group.id) + "]\n";
  }

  [[nodiscard]] std::vector<NativeAction> annotate(std::span<const Diagnostic> diagnostics,
                                                   const Environment&) const override {
    std::vector<NativeAction> lines;
    std::set<std::string_view> declared;
    for (const Diagnostic& diagnostic : diagnostics) {
      if (diagnostic.place.file.empty()) {
        lines.emplace_back(PrintLine{status_message(diagnostic)});
        continue;
      }
      const std::string_view code = diagnostic.code.empty() ? "lifecycle-agent" : diagnostic.code;
      if (declared.insert(code).second) lines.emplace_back(PrintLine{inspection_type(code)});
      lines.emplace_back(PrintLine{inspection(diagnostic, code)});
    }
    return lines;
  }

  [[nodiscard]] OutputActions hand_on(std::span<const NamedOutput> outputs, const Environment&,
                                      const std::function<std::string()>&) const override {
    OutputActions result;
    for (const NamedOutput& output : outputs) {
      result.actions.emplace_back(
          PrintLine{"##teamcity[setParameter name=" + service_value("env." + variable_name(output.name)) +
                    " value=" + service_value(output.value) + "]\n"});
    }
    return result;
  }
};

}  // namespace

const Dialect& teamcity_dialect() {
  static const TeamCityDialect dialect;
  return dialect;
}

}  // namespace lifecycle::dialect
