#include "adapters/dialect/escaping.h"

#include <algorithm>

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
    const bool plain =
        (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '.' || c == '-';
    if (!plain) c = '_';
  }
  return name.empty() ? "_" : name;
}

std::string whole_message(const Diagnostic& diagnostic) {
  return diagnostic.hint.empty() ? diagnostic.message : diagnostic.message + "\n" + diagnostic.hint;
}

}  // namespace lifecycle::dialect
