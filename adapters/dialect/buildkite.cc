// Buildkite docs, "Managing log output", "Annotations", "Using build meta-data" and "Redacted environment variables".
// All but the groups goes through the agent's own program, which may act for this job only where its token was handed
// into the step's container. Texts go in by stdin.
#include "adapters/dialect/annotations.h"
#include "adapters/dialect/dialects.h"
#include "adapters/dialect/escaping.h"
#include "adapters/dialect/json_body.h"
#include "agent/base/visible_text.h"

namespace lifecycle::dialect {
namespace {

constexpr std::size_t annotation_bytes = std::size_t{1000} << 10;  // below 1 MiB
constexpr std::size_t meta_data_bytes = 100'000;

bool has_agent(const Environment& environment) { return !environment.get("BUILDKITE_AGENT_ACCESS_TOKEN").empty(); }

/// A retried job replaces what it said before, and the jobs of a parallel step do not replace one another's.
std::string buildkite_context(std::string_view what, const Environment& environment) {
  std::string_view step = environment.get("BUILDKITE_STEP_ID");
  if (step.empty()) step = environment.get("BUILDKITE_JOB_ID");
  std::string context = "lifecycle-agent-" + std::string(what);
  if (!step.empty()) context += "-" + plain_name(step);
  if (const auto index = environment.get("BUILDKITE_PARALLEL_JOB"); !index.empty()) context += "-" + plain_name(index);
  return context;
}

std::string_view buildkite_style(Severity severity, std::string_view good) {
  if (severity == Severity::note) return good;
  return severity == Severity::error ? "error" : "warning";
}

RunCommand buildkite_annotation(std::string_view what, std::string_view style, std::string markdown,
                                const Environment& environment) {
  return {
      {"buildkite-agent", "annotate", "--style", std::string(style), "--context", buildkite_context(what, environment)},
      std::move(markdown)};
}

std::string list_item(const Diagnostic& diagnostic) {
  std::string text = "- ";
  if (const std::string place = place_text(diagnostic.place); !place.empty()) {
    text += "**" + escape_markdown(place) + "** ";
  }
  std::string message = whole_message(diagnostic);
  std::string_view separator;
  for (const std::string_view line : lines_of_text(message)) {
    text += std::string(separator) + escape_markdown(line);
    separator = "<br>";
  }
  if (!diagnostic.code.empty()) text += " <code>" + escape_markdown(diagnostic.code) + "</code>";
  return text + "\n";
}

class BuildkiteDialect final : public Dialect {
 public:
  [[nodiscard]] DialectKind kind() const override { return DialectKind::buildkite; }
  [[nodiscard]] NativeOutput native_output() const override {
    return {.groups = "`---` in the log",
            .annotations = "`buildkite-agent annotate`",
            .outputs = "`buildkite-agent meta-data set`: keys `lifecycle-agent:…`",
            .summary = "`buildkite-agent annotate`",
            .masks = "`buildkite-agent redactor add`"};
  }

  /// A group lasts until the next one begins, and is shut then.
  [[nodiscard]] std::string group_start(const LogGroup& group) const override {
    return "--- " + printable_for(kind(), group.title) + "\n";
  }
  /// Opens the group that failed.
  [[nodiscard]] std::string group_end(const LogGroup& group) const override {
    return group.end == GroupEnd::failed ? "^^^ +++\n" : "";
  }
  [[nodiscard]] std::string heading(std::string_view title) const override {
    return "+++ " + printable_for(kind(), title) + "\n";
  }

  [[nodiscard]] std::vector<NativeAction> annotate(std::span<const Diagnostic> diagnostics,
                                                   const Environment& environment) const override {
    if (!has_agent(environment) || diagnostics.empty()) return {};
    std::string text;
    for (const Diagnostic& diagnostic : diagnostics) {
      const std::string item = list_item(diagnostic);
      if (text.size() + item.size() <= annotation_bytes) text += item;
    }
    return {buildkite_annotation("check", buildkite_style(gravest(diagnostics), "info"), std::move(text), environment)};
  }

  [[nodiscard]] OutputActions hand_on(std::span<const NamedOutput> outputs, const Environment& environment,
                                      const std::function<std::string()>&) const override {
    OutputActions result;
    if (!has_agent(environment)) return result;
    for (const NamedOutput& output : outputs) {
      if (output.value.size() > meta_data_bytes) {
        result.omitted.push_back({output.name, "it has " + std::to_string(output.value.size()) +
                                                   " bytes, and meta-data takes " + std::to_string(meta_data_bytes)});
        continue;
      }
      result.actions.emplace_back(
          RunCommand{{"buildkite-agent", "meta-data", "set", "lifecycle-agent:" + output.name}, output.value});
    }
    return result;
  }

  [[nodiscard]] std::vector<NativeAction> summarise(const RunReport& report, const Environment& environment,
                                                    std::string_view) const override {
    if (!has_agent(environment) || report.markdown.empty()) return {};
    return {buildkite_annotation("run", buildkite_style(report.severity, "success"), report.markdown, environment)};
  }

  /// All of them with one start of the program.
  [[nodiscard]] std::vector<NativeAction> mask(std::span<const SecretValue> secrets,
                                               const Environment& environment) const override {
    if (!has_agent(environment) || secrets.empty()) return {};
    Json values = Json::object();
    int number = 0;
    for (const SecretValue& secret : secrets) values[std::to_string(++number)] = secret.value;
    return {RunCommand{{"buildkite-agent", "redactor", "add", "--format", "json"}, json_body(values)}};
  }
};

}  // namespace

const Dialect& buildkite_dialect() {
  static const BuildkiteDialect dialect;
  return dialect;
}

}  // namespace lifecycle::dialect
