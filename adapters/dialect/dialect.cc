#include "adapters/dialect/dialect.h"

#include <algorithm>
#include <array>
#include <iterator>
#include <utility>

#include "adapters/dialect/byte_rules.h"
#include "adapters/dialect/dialects.h"
#include "agent/base/visible_text.h"

namespace lifecycle::dialect {
namespace {

/// A terminal, and every CI without words of its own.
class SilentDialect final : public Dialect {};

const Dialect& silent_dialect() {
  static const SilentDialect dialect;
  return dialect;
}

enum class LogColours { shown, hidden, by_terminal };

struct DialectRow {
  std::string_view ci;
  const Dialect& (*dialect)();
  LogColours colours = LogColours::hidden;
};

/// Colours: as npm's supports-color knows it (GitHub, Gitea, CircleCI, Travis, AppVeyor, GitLab, Buildkite, Drone,
/// TeamCity, Azure), and as the others' log pages show. Of a CI that nobody has looked at none are assumed.
constexpr std::array dialect_rows{
    DialectRow{"github-actions", github_dialect, LogColours::shown},
    DialectRow{"gitea-actions", gitea_dialect, LogColours::shown},
    DialectRow{"forgejo-actions", forgejo_dialect, LogColours::shown},
    DialectRow{"gitlab-ci", gitlab_dialect, LogColours::shown},
    DialectRow{"buildkite", buildkite_dialect, LogColours::shown},
    DialectRow{"circleci", circleci_dialect, LogColours::shown},
    DialectRow{"azure-pipelines", azure_dialect, LogColours::shown},
    DialectRow{"bitbucket-pipelines", bitbucket_dialect, LogColours::shown},
    DialectRow{"woodpecker", silent_dialect, LogColours::shown},
    DialectRow{"drone", silent_dialect, LogColours::shown},
    DialectRow{"travis-ci", travis_dialect, LogColours::shown},
    DialectRow{"teamcity", teamcity_dialect, LogColours::shown},
    DialectRow{"semaphore", silent_dialect, LogColours::shown},
    DialectRow{"appveyor", appveyor_dialect, LogColours::shown},
    DialectRow{"codefresh", codefresh_dialect, LogColours::shown},
    DialectRow{"jenkins", silent_dialect, LogColours::by_terminal},
    DialectRow{"codebuild", silent_dialect, LogColours::hidden},
    DialectRow{"cloud-build", cloud_build_dialect, LogColours::hidden},
    DialectRow{"generic", silent_dialect, LogColours::hidden},
};

const DialectRow* find_row(std::string_view ci) {
  const auto* row = std::ranges::find(dialect_rows, ci, &DialectRow::ci);
  return row == dialect_rows.end() ? nullptr : row;
}

class StringSink final : public ByteSink {
 public:
  void take(std::string_view bytes) override { text_ += bytes; }
  [[nodiscard]] std::string text() && { return std::move(text_); }

 private:
  std::string text_;
};

}  // namespace

const Dialect& dialect_of(std::string_view ci) {
  const DialectRow* row = find_row(ci);
  return row == nullptr ? silent_dialect() : row->dialect();
}

NativeOutput native_output(std::string_view ci) {
  NativeOutput words = dialect_of(ci).native_output();
  const DialectRow* row = find_row(ci);
  words.colours = row != nullptr && row->colours == LogColours::shown;
  return words;
}

bool shows_colours(std::string_view ci, const Environment& environment) {
  const DialectRow* row = find_row(ci);
  if (row == nullptr) return false;
  if (row->colours != LogColours::by_terminal) return row->colours == LogColours::shown;
  // Jenkins' AnsiColor plugin sets TERM to the name of one of its four maps; nothing else there does.
  constexpr std::array<std::string_view, 4> maps{"xterm", "vga", "css", "gnome-terminal"};
  return std::ranges::find(maps, environment.get("TERM")) != maps.end();
}

std::vector<std::string_view> dialect_names() {
  std::vector<std::string_view> names;
  names.reserve(std::size(dialect_rows));
  for (const DialectRow& row : dialect_rows) names.push_back(row.ci);
  return names;
}

std::string printable_for(DialectKind kind, std::string_view text) {
  StringSink sink;
  Neutraliser neutraliser({.kind = kind, .colours = Colours::drop, .plain_ci = true});
  neutraliser.feed(visible(text), sink);
  return std::move(sink).text();
}

}  // namespace lifecycle::dialect
