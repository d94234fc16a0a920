#include "agent/ops/yaml_errors.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdint>
#include <optional>
#include <string>

#include "agent/ops/findings.h"

namespace lifecycle::ops {
namespace {

enum class Rule {
  directive,
  map_entry,
  list_entry,
  open_flow,
  properties,
  escape,
  token,
  open_quote,
  tab,
  closing_bracket,
  dash,
  question_mark,
  colon,
  alias,
  anchor,
  block_header,
  depth
};

struct Said {
  std::string_view words;  // yaml-cpp 0.7, exceptions.h: how the message begins
  Rule rule;
};

constexpr std::array said_by_yaml_cpp{
    Said{"end of map flow not found", Rule::open_flow},
    Said{"end of sequence flow not found", Rule::open_flow},
    Said{"end of map not found", Rule::map_entry},
    Said{"end of sequence not found", Rule::list_entry},
    Said{"illegal map value", Rule::colon},
    Said{"illegal map key", Rule::question_mark},
    Said{"illegal block entry", Rule::dash},
    Said{"illegal flow end", Rule::closing_bracket},
    Said{"illegal EOF in scalar", Rule::open_quote},
    Said{"illegal document indicator in scalar", Rule::open_quote},
    Said{"illegal tab", Rule::tab},
    Said{"unknown token", Rule::token},
    Said{"unknown escape character", Rule::escape},
    Said{"bad character found while scanning hex number", Rule::escape},
    Said{"invalid unicode", Rule::escape},
    Said{"the referenced anchor is not defined", Rule::alias},
    Said{"alias not found after", Rule::alias},
    Said{"illegal character found while scanning alias", Rule::alias},
    Said{"anchor not found after", Rule::anchor},
    Said{"illegal character found while scanning anchor", Rule::anchor},
    Said{"unexpected character in block scalar", Rule::block_header},
    Said{"cannot set zero indentation", Rule::block_header},
    Said{"bad file", Rule::depth},
    Said{"cannot assign multiple", Rule::properties},
    Said{"tag handle with no suffix", Rule::properties},
    Said{"end of verbatim tag", Rule::properties},
    Said{"illegal character found while scanning tag handle", Rule::properties},
    Said{"YAML", Rule::directive},
    Said{"bad YAML version", Rule::directive},
    Said{"TAG", Rule::directive},
    Said{"repeated", Rule::directive},
};

std::string line_of(const SourceText& source, std::size_t offset) { return std::to_string(source.line_of(offset)); }

/// Whether a tab stands among the blanks with which the line of `offset` begins, or right behind its dash.
bool indents_with_tab(const SourceText& source, std::size_t offset) {
  for (const char c : source.line(source.line_of(offset))) {
    if (c == '\t') return true;
    if (c != ' ' && c != '-') return false;
  }
  return false;
}

std::size_t tab_in(const SourceText& source, std::size_t offset) {
  return source.text().find('\t', source.line_start(source.line_of(offset)));
}

void describe_open(const SourceText& source, const OpenCollection* open, YamlComplaint& complaint) {
  if (open == nullptr || !open->flow) {
    complaint.message = "a bracket that was opened before is not closed here";
    complaint.hint = "close it with ']' or '}', or put a ',' between two entries";
    return;
  }
  const std::string_view bracket = open->list ? "[" : "{";
  const std::string_view closing = open->list ? "]" : "}";
  complaint.message = "the '" + std::string(bracket) + "' of line " + line_of(source, open->offset) +
                      " is not closed where a ',' or '" + std::string(closing) + "' is expected";
  complaint.hint = "quote a text that contains any of [ ] { } , : and close the bracket";
}

/// Points at the quote that nothing closes; the parser is already at the end of the file.
void find_open_quote(std::string_view text, std::size_t from, YamlComplaint& complaint) {
  for (std::size_t at = text.find_first_of("'\"", from); at != std::string_view::npos;
       at = text.find_first_of("'\"", at)) {
    const bool begins = at == 0 || std::string_view(" \t\n[{,").find(text[at - 1]) != std::string_view::npos;
    const std::size_t close = begins ? quoted_close(text, at) : at + 1;
    if (close == std::string_view::npos) {
      complaint.offset = at;
      complaint.end = at + 1;
      return;
    }
    at = close;
  }
}

void describe_token(const SourceText& source, YamlComplaint& complaint) {
  const char first = complaint.offset < source.text().size() ? source.text()[complaint.offset] : ' ';
  complaint.message = std::string("an unquoted text cannot begin with '") + first + "'";
  complaint.hint = "put the text in quotes";
  if (first == '\t') {
    complaint.message = "a tab stands where the indentation or a value is expected";
    complaint.hint = "use blanks";
  }
}

void describe_colon(const SourceText& source, YamlComplaint& complaint) {
  complaint.message = "a ':' cannot stand here";
  complaint.hint = "quote the whole text when ': ' belongs to it, else check the indentation of this line";
  const std::string_view before = source.line(source.line_of(complaint.offset));
  if (before.find(": ") < before.rfind(':')) complaint.message = "a second ':' stands in the line";
}

/// The number of the four hex digits behind a `\\u` at `at`.
std::optional<std::uint32_t> utf16_escape(std::string_view text, std::size_t at) {
  if (at > text.size() || !text.substr(at).starts_with("\\u")) return std::nullopt;
  const std::string_view digits = text.substr(at + 2, 4);
  std::uint32_t value = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value, 16);
  const bool whole = digits.size() == 4 && error == std::errc() && end == digits.data() + digits.size();
  return whole ? std::optional(value) : std::nullopt;
}

/// `\\U0001F680`
std::string long_escape(std::uint32_t character) {
  constexpr std::string_view digits = "0123456789ABCDEF";
  std::string text = "\\U";
  for (int shift = 28; shift >= 0; shift -= 4) text += digits[(character >> static_cast<unsigned>(shift)) & 0xFU];
  return text;
}

/// YAML 1.2, 5.7: an escape is a character of Unicode. JSON's of UTF-16 may be half of one.
bool describe_half_character(std::string_view text, YamlComplaint& complaint) {
  const auto half = utf16_escape(text, complaint.offset);
  if (!half || *half < 0xD800 || *half > 0xDFFF) return false;
  constexpr std::size_t size = 6;
  const auto other = utf16_escape(text, complaint.offset + size);
  complaint.end = complaint.offset + size;
  complaint.message =
      in_quotes(text.substr(complaint.offset, size)) + " is half of a character, which YAML cannot read";
  if (*half < 0xDC00 && other && *other >= 0xDC00 && *other <= 0xDFFF) {
    const std::uint32_t character = 0x10000 + ((*half - 0xD800) << 10U) + (*other - 0xDC00);
    complaint.end += size;
    complaint.message = "two escapes for one character, as in JSON, which YAML cannot read";
    complaint.hint = "write the character itself, or " + long_escape(character);
    return true;
  }
  complaint.hint = "write the whole character itself";
  return true;
}

/// The parser stops behind the escape.
void describe_escape(std::string_view text, std::size_t offset, YamlComplaint& complaint) {
  const std::size_t slash = text.rfind('\\', offset == 0 ? 0 : offset - 1);
  if (slash != std::string_view::npos && offset - slash <= 10) {
    complaint.offset = slash;
    complaint.end = std::min(slash + 2, text.size());
  }
  if (describe_half_character(text, complaint)) return;
  complaint.message = "an escape that double-quoted text does not know";
  complaint.hint = "use single quotes, in which a backslash is only a backslash, or write it twice";
}

}  // namespace

YamlComplaint describe_yaml_error(const SourceText& source, std::string_view said, std::size_t offset,
                                  const OpenCollection* innermost) {
  const std::string_view text = source.text();
  if (offset >= text.size())
    offset = text.find_last_not_of(" \t\r\n") == std::string_view::npos ? 0 : text.find_last_not_of(" \t\r\n");
  YamlComplaint complaint{"yaml-syntax", offset, token_end(text, offset, {}), {}, {}};
  const auto* known = std::find_if(said_by_yaml_cpp.begin(), said_by_yaml_cpp.end(),
                                   [&](const Said& row) { return said.starts_with(row.words); });
  if (known == said_by_yaml_cpp.end()) {
    complaint.message = "the text is not YAML from here on";
    complaint.hint = "quote texts that contain any of : # [ ] { } & * ! | > ' \" % @ `";
    return complaint;
  }
  const bool depends_on_blanks = known->rule == Rule::colon || known->rule == Rule::dash ||
                                 known->rule == Rule::map_entry || known->rule == Rule::list_entry ||
                                 known->rule == Rule::question_mark;
  if (known->rule == Rule::tab || (depends_on_blanks && indents_with_tab(source, offset))) {
    complaint.offset = std::min(tab_in(source, offset), text.size() - 1);
    complaint.end = complaint.offset + 1;
    complaint.message = "a tab stands in the indentation; YAML indents with blanks only";
    complaint.hint = "replace each tab by two blanks";
    return complaint;
  }
  switch (known->rule) {
    case Rule::directive:
      complaint.message = "the directive is not well formed";
      complaint.hint = "remove the line: an ops.yml needs no directive";
      break;
    case Rule::map_entry:
      complaint.message = "this continues nothing: a 'key: value' of the map that begins at line " +
                          line_of(source, innermost == nullptr ? 0 : innermost->offset) + " is expected";
      complaint.hint = "check the indentation of this line";
      break;
    case Rule::list_entry:
      complaint.message = "this continues nothing: a '- ' of the list that begins at line " +
                          line_of(source, innermost == nullptr ? 0 : innermost->offset) + " is expected";
      complaint.hint = "check the indentation of this line";
      break;
    case Rule::open_flow:
      describe_open(source, innermost, complaint);
      break;
    case Rule::properties:
      complaint.message = "a tag or anchor that is not well formed";
      complaint.hint = "put the text in quotes if the '!' or '&' belongs to it";
      break;
    case Rule::escape:
      describe_escape(text, offset, complaint);
      break;
    case Rule::token:
      describe_token(source, complaint);
      break;
    case Rule::open_quote:
      find_open_quote(text, innermost == nullptr ? 0 : innermost->offset, complaint);
      complaint.message = "a quoted text that begins here is not closed";
      complaint.hint = "add the closing quote; within single quotes write '' for one";
      break;
    case Rule::closing_bracket:
      complaint.message = "a bracket that does not close the one that is open";
      complaint.hint = "put the text in quotes if the bracket belongs to it";
      break;
    case Rule::dash:
      complaint.message = "a '- ' cannot stand here";
      complaint.hint = "a list begins on a line of its own below its key";
      break;
    case Rule::question_mark:
      complaint.message = "a '? ' cannot stand here";
      complaint.hint = "put the text in quotes";
      break;
    case Rule::colon:
      describe_colon(source, complaint);
      break;
    case Rule::alias:
      complaint.code = "yaml-alias";
      complaint.message =
          "the alias " + in_quotes(text.substr(offset, complaint.end - offset)) + " names no anchor above it";
      complaint.hint = "put the text in quotes if the '*' belongs to it";
      break;
    case Rule::anchor:
      complaint.message = "an anchor that is not well formed";
      complaint.hint = "put the text in quotes if the '&' belongs to it";
      break;
    case Rule::block_header:
      complaint.message = "text stands behind the '|' or '>' that begins a block";
      complaint.hint = "begin the text on the next line, further indented";
      break;
    case Rule::depth:
    case Rule::tab:
      complaint.code = "yaml-too-deep";
      complaint.message = "lists and maps are nested more than 64 deep";
      break;
  }
  return complaint;
}

}  // namespace lifecycle::ops
