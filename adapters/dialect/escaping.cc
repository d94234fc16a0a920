#include "adapters/dialect/escaping.h"

#include <algorithm>

#include "agent/base/ascii.h"
#include "agent/base/visible_text.h"

namespace lifecycle::dialect {

std::string escape(std::string_view text, const EscapeTable& table) {
  std::string result;
  result.reserve(text.size());
  for (const char c : text) {
    const auto row = std::find_if(table.begin(), table.end(), [c](const auto& each) { return each.first == c; });
    if (row == table.end()) {
      result += c;
    } else {
      result += row->second;
    }
  }
  return result;
}

std::string plain_name(std::string_view text) {
  std::string name(text);
  for (char& c : name) {
    if (!is_letter_or_digit(c) && c != '.' && c != '-') c = '_';
  }
  return name.empty() ? "_" : name;
}

std::string whole_message(const Diagnostic& diagnostic) {
  std::string text = visible(diagnostic.message);
  std::string_view hint = diagnostic.hint;
  while (!hint.empty()) {
    const std::string_view line = hint.substr(0, hint.find('\n'));
    text += "\n" + visible(line);
    hint.remove_prefix(std::min(hint.size(), line.size() + 1));
  }
  return text;
}

}  // namespace lifecycle::dialect
