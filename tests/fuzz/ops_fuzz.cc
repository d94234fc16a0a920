// read_ops against any bytes: it ends, keeps its bounds, and agrees with libyaml on what is YAML and which scalars
// stand in it.
//
// Differences that are meant, where libyaml (YAML 1.1) and an ops.yml (YAML 1.2) part, are listed in `differs`.
#include <yaml.h>

#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>
#include <vector>

#include "agent/base/utf8.h"
#include "agent/ops/findings.h"
#include "agent/ops/ops_file.h"
#include "agent/ops/source_text.h"
#include "agent/ops/yaml_tree.h"

namespace {

using lifecycle::ops::YamlEntry;
using lifecycle::ops::YamlNode;

struct OracleReading {
  bool accepted = false;
  bool has_alias = false;
  std::string problem;
  std::vector<std::string> scalars;  // of the first document
};

OracleReading ask_libyaml(std::string_view text) {
  OracleReading reading;
  yaml_parser_t parser;
  if (yaml_parser_initialize(&parser) == 0) std::abort();
  yaml_parser_set_encoding(&parser, YAML_UTF8_ENCODING);
  yaml_parser_set_input_string(&parser, reinterpret_cast<const unsigned char*>(text.data()), text.size());
  int documents = 0;
  for (bool more = true; more;) {
    yaml_event_t event;
    if (yaml_parser_parse(&parser, &event) == 0) {
      reading.problem = parser.problem == nullptr ? "?" : parser.problem;
      yaml_parser_delete(&parser);
      return reading;
    }
    if (event.type == YAML_DOCUMENT_START_EVENT) ++documents;
    if (event.type == YAML_ALIAS_EVENT) reading.has_alias = true;
    if (event.type == YAML_SCALAR_EVENT) {
      reading.scalars.emplace_back(reinterpret_cast<const char*>(event.data.scalar.value), event.data.scalar.length);
    }
    more = event.type != YAML_STREAM_END_EVENT;
    yaml_event_delete(&event);
  }
  yaml_parser_delete(&parser);
  reading.accepted = documents <= 1;
  if (documents > 1) reading.problem = "several documents";
  return reading;
}

void collect(const YamlNode& node, std::vector<std::string>& scalars) {
  if (node.is_scalar()) scalars.emplace_back(node.text);
  for (const YamlEntry& entry : node.entries) {
    if (entry.key != nullptr) collect(*entry.key, scalars);
    collect(*entry.value, scalars);
  }
}

/// Within brackets a plain text may begin with ':' in YAML 1.2 (rule ns-plain-first), not in libyaml.
bool has_colon_first(std::string_view text) {
  for (std::size_t at = text.find_first_of("[{,"); at != std::string_view::npos;
       at = text.find_first_of("[{,", at + 1)) {
    const std::size_t next = text.find_first_not_of(" \r\n", at + 1);
    if (next != std::string_view::npos && text[next] == ':') return true;
  }
  return false;
}

/// Texts on which the two are known to part, so that nothing can be compared.
bool differs(std::string_view text) {
  const auto holds = [&](std::string_view part) { return text.find(part) != std::string_view::npos; };
  // Blanks at the very end are no text here, and part of a block in libyaml where they are many enough.
  if (text.ends_with(' ')) return true;
  return holds("\xC2\x85") || holds("\xE2\x80\xA8") || holds("\xE2\x80\xA9") ||  // line ends in YAML 1.1 only
         holds("%") || holds("!") || holds("&") || holds("*") || holds("?") ||   // directives, tags, anchors, '?' keys
         has_colon_first(text) || holds("\t");                                   // tabs: libyaml refuses more of them
}

/// yaml-cpp 0.7 keeps one line end of those that blank lines leave at the end of a quoted text.
bool differs_in_final_lines(std::string_view ours, std::string_view theirs) {
  if (!ours.ends_with('\n') || !theirs.starts_with(ours)) return false;
  return theirs.find_first_not_of('\n', ours.size()) == std::string_view::npos;
}

bool same_scalars(const std::vector<std::string>& ours, const std::vector<std::string>& theirs) {
  if (ours.size() != theirs.size()) return false;
  for (std::size_t i = 0; i < ours.size(); ++i) {
    if (ours[i] != theirs[i] && !differs_in_final_lines(ours[i], theirs[i])) return false;
  }
  return true;
}

bool has_no_written_null(const std::vector<std::string>& scalars) {
  for (const std::string& scalar : scalars) {
    if (scalar == "~" || scalar == "null" || scalar == "Null" || scalar == "NULL") return false;
  }
  return true;
}

[[noreturn]] void complain(const char* what, const OracleReading& oracle, const std::vector<std::string>& ours) {
  std::fprintf(stderr, "%s (libyaml: %s)\n", what, oracle.problem.c_str());
  for (const std::string& scalar : oracle.scalars) std::fprintf(stderr, "  libyaml [%s]\n", scalar.c_str());
  for (const std::string& scalar : ours) std::fprintf(stderr, "  ours    [%s]\n", scalar.c_str());
  std::abort();
}

void check_reading(std::string_view text) {
  const lifecycle::ops::OpsReading reading = lifecycle::ops::read_ops(text, "ops.yml");
  if (reading.file.has_value() == reading.has_errors()) std::abort();
  for (const lifecycle::Diagnostic& found : reading.diagnostics) {
    if (found.message.empty() || found.place.line < 0 || found.place.column < 0) std::abort();
    if (lifecycle::first_invalid_utf8(found.message) != std::string_view::npos) std::abort();
    if (lifecycle::first_invalid_utf8(found.source_line) != std::string_view::npos) std::abort();
    const int width = lifecycle::count_characters(found.source_line);
    if (width > 0 && found.place.column > width + 1) std::abort();
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  check_reading(text);
  if (differs(text)) return 0;
  const lifecycle::ops::SourceText source(text, "ops.yml");
  lifecycle::ops::Findings findings(source);
  const lifecycle::ops::YamlDocument document = lifecycle::ops::read_yaml(source, findings);
  const bool accepted = !findings.has_errors();
  const OracleReading oracle = ask_libyaml(source.text());
  std::vector<std::string> scalars;
  if (document.root != nullptr) collect(*document.root, scalars);
  // `...` alone is an empty stream here and an error there; both are no ops.yml.
  if (document.root != nullptr && document.root->is_null()) return 0;
  // `[key:, other]`: in YAML 1.2 a pair (rule ns-plain-safe(c)), which libyaml refuses with these words.
  if (oracle.problem == "found unexpected ':'") return 0;
  if (!oracle.accepted && accepted) complain("accepted what libyaml refuses", oracle, scalars);
  // What is written as null has no text in our tree.
  if (oracle.accepted && accepted && has_no_written_null(oracle.scalars) && !same_scalars(scalars, oracle.scalars)) {
    complain("the scalars are not the same", oracle, scalars);
  }
  return 0;
}
