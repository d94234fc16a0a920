// How a CI wants to be spoken to: log groups, annotations, outputs, summaries, masks. Text in, text out.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "agent/base/byte_sink.h"
#include "agent/base/diagnostic.h"

namespace lifecycle::dialect {

/// The families of syntax. plain: no CI around, or one without words of its own.
enum class DialectKind { plain, actions, gitlab, azure, teamcity, travis, buildkite };

/// Whether SGR colours of the workflows' output may stay.
enum class Colours { keep, drop };

class Dialect {
 public:
  virtual ~Dialect() = default;
  [[nodiscard]] virtual DialectKind kind() const = 0;
  /// Lines, each with its LF, that open and close a group; empty where the CI has none. `id` is unique in the run.
  [[nodiscard]] virtual std::string group_start(std::string_view id, std::string_view title) const = 0;
  [[nodiscard]] virtual std::string group_end(std::string_view id) const = 0;
  /// A diagnostic as an annotation line with its LF; nothing where the CI has none.
  [[nodiscard]] virtual std::optional<std::string> annotation(const Diagnostic& diagnostic) const = 0;
  /// One entry for the outputs file (GITHUB_OUTPUT); `delimiter` is random and absent from the value.
  [[nodiscard]] virtual std::optional<std::string> output_entry(std::string_view name, std::string_view value,
                                                                std::string_view delimiter) const = 0;
};

/// The dialect of a CI by its name (`github-actions`); plain for all others. Lives for ever.
[[nodiscard]] const Dialect& dialect_of(std::string_view ci);

/// visible(), and no marker of the dialect in it: for foreign text in the agent's own lines. Also breaks what would
/// be a marker at the start of a line, since the text may stand there.
[[nodiscard]] std::string printable_for(DialectKind kind, std::string_view text);

}  // namespace lifecycle::dialect
