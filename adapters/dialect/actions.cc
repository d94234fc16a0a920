// GitHub docs, "Workflow commands for GitHub Actions"; escaping as in actions/toolkit, packages/core/src/command.ts.
// The runners of Gitea and Forgejo read the same commands and files, except annotations: Gitea's page shows the line
// of one as an error without a place, Forgejo's shows it as the text that it is, so there is none.
#include <array>

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

std::string_view actions_level(Severity severity) {
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

std::string actions_annotation(const Diagnostic& diagnostic) {
  const SourcePlace& place = diagnostic.place;
  Properties properties;
  properties.add("file", visible(place.file));
  if (!place.file.empty()) {
    properties.add("line", place.line);
    properties.add("col", place.column);
    if (place.column > 0 && place.length > 0) properties.add("endColumn", place.column + place.length);
  }
  properties.add("title", diagnostic.code);
  return "::" + std::string(actions_level(diagnostic.severity)) + properties.text() +
         "::" + command_data(whole_message(diagnostic, DialectKind::actions)) + "\n";
}

/// `NAME<<DELIMITER`, value, delimiter: the only form that takes any value. Nothing for a name that would break it.
std::optional<std::string> file_entry(const NamedOutput& output, const std::function<std::string()>& token) {
  const bool bad_name = output.name.empty() || output.name.find_first_of("=\r\n") != std::string::npos ||
                        output.name.find("<<") != std::string::npos;
  if (bad_name) return std::nullopt;
  std::string end = token();
  while (output.value.find(end) != std::string::npos || output.name.find(end) != std::string::npos) end += token();
  return output.name + "<<" + end + "\n" + output.value + "\n" + end + "\n";
}

/// Which variables name a file: all of them are set by the runners that know them, and hold the same path.
struct NamedFile {
  std::string variable;
  std::string path;
};
NamedFile first_file(const Environment& environment, std::string_view name) {
  for (const std::string_view prefix : {"GITHUB_", "GITEA_", "FORGEJO_"}) {
    std::string variable = std::string(prefix).append(name);
    if (const auto path = environment.get(variable); !path.empty()) return {std::move(variable), std::string(path)};
  }
  return {};
}

constexpr NativeOutput github_words{.groups = "`::group::` in the log",
                                    .annotations = "`::error file=…,line=…::` in the log",
                                    .outputs = "the file `GITHUB_OUTPUT`",
                                    .summary = "the file `GITHUB_STEP_SUMMARY`",
                                    .masks = "`::add-mask::` in the log"};

class ActionsDialect final : public Dialect {
 public:
  explicit ActionsDialect(NativeOutput words) : words_(words) {}

  [[nodiscard]] DialectKind kind() const override { return DialectKind::actions; }
  [[nodiscard]] NativeOutput native_output() const override { return words_; }

  [[nodiscard]] std::string group_start(const LogGroup& group) const override {
    return "::group::" + command_data(printable_for(kind(), group.title)) + "\n";
  }
  [[nodiscard]] std::string group_end(const LogGroup&) const override { return "::endgroup::\n"; }

  [[nodiscard]] std::vector<NativeAction> annotate(std::span<const Diagnostic> diagnostics,
                                                   const Environment&) const override {
    std::vector<NativeAction> lines;
    if (words_.annotations.empty()) return lines;
    for (const Diagnostic& diagnostic : diagnostics) lines.emplace_back(PrintLine{actions_annotation(diagnostic)});
    return lines;
  }
  /// GitHub docs, "Problem matchers", limitations: ten of each kind per step, the rest is dropped.
  [[nodiscard]] std::size_t annotation_limit() const override { return 10; }

  [[nodiscard]] OutputActions hand_on(std::span<const NamedOutput> outputs, const Environment& environment,
                                      const std::function<std::string()>& token) const override {
    OutputActions result;
    NamedFile file = first_file(environment, "OUTPUT");
    if (file.path.empty()) return result;
    std::string text;
    for (const NamedOutput& output : outputs) {
      if (const auto entry = file_entry(output, token)) {
        text += *entry;
      } else {
        result.omitted.push_back({output.name, "its name is none that the file can hold"});
      }
    }
    result.actions.emplace_back(AppendToFile{std::move(file.variable), std::move(file.path), std::move(text)});
    return result;
  }

  [[nodiscard]] std::vector<NativeAction> summarise(const RunReport& report, const Environment& environment,
                                                    std::string_view) const override {
    NamedFile file = first_file(environment, "STEP_SUMMARY");
    if (file.path.empty() || report.markdown.empty()) return {};
    return {AppendToFile{std::move(file.variable), std::move(file.path), report.markdown}};
  }
  [[nodiscard]] std::string summary_file(const Environment& environment) const override {
    return first_file(environment, "STEP_SUMMARY").path;
  }

  [[nodiscard]] std::vector<NativeAction> mask(std::span<const SecretValue> secrets,
                                               const Environment&) const override {
    std::vector<NativeAction> lines;
    for (const SecretValue& secret : secrets) {
      lines.emplace_back(PrintLine{"::add-mask::" + command_data(secret.value) + "\n"});
    }
    return lines;
  }

 private:
  NativeOutput words_;
};

}  // namespace

const Dialect& github_dialect() {
  static const ActionsDialect dialect(github_words);
  return dialect;
}

const Dialect& gitea_dialect() {
  static const ActionsDialect dialect([] {
    NativeOutput words = github_words;
    words.annotations = "`::error file=…,line=…::`, a line of the log only";
    return words;
  }());
  return dialect;
}

const Dialect& forgejo_dialect() {
  static const ActionsDialect dialect([] {
    NativeOutput words = github_words;
    words.annotations = {};
    return words;
  }());
  return dialect;
}

}  // namespace lifecycle::dialect
