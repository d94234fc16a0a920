#include "adapters/dialect/dialect.h"

#include <utility>

#include "adapters/dialect/byte_rules.h"
#include "adapters/dialect/dialects.h"

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

std::string printable(std::string_view text) {
  std::string result;
  result.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto c = static_cast<unsigned char>(text[i]);
    // A C1 control (U+0080 to U+009F) is C2 and 80 to 9F in UTF-8.
    const bool c1 = c == 0xc2 && i + 1 < text.size() && (static_cast<unsigned char>(text[i + 1]) & 0xe0) == 0x80;
    if (c1) result += shown_byte(text[i++]);
    if (c1 || c < 0x20 || c == 0x7f) {
      result += shown_byte(text[i]);
    } else {
      result += text[i];
    }
  }
  return result;
}

std::string printable_for(DialectKind kind, std::string_view text) {
  StringSink sink;
  Neutraliser neutraliser({.kind = kind, .colours = Colours::drop, .plain_ci = true});
  neutraliser.feed(printable(text), sink);
  return std::move(sink).text();
}

}  // namespace lifecycle::dialect
