// AppVeyor docs, "Build worker API": REST on a port of the machine, in the same words as its command line, and no shell
// that would have to be quoted for.
#include "adapters/dialect/annotations.h"
#include "adapters/dialect/dialects.h"
#include "adapters/dialect/escaping.h"
#include "adapters/dialect/json_body.h"
#include "adapters/dialect/variable_lines.h"
#include "agent/base/visible_text.h"

namespace lifecycle::dialect {
namespace {

std::string_view message_category(Severity severity) {
  switch (severity) {
    case Severity::error:
      return "error";
    case Severity::warning:
      return "warning";
    case Severity::note:
      return "information";
  }
  return "information";
}

/// Nothing where there is no API.
std::vector<NativeAction> posted(const Environment& environment, std::string_view path, const Json& body) {
  std::string url(environment.get("APPVEYOR_API_URL"));
  if (url.empty()) return {};
  if (!url.ends_with('/')) url += '/';
  return {SendRequest{"POST", url.append(path), {}, json_body(body)}};
}

Json compilation_message(const Diagnostic& diagnostic) {
  Json body = {{"message", visible(diagnostic.message)},
               {"category", message_category(diagnostic.severity)},
               {"details", whole_message(diagnostic)}};
  if (!diagnostic.place.file.empty()) body["fileName"] = visible(diagnostic.place.file);
  if (diagnostic.place.line > 0) body["line"] = std::to_string(diagnostic.place.line);
  if (diagnostic.place.column > 0) body["column"] = std::to_string(diagnostic.place.column);
  return body;
}

class AppveyorDialect final : public Dialect {
 public:
  [[nodiscard]] NativeOutput native_output() const override {
    return {.annotations = "`POST api/build/compilationmessages`: the tab Messages",
            .outputs = "`POST api/build/variables`: variables `LIFECYCLE_OUT_…` of later commands",
            .summary = "`POST api/build/messages`: the tab Messages"};
  }
  /// Each is a request of its own.
  [[nodiscard]] std::size_t annotation_limit() const override { return 20; }

  [[nodiscard]] std::vector<NativeAction> annotate(std::span<const Diagnostic> diagnostics,
                                                   const Environment& environment) const override {
    std::vector<NativeAction> requests;
    for (const Diagnostic& diagnostic : diagnostics) {
      for (NativeAction& request :
           posted(environment, "api/build/compilationmessages", compilation_message(diagnostic))) {
        requests.push_back(std::move(request));
      }
    }
    return requests;
  }

  [[nodiscard]] OutputActions hand_on(std::span<const NamedOutput> outputs, const Environment& environment,
                                      const std::function<std::string()>&) const override {
    OutputActions result;
    for (const NamedOutput& output : outputs) {
      const Json body = {{"name", variable_name(output.name)}, {"value", output.value}};
      for (NativeAction& request : posted(environment, "api/build/variables", body)) {
        result.actions.push_back(std::move(request));
      }
    }
    return result;
  }

  [[nodiscard]] std::vector<NativeAction> summarise(const RunReport& report, const Environment& environment,
                                                    std::string_view) const override {
    return posted(environment, "api/build/messages",
                  {{"message", "lifecycle-agent: " + report.headline},
                   {"category", message_category(report.severity)},
                   {"details", report.plain}});
  }
};

}  // namespace

const Dialect& appveyor_dialect() {
  static const AppveyorDialect dialect;
  return dialect;
}

}  // namespace lifecycle::dialect
