#include "adapters/dialect/dialect.h"

#include <utility>

#include "adapters/dialect/byte_rules.h"
#include "adapters/dialect/dialects.h"
#include "agent/base/visible_text.h"

namespace lifecycle::dialect {
namespace {

/// A terminal, and every CI without words of its own.
class PlainDialect final : public Dialect {
 public:
  [[nodiscard]] DialectKind kind() const override { return DialectKind::plain; }
  [[nodiscard]] std::string group_start(std::string_view, std::string_view) const override { return {}; }
  [[nodiscard]] std::string group_end(std::string_view) const override { return {}; }
  [[nodiscard]] std::optional<std::string> annotation(const Diagnostic&) const override { return std::nullopt; }
  [[nodiscard]] std::optional<std::string> output_entry(std::string_view, std::string_view,
                                                        std::string_view) const override {
    return std::nullopt;
  }
};

class StringSink final : public ByteSink {
 public:
  void take(std::string_view bytes) override { text_ += bytes; }
  [[nodiscard]] std::string text() && { return std::move(text_); }

 private:
  std::string text_;
};

}  // namespace

const Dialect& dialect_of(std::string_view ci) {
  static const PlainDialect plain;
  static const std::pair<std::string_view, const Dialect&> dialects[] = {
      {"github-actions", actions_dialect()},  {"gitea-actions", actions_dialect()},
      {"forgejo-actions", actions_dialect()}, {"gitlab-ci", gitlab_dialect()},
      {"azure-pipelines", azure_dialect()},   {"teamcity", teamcity_dialect()},
      {"travis-ci", travis_dialect()},        {"buildkite", buildkite_dialect()},
  };
  for (const auto& [name, dialect] : dialects) {
    if (name == ci) return dialect;
  }
  return plain;
}

std::string printable_for(DialectKind kind, std::string_view text) {
  StringSink sink;
  Neutraliser neutraliser({.kind = kind, .colours = Colours::drop, .plain_ci = true});
  neutraliser.feed(visible(text), sink);
  return std::move(sink).text();
}

}  // namespace lifecycle::dialect
