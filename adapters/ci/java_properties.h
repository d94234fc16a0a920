// Java's properties files as a map: TeamCity hands over a build's parameters in them. Pure.
#pragma once

#include <map>
#include <string>
#include <string_view>

namespace lifecycle::ci {

using JavaProperties = std::map<std::string, std::string, std::less<>>;

/// The format of java.util.Properties.load: comments, continued lines, `=`, `:` or blanks between key and value,
/// escapes. Of a key given twice the last counts. Never fails: an escape that is none stands for its character, half a
/// surrogate pair and NUL (which no environment can hold) for U+FFFD.
[[nodiscard]] JavaProperties parse_java_properties(std::string_view text);

}  // namespace lifecycle::ci
