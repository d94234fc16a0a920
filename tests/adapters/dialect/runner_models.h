// What the CIs' runners and log pages take for a command of theirs, written after their sources. Each model gives the
// commands that it would obey in a whole log.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace lifecycle::dialect {

using Commands = std::vector<std::string>;

/// actions/runner: StreamReader.ReadLine, TrimStart, ActionCommand.TryParseV2 and TryParse.
[[nodiscard]] Commands obeyed_by_github(std::string_view log);
/// The runners of Gitea and Forgejo, and act: lines at LF, two regular expressions at the very start.
[[nodiscard]] Commands obeyed_by_go_runners(std::string_view log);
/// azure-pipelines-agent: ReadLine, Command.TryParse; the page's own `##[…]`.
[[nodiscard]] Commands obeyed_by_azure(std::string_view log);
/// TeamCity's service messages, wherever they stand in a line.
[[nodiscard]] Commands obeyed_by_teamcity(std::string_view log);
/// travis-web's log: folds and times, wherever they stand.
[[nodiscard]] Commands obeyed_by_travis(std::string_view log);
/// Buildkite's headers, also behind the time that its agent writes before a line.
[[nodiscard]] Commands obeyed_by_buildkite(std::string_view log);
/// GitLab's trace sections.
[[nodiscard]] Commands obeyed_by_gitlab(std::string_view log);

/// The text as it reads without SGR sequences.
[[nodiscard]] std::string without_colours(const std::string& text);

}  // namespace lifecycle::dialect
