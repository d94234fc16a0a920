// The dotenv syntax: lines NAME=VALUE, with `export`, comments and quotes. Values are secrets: no message holds one.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "agent/base/result.h"

namespace lifecycle::secrets {

/// The pairs in the order of the text; a name may stand several times.
///
///     NAME=plain text, up to a blank and #   # blanks around it are dropped
///     export NAME=value
///     NAME='as it stands, over several lines too'
///     NAME="with \n \r \t \" \\ \$ escapes, over several lines too"
///     NAME=                                    # the empty text
///
/// Nothing is expanded: `$HOME` is five characters. Errors: env-file-syntax, with line and column of `path`.
[[nodiscard]] Result<std::vector<std::pair<std::string, std::string>>> parse_dotenv(std::string_view text,
                                                                                    std::string_view path);

}  // namespace lifecycle::secrets
