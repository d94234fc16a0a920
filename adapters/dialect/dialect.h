// How a CI wants to be spoken to: log groups, annotations, outputs, summaries, masks. Values in, text and actions out;
// docs/native-output.md shows what becomes of them in each CI.
#pragma once

#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "adapters/dialect/native_action.h"
#include "agent/base/byte_sink.h"
#include "agent/base/diagnostic.h"
#include "agent/base/environment.h"
#include "agent/base/time.h"

namespace lifecycle::dialect {

/// The families of what a CI reads out of its log. plain: no CI around, or one that reads nothing.
enum class DialectKind { plain, actions, gitlab, azure, teamcity, travis, buildkite };

/// Whether SGR colours of the workflows' output may stay.
enum class Colours { keep, drop };

enum class GroupEnd { passed, failed };

/// A part of the log under a title. `id` is unique in the run.
struct LogGroup {
  std::string_view id;
  std::string_view title;
  Instant started{};
  Instant ended{};
  GroupEnd end = GroupEnd::passed;
};

class Dialect {
 public:
  virtual ~Dialect() = default;
  [[nodiscard]] virtual DialectKind kind() const { return DialectKind::plain; }
  [[nodiscard]] virtual NativeOutput native_output() const { return {}; }

  /// Lines, each with its LF, that open and close a group; empty where the CI has none.
  [[nodiscard]] virtual std::string group_start(const LogGroup&) const { return {}; }
  [[nodiscard]] virtual std::string group_end(const LogGroup&) const { return {}; }
  /// A line that keeps what follows from being part of the last group, where a group has no end.
  [[nodiscard]] virtual std::string heading(std::string_view) const { return {}; }

  /// Diagnostics as annotations on the lines of their files (paths from the repository's root); nothing where the CI
  /// has none. `environment`: what the CI told this process.
  [[nodiscard]] virtual std::vector<NativeAction> annotate(std::span<const Diagnostic>, const Environment&) const {
    return {};
  }
  /// How many annotations of one severity the CI takes from one step.
  [[nodiscard]] virtual std::size_t annotation_limit() const { return 50; }

  /// Values for later steps. No action: nothing here takes them, and they are kept for `outputs --shell`. `token` gives
  /// random texts: delimiters are made of them.
  [[nodiscard]] virtual OutputActions hand_on(std::span<const NamedOutput>, const Environment&,
                                              const std::function<std::string()>& token) const {
    static_cast<void>(token);
    return {};
  }

  /// The page of the build shows it. `token`: a random text, for a file's name.
  [[nodiscard]] virtual std::vector<NativeAction> summarise(const RunReport&, const Environment&,
                                                            std::string_view token) const {
    static_cast<void>(token);
    return {};
  }
  /// The file to which several agents of one step write their summaries; empty: there is none.
  [[nodiscard]] virtual std::string summary_file(const Environment&) const { return {}; }

  /// The CI itself is to mask the values, too. Each value is one that can be masked: neither too short nor too plain.
  [[nodiscard]] virtual std::vector<NativeAction> mask(std::span<const SecretValue>, const Environment&) const {
    return {};
  }
};

/// The dialect of a CI by its name (`github-actions`); a silent one for all others. Lives for ever.
[[nodiscard]] const Dialect& dialect_of(std::string_view ci);

/// What appears natively in a CI: the words of its dialect, and whether its log shows colours.
[[nodiscard]] NativeOutput native_output(std::string_view ci);

/// Whether the log page of the CI shows colours, although no stdout there is a terminal. Jenkins does with a plugin
/// that sets TERM.
[[nodiscard]] bool shows_colours(std::string_view ci, const Environment& environment);

/// The names of all CIs that the table of dialects has.
[[nodiscard]] std::vector<std::string_view> dialect_names();

/// visible(), and no marker of the dialect in it: for foreign text in the agent's own lines. Also breaks what would
/// be a marker at the start of a line, since the text may stand there.
[[nodiscard]] std::string printable_for(DialectKind kind, std::string_view text);

}  // namespace lifecycle::dialect
