// How each CI wants foreign text inside its own commands.
#pragma once

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

/// Message and hint as one text, visible(); a hint may have several lines.
[[nodiscard]] std::string whole_message(const Diagnostic& diagnostic);

}  // namespace lifecycle::dialect
