// GitLab docs, "Custom collapsible sections" and "dotenv" reports. A section carries the time of its ends; GitLab
// shows how long it took. Annotations are a file of the job's artifacts (`check --format gitlab`).
#include "adapters/dialect/dialects.h"
#include "adapters/dialect/escaping.h"
#include "adapters/dialect/variable_lines.h"
#include "agent/base/visible_text.h"

namespace lifecycle::dialect {
namespace {

std::string section_mark(std::string_view which, std::string_view id, Instant when) {
  const auto seconds = std::chrono::floor<std::chrono::seconds>(when).time_since_epoch().count();
  return "\x1b[0Ksection_" + std::string(which) + ":" + std::to_string(seconds) + ":" + plain_name(id) + "\r\x1b[0K";
}

class GitlabDialect final : public Dialect {
 public:
  [[nodiscard]] DialectKind kind() const override { return DialectKind::gitlab; }
  [[nodiscard]] NativeOutput native_output() const override {
    return {.groups = "`section_start` in the log",
            .outputs = "the file that `LIFECYCLE_DOTENV` names, for `artifacts: reports: dotenv`"};
  }

  [[nodiscard]] std::string group_start(const LogGroup& group) const override {
    return section_mark("start", group.id, group.started) + printable_for(kind(), group.title) + "\n";
  }
  [[nodiscard]] std::string group_end(const LogGroup& group) const override {
    return section_mark("end", group.id, group.ended) + "\n";
  }

  [[nodiscard]] OutputActions hand_on(std::span<const NamedOutput> outputs, const Environment& environment,
                                      const std::function<std::string()>&) const override {
    constexpr std::string_view variable = "LIFECYCLE_DOTENV";
    const std::string_view path = environment.get(variable);
    if (path.empty()) return {};
    VariableLines lines = dotenv_lines(outputs);
    return {.actions = {WriteFile{std::string(variable), std::string(path), std::move(lines.text)}},
            .omitted = std::move(lines.omitted)};
  }
};

}  // namespace

const Dialect& gitlab_dialect() {
  static const GitlabDialect dialect;
  return dialect;
}

}  // namespace lifecycle::dialect
