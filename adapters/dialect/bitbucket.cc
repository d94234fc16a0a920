// Bitbucket docs, "Code Insights" and the REST API's group "Reports". Within Pipelines a proxy on port 29418 signs
// plain http requests to the API, so that no token is needed; a pipe, which is a container of its own, reaches it by
// the name of the host. Outputs: Atlassian docs, "Variables and secrets", `output-variables`.
#include "adapters/dialect/annotations.h"
#include "adapters/dialect/dialects.h"
#include "adapters/dialect/escaping.h"
#include "adapters/dialect/json_body.h"
#include "adapters/dialect/variable_lines.h"
#include "agent/base/ascii.h"
#include "agent/base/visible_text.h"

namespace lifecycle::dialect {
namespace {

// The API's limits, in characters; annotations go in one request of at most 100.
constexpr std::size_t summary_characters = 450;
constexpr std::size_t details_characters = 2000;
constexpr std::size_t annotations_at_once = 100;
constexpr std::size_t variables_bytes = 100'000;

std::string proxy_of(const Environment& environment) {
  const bool in_pipe = !environment.get("BITBUCKET_PIPE_STORAGE_DIR").empty();
  return in_pipe ? "http://host.docker.internal:29418" : "http://localhost:29418";
}

/// A part of an address: what a repository or commit cannot hold is not sent anywhere.
bool is_path_text(std::string_view text) {
  if (text.empty() || text.find("..") != std::string_view::npos) return false;
  for (const char c : text) {
    if (!is_letter_or_digit(c) && std::string_view("/._-").find(c) == std::string_view::npos) return false;
  }
  return true;
}

/// Empty where the repository or the commit is not told.
std::string report_url(const Environment& environment, std::string_view id) {
  const std::string_view repo = environment.get("BITBUCKET_REPO_FULL_NAME");
  const std::string_view commit = environment.get("BITBUCKET_COMMIT");
  if (!is_path_text(repo) || !is_path_text(commit)) return {};
  return "http://api.bitbucket.org/2.0/repositories/" + std::string(repo) + "/commit/" + std::string(commit) +
         "/reports/" + std::string(id);
}

std::string_view annotation_severity(Severity severity) {
  switch (severity) {
    case Severity::error:
      return "HIGH";
    case Severity::warning:
      return "MEDIUM";
    case Severity::note:
      return "LOW";
  }
  return "LOW";
}

Json bitbucket_report(std::string_view title, std::string_view details, std::string_view type, Severity severity) {
  return {{"title", title},
          {"details", cut_text(details, details_characters)},
          {"report_type", type},
          {"reporter", "lifecycle-agent"},
          {"result", severity == Severity::error ? "FAILED" : "PASSED"}};
}

Json bitbucket_annotation(const Diagnostic& diagnostic, std::size_t number) {
  Json json = {{"external_id", "lifecycle-agent-" + std::to_string(number)},
               {"annotation_type", "CODE_SMELL"},
               {"summary", cut_text(visible(diagnostic.message), summary_characters)},
               {"details", cut_text(whole_message(diagnostic), details_characters)},
               {"severity", annotation_severity(diagnostic.severity)},
               {"result", diagnostic.severity == Severity::error ? "FAILED" : "PASSED"}};
  if (!diagnostic.place.file.empty()) json["path"] = visible(diagnostic.place.file);
  if (diagnostic.place.line > 0) json["line"] = diagnostic.place.line;
  return json;
}

class BitbucketDialect final : public Dialect {
 public:
  [[nodiscard]] NativeOutput native_output() const override {
    return {.annotations = "a report of the commit with annotations: `/reports/lifecycle-agent-check`",
            .outputs =
                "the file `BITBUCKET_PIPELINES_VARIABLES_PATH`: variables `LIFECYCLE_OUT_…`, to be named in "
                "`output-variables`",
            .summary = "a report of the commit: `/reports/lifecycle-agent-run`"};
  }
  [[nodiscard]] std::size_t annotation_limit() const override { return annotations_at_once / 3; }

  [[nodiscard]] std::vector<NativeAction> annotate(std::span<const Diagnostic> diagnostics,
                                                   const Environment& environment) const override {
    const std::string url = report_url(environment, "lifecycle-agent-check");
    if (url.empty() || diagnostics.empty()) return {};
    Json list = Json::array();
    for (const Diagnostic& diagnostic : diagnostics.first(std::min(diagnostics.size(), annotations_at_once))) {
      list.push_back(bitbucket_annotation(diagnostic, list.size() + 1));
    }
    const std::string count = std::to_string(diagnostics.size()) + " found in ops.yml";
    const Json report = bitbucket_report("lifecycle-agent check", count, "BUG", gravest(diagnostics));
    const std::string proxy = proxy_of(environment);
    return {SendRequest{"PUT", url, proxy, json_body(report)},
            SendRequest{"POST", url + "/annotations", proxy, json_body(list)}};
  }

  [[nodiscard]] OutputActions hand_on(std::span<const NamedOutput> outputs, const Environment& environment,
                                      const std::function<std::string()>&) const override {
    constexpr std::string_view variable = "BITBUCKET_PIPELINES_VARIABLES_PATH";
    const std::string_view path = environment.get(variable);
    if (path.empty()) return {};
    VariableLines lines = assignment_lines(outputs, variables_bytes);
    return {.actions = {AppendToFile{std::string(variable), std::string(path), std::move(lines.text)}},
            .omitted = std::move(lines.omitted)};
  }

  [[nodiscard]] std::vector<NativeAction> summarise(const RunReport& report, const Environment& environment,
                                                    std::string_view) const override {
    const std::string url = report_url(environment, "lifecycle-agent-run");
    if (url.empty()) return {};
    const Json body = bitbucket_report("lifecycle-agent: " + report.headline, report.plain, "TEST", report.severity);
    return {SendRequest{"PUT", url, proxy_of(environment), json_body(body)}};
  }
};

}  // namespace

const Dialect& bitbucket_dialect() {
  static const BitbucketDialect dialect;
  return dialect;
}

}  // namespace lifecycle::dialect
