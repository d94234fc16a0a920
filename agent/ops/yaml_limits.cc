#include "agent/ops/yaml_limits.h"

#include <array>
#include <optional>

#include "agent/base/utf8.h"

namespace lifecycle::ops {
namespace {

/// The parser keeps the tokens of a whole flow list or of a line in memory before it hands out the first.
/// Each begins with one of these; ten for each node that is allowed is more than any file of texts has.
constexpr std::string_view indicators = "[]{},?:&*!'\"-";
constexpr std::size_t most_indicators = 10 * most_yaml_nodes;
constexpr std::array<std::string_view, 2> noncharacters{"\xEF\xBF\xBE", "\xEF\xBF\xBF"};
constexpr std::size_t most_open_brackets = 10'000;

std::string print_hexadecimal(unsigned char byte) {
  constexpr std::string_view digits = "0123456789ABCDEF";
  return {'0', 'x', digits[byte >> 4U], digits[byte & 0xFU]};
}

/// YAML 1.2, 5.1: tab, line feed and the carriage return of a CRLF are the only control characters.
std::optional<std::size_t> find_control_byte(std::string_view text) {
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto byte = static_cast<unsigned char>(text[i]);
    if (byte >= 0x20 && byte < 0x7F) continue;
    if (byte == '\t' || byte == '\n') continue;
    if (byte == '\r' && i + 1 < text.size() && text[i + 1] == '\n') continue;
    if (byte < 0x20 || byte == 0x7F) return i;
    const auto next = i + 1 < text.size() ? static_cast<unsigned char>(text[i + 1]) : 0;
    if (byte == 0xC2 && next >= 0x80 && next < 0xA0 && next != 0x85) return i;  // the C1 set, without NEL
    const std::string_view three = text.substr(i, 3);
    if (three == "\xEF\xBB\xBF" || three == noncharacters[0] || three == noncharacters[1]) return i;
  }
  return std::nullopt;
}

std::string name_control_byte(std::string_view text, std::size_t at) {
  const auto byte = static_cast<unsigned char>(text[at]);
  if (byte == 0) return "a NUL byte";
  if (byte == '\r') return "a carriage return that no line feed follows";
  if (byte == 0xEF && text[at + 1] == '\xBB') return "a byte order mark inside the file";
  if (byte == 0xEF) return "U+FFFE or U+FFFF, which is no character,";
  return "the control character " + print_hexadecimal(byte == 0xC2 ? static_cast<unsigned char>(text[at + 1]) : byte);
}

bool has_too_many_tokens(std::string_view text) {
  std::array<bool, 256> counts{};
  for (const char c : indicators) counts[static_cast<unsigned char>(c)] = true;
  std::size_t count = 0;
  std::size_t open = 0;
  for (const char c : text) {
    if (!counts[static_cast<unsigned char>(c)]) continue;
    ++count;
    if (c == '[' || c == '{') ++open;
    if ((c == ']' || c == '}') && open > 0) --open;
    if (open > most_open_brackets) return true;
  }
  return count > most_indicators;
}

}  // namespace

bool check_yaml_bytes(const SourceText& source, Findings& findings) {
  const std::string_view text = source.text();
  const SourcePlace whole{source.path(), 0, 0, 0};
  if (text.size() > most_yaml_bytes) {
    findings.add("yaml-too-large", Severity::error, whole,
                 "the file has " + std::to_string(text.size()) + " bytes; at most 4 MiB are read",
                 "an ops.yml of 1000 workflows has about 0.3 MiB: is this the file that you meant?");
    return false;
  }
  if (const std::size_t invalid = first_invalid_utf8(text); invalid != std::string_view::npos) {
    findings.add("yaml-encoding", Severity::error, invalid, invalid + 1,
                 "the byte " + print_hexadecimal(static_cast<unsigned char>(text[invalid])) + " is no UTF-8",
                 "save the file as UTF-8");
    return false;
  }
  if (const auto control = find_control_byte(text)) {
    findings.add("yaml-control-character", Severity::error, *control, *control + 1,
                 name_control_byte(text, *control) + " stands in the file; YAML allows no such character",
                 "remove it, or write it as an escape in double quotes");
    return false;
  }
  if (has_too_many_tokens(text)) {
    findings.add("yaml-too-large", Severity::error, whole, "the file has more than 100000 values");
    return false;
  }
  return true;
}

}  // namespace lifecycle::ops
