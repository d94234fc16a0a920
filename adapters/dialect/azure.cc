// Azure docs, "Logging commands". Escaping as in microsoft/azure-pipelines-task-lib, node/taskcommand.ts.
#include "adapters/dialect/annotations.h"
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

/// There are errors and warnings only.
std::string logged_issue(const Diagnostic& diagnostic) {
  const SourcePlace& place = diagnostic.place;
  std::string text = "##vso[task.logissue type=";
  text += diagnostic.severity == Severity::error ? "error" : "warning";
  if (!place.file.empty()) text += ";sourcepath=" + vso_property(printable_for(DialectKind::azure, place.file));
  if (!place.file.empty() && place.line > 0) text += ";linenumber=" + std::to_string(place.line);
  if (!place.file.empty() && place.column > 0) text += ";columnnumber=" + std::to_string(place.column);
  if (!diagnostic.code.empty()) text += ";code=" + vso_property(diagnostic.code);
  return text + "]" + vso_data(whole_message(diagnostic, DialectKind::azure)) + "\n";
}

class AzureDialect final : public Dialect {
 public:
  [[nodiscard]] DialectKind kind() const override { return DialectKind::azure; }
  [[nodiscard]] NativeOutput native_output() const override {
    return {.groups = "`##[group]` in the log",
            .annotations = "`##vso[task.logissue …]` in the log",
            .outputs = "`##vso[task.setvariable …;isOutput=true]` in the log",
            .summary = "`##vso[task.uploadsummary]` of a file in `AGENT_TEMPDIRECTORY`",
            .masks = "`##vso[task.setsecret]` in the log"};
  }

  [[nodiscard]] std::string group_start(const LogGroup& group) const override {
    return "##[group]" + printable_for(kind(), group.title) + "\n";
  }
  [[nodiscard]] std::string group_end(const LogGroup&) const override { return "##[endgroup]\n"; }

  [[nodiscard]] std::vector<NativeAction> annotate(std::span<const Diagnostic> diagnostics,
                                                   const Environment&) const override {
    std::vector<NativeAction> lines;
    for (const Diagnostic& diagnostic : diagnostics) {
      if (diagnostic.severity != Severity::note) lines.emplace_back(PrintLine{logged_issue(diagnostic)});
    }
    return lines;
  }

  /// The step's name stands before them: `$(STEP.result)`.
  [[nodiscard]] OutputActions hand_on(std::span<const NamedOutput> outputs, const Environment&,
                                      const std::function<std::string()>&) const override {
    OutputActions result;
    for (const NamedOutput& output : outputs) {
      result.actions.emplace_back(PrintLine{"##vso[task.setvariable variable=" + vso_property(output.name) +
                                            ";isOutput=true]" + vso_data(output.value) + "\n"});
    }
    return result;
  }

  /// The agent reads the file after it has seen the line, and empties the directory after the job.
  [[nodiscard]] std::vector<NativeAction> summarise(const RunReport& report, const Environment& environment,
                                                    std::string_view token) const override {
    const std::string_view directory = environment.get("AGENT_TEMPDIRECTORY");
    if (directory.empty() || report.markdown.empty()) return {};
    const std::string path = std::string(directory) + "/" + plain_name(token) + ".md";
    return {WriteFile{"AGENT_TEMPDIRECTORY", path, report.markdown},
            PrintLine{.text = "##vso[task.uploadsummary]" + vso_data(path) + "\n", .names_file = true}};
  }

  [[nodiscard]] std::vector<NativeAction> mask(std::span<const SecretValue> secrets,
                                               const Environment&) const override {
    std::vector<NativeAction> lines;
    for (const SecretValue& secret : secrets) {
      lines.emplace_back(PrintLine{"##vso[task.setsecret]" + vso_data(secret.value) + "\n"});
    }
    return lines;
  }
};

}  // namespace

const Dialect& azure_dialect() {
  static const AzureDialect dialect;
  return dialect;
}

}  // namespace lifecycle::dialect
