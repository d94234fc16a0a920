// The CIs that know groups in the log and nothing else: GitLab ("Custom collapsible sections"), Travis (folds of
// travis-build's bash functions) and Buildkite ("Managing log output").
#include <chrono>

#include "adapters/dialect/dialects.h"
#include "adapters/dialect/escaping.h"
#include "agent/base/visible_text.h"

namespace lifecycle::dialect {
namespace {

constexpr std::string_view clear_line = "\r\x1b[0K";

/// What the log-only dialects have in common: no annotations, no outputs.
class LogSections : public Dialect {
 public:
  [[nodiscard]] std::optional<std::string> annotation(const Diagnostic&) const override { return std::nullopt; }
  [[nodiscard]] std::optional<std::string> output_entry(std::string_view, std::string_view,
                                                        std::string_view) const override {
    return std::nullopt;
  }
};

/// A section carries the time of its ends; GitLab shows how long it took.
class GitlabDialect final : public LogSections {
 public:
  [[nodiscard]] DialectKind kind() const override { return DialectKind::gitlab; }

  [[nodiscard]] std::string group_start(std::string_view id, std::string_view title) const override {
    return mark("start", id) + visible(title) + "\n";
  }
  [[nodiscard]] std::string group_end(std::string_view id) const override { return mark("end", id) + "\n"; }

 private:
  static std::string mark(std::string_view which, std::string_view id) {
    const auto now = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
    return "\x1b[0Ksection_" + std::string(which) + ":" + std::to_string(now.time_since_epoch().count()) + ":" +
           plain_name(id) + std::string(clear_line);
  }
};

class TravisDialect final : public LogSections {
 public:
  [[nodiscard]] DialectKind kind() const override { return DialectKind::travis; }

  [[nodiscard]] std::string group_start(std::string_view id, std::string_view title) const override {
    return "travis_fold:start:" + plain_name(id) + std::string(clear_line) + printable_for(kind(), title) + "\n";
  }
  [[nodiscard]] std::string group_end(std::string_view id) const override {
    return "travis_fold:end:" + plain_name(id) + std::string(clear_line) + "\n";
  }
};

/// A group lasts until the next one begins. `+++` stays open, `---` is shut once another follows.
class BuildkiteDialect final : public LogSections {
 public:
  [[nodiscard]] DialectKind kind() const override { return DialectKind::buildkite; }

  [[nodiscard]] std::string group_start(std::string_view, std::string_view title) const override {
    return "--- " + visible(title) + "\n";
  }
  [[nodiscard]] std::string group_end(std::string_view) const override { return {}; }
};

}  // namespace

const Dialect& gitlab_dialect() {
  static const GitlabDialect dialect;
  return dialect;
}

const Dialect& travis_dialect() {
  static const TravisDialect dialect;
  return dialect;
}

const Dialect& buildkite_dialect() {
  static const BuildkiteDialect dialect;
  return dialect;
}

}  // namespace lifecycle::dialect
