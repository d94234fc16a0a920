// How each CI wants foreign text inside its own commands.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "adapters/dialect/dialect.h"

namespace lifecycle::dialect {

/// Each byte that has a row is replaced, in one pass: what a replacement holds is not replaced again.
using EscapeTable = std::vector<std::pair<char, std::string_view>>;
[[nodiscard]] std::string escape(std::string_view text, const EscapeTable& table);

/// Letters, digits, `_ . -`; every other byte is `_`. Never empty.
[[nodiscard]] std::string plain_name(std::string_view text);

/// Message and hint as one text, visible(), without markers of the dialect; a hint may have several lines.
[[nodiscard]] std::string whole_message(const Diagnostic& diagnostic, DialectKind kind = DialectKind::plain);

/// At most `limit` characters of UTF-8; a longer text ends in `…`.
[[nodiscard]] std::string cut_text(std::string_view text, std::size_t limit);

/// Markdown that shows exactly the text, also in a table's cell and on pages that make links of `#1` and `@name`.
[[nodiscard]] std::string escape_markdown(std::string_view text);

/// The lines of a text that are not empty, without CR and LF.
[[nodiscard]] std::vector<std::string_view> lines_of_text(std::string_view text);

}  // namespace lifecycle::dialect
