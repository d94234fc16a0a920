#include "agent/mask/secret_forms.h"

#include <algorithm>
#include <string_view>

namespace lifecycle::mask {
namespace {

std::string replace_line_feeds(std::string_view text, std::string_view by) {
  std::string result;
  for (const char c : text) {
    if (c == '\n') {
      result += by;
    } else {
      result += c;
    }
  }
  return result;
}

/// A terminal prints LF as CRLF; an unquoted `$PEM` of a shell has blanks; behind the neutraliser a lone CR
/// has become LF, so lines that CRs part must be found before.
void add_line_end_forms(std::string_view value, std::vector<std::string>& forms) {
  if (value.find('\n') == std::string_view::npos || value.find('\r') != std::string_view::npos) return;
  for (const std::string_view by : {"\r\n", " ", "\r"}) forms.push_back(replace_line_feeds(value, by));
}

bool is_one_byte_repeated(std::string_view text) {
  return text.find_first_not_of(text.front()) == std::string_view::npos;
}

}  // namespace

std::vector<std::string> secret_forms(const SecretValue& value) {
  std::vector<std::string> forms{value.bytes};
  add_line_end_forms(value.bytes, forms);
  for (std::string& form : forms) form = trim(form);
  std::erase_if(forms,
                [&](const std::string& form) { return form.size() < value.least || is_one_byte_repeated(form); });
  std::sort(forms.begin(), forms.end());
  forms.erase(std::unique(forms.begin(), forms.end()), forms.end());
  return forms;
}

}  // namespace lifecycle::mask
