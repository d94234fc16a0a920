#include "agent/mask/secret_values.h"

#include <bitset>

namespace lifecycle::mask {
namespace {

constexpr std::string_view white_space = " \t\n\v\f\r";
constexpr std::size_t least_declared = 6;
constexpr std::size_t least_explicit = 4;
constexpr std::size_t least_distinct = 3;
/// A quoted value must be longer than this to be taken without its quotes.
constexpr std::size_t short_quoted = 8;

std::size_t least_of(SecretOrigin origin) { return origin == SecretOrigin::declared ? least_declared : least_explicit; }

std::size_t distinct_bytes(std::string_view text) {
  std::bitset<256> seen;
  for (const char c : text) seen.set(static_cast<unsigned char>(c));
  return seen.count();
}

/// CRLF and lone CR become LF.
std::string with_line_feeds(std::string_view text) {
  std::string result;
  result.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '\r') {
      result += text[i];
    } else if (i + 1 == text.size() || text[i + 1] != '\n') {
      result += '\n';
    }
  }
  return result;
}

/// `-----BEGIN PRIVATE KEY-----` is the same in every key: no secret on its own.
bool is_armour(std::string_view line) {
  constexpr std::string_view dashes = "-----";
  const bool framed = line.size() > 2 * dashes.size() && line.starts_with(dashes) && line.ends_with(dashes);
  if (!framed) return false;
  line.remove_prefix(dashes.size());
  return line.starts_with("BEGIN ") || line.starts_with("END ");
}

void add_lines(std::string_view text, std::vector<SecretValue>& values) {
  if (text.find('\n') == std::string_view::npos) return;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    const std::string_view line = trim(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
    if (line.size() >= least_declared && !is_armour(line)) values.push_back({std::string(line), least_declared});
  }
}

}  // namespace

std::string_view trim(std::string_view text) {
  const std::size_t first = text.find_first_not_of(white_space);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(white_space) - first + 1);
}

std::optional<std::string> refusal(std::string_view value, SecretOrigin origin) {
  const std::string_view bare = trim(value);
  const std::size_t least = least_of(origin);
  if (bare.size() < least) {
    return "has " + std::to_string(bare.size()) + " bytes without the white space around it, at least " +
           std::to_string(least) + " are needed";
  }
  if (distinct_bytes(bare) < least_distinct) {
    return "consists of fewer than " + std::to_string(least_distinct) + " different characters";
  }
  return std::nullopt;
}

std::vector<SecretValue> secret_values(std::string_view secret, SecretOrigin origin) {
  const std::string_view bare = trim(secret);
  const std::size_t least = least_of(origin);
  const std::string text = with_line_feeds(bare);
  std::vector<SecretValue> values{{std::string(bare), least}};
  if (text != bare) values.push_back({text, least});
  add_lines(text, values);
  const bool quoted =
      bare.size() > short_quoted && bare.front() == bare.back() && (bare.front() == '"' || bare.front() == '\'');
  if (quoted) values.push_back({text.substr(1, text.size() - 2), least});
  return values;
}

}  // namespace lifecycle::mask
