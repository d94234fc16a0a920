// yaml-cpp is used through its events only: its nodes know neither columns in characters nor duplicate keys,
// share aliased subtrees without a bound and drop what follows the first document. What it reads otherwise than
// YAML 1.2 is put right in tree_builder.cc.
#include "agent/ops/yaml_tree.h"

#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/mark.h>
#include <yaml-cpp/parser.h>

#include <algorithm>
#include <istream>
#include <streambuf>

#include "agent/ops/tree_builder.h"
#include "agent/ops/yaml_errors.h"
#include "agent/ops/yaml_limits.h"

namespace lifecycle::ops {
namespace {

/// Reads from memory without a copy.
class ViewBuffer final : public std::streambuf {
 public:
  explicit ViewBuffer(std::string_view text) {
    char* begin = const_cast<char*>(text.data());  // a get area is never written to
    setg(begin, begin, begin + text.size());
  }
};

/// Blanks behind the last line end mean nothing; yaml-cpp 0.7 puts them at the end of a folded block.
std::string_view without_blank_end(std::string_view text) {
  const std::size_t end = text.find_last_not_of(" \t");
  if (end == std::string_view::npos || text[end] != '\n') return text;
  return text.substr(0, end + 1);
}

class BuildingHandler final : public YAML::EventHandler {
 public:
  BuildingHandler(const SourceText& source, TreeBuilder& builder) : source_(source), builder_(builder) {}

  void OnDocumentStart(const YAML::Mark& /*mark*/) override {}
  void OnDocumentEnd() override {}
  void OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) override { builder_.null(offset(mark), anchor); }
  void OnAlias(const YAML::Mark& mark, YAML::anchor_t anchor) override { builder_.alias(offset(mark), anchor); }
  void OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                const std::string& value) override {
    builder_.scalar(offset(mark), tag, anchor, value);
  }
  void OnSequenceStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                       YAML::EmitterStyle::value style) override {
    builder_.start(NodeKind::list, offset(mark), tag, anchor, style == YAML::EmitterStyle::Flow);
  }
  void OnMapStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                  YAML::EmitterStyle::value style) override {
    builder_.start(NodeKind::map, offset(mark), tag, anchor, style == YAML::EmitterStyle::Flow);
  }
  void OnSequenceEnd() override { builder_.finish(); }
  void OnMapEnd() override { builder_.finish(); }

 private:
  /// A mark counts columns in bytes; its position is the one thing to rely on.
  [[nodiscard]] std::size_t offset(const YAML::Mark& mark) const {
    const std::size_t size = source_.text().size();
    return mark.pos < 0 ? size : std::min(static_cast<std::size_t>(mark.pos), size);
  }

  const SourceText& source_;
  TreeBuilder& builder_;
};

/// Looks for a second document: its place, or nothing.
class DocumentProbe final : public YAML::EventHandler {
 public:
  void OnDocumentStart(const YAML::Mark& mark) override {
    at = mark.pos;
    throw ReadingEnded{};
  }
  void OnDocumentEnd() override {}
  void OnNull(const YAML::Mark& /*mark*/, YAML::anchor_t /*anchor*/) override {}
  void OnAlias(const YAML::Mark& /*mark*/, YAML::anchor_t /*anchor*/) override {}
  void OnScalar(const YAML::Mark& /*mark*/, const std::string& /*tag*/, YAML::anchor_t /*anchor*/,
                const std::string& /*value*/) override {}
  void OnSequenceStart(const YAML::Mark& /*mark*/, const std::string& /*tag*/, YAML::anchor_t /*anchor*/,
                       YAML::EmitterStyle::value /*style*/) override {}
  void OnSequenceEnd() override {}
  void OnMapStart(const YAML::Mark& /*mark*/, const std::string& /*tag*/, YAML::anchor_t /*anchor*/,
                  YAML::EmitterStyle::value /*style*/) override {}
  void OnMapEnd() override {}

  int at = -1;
};

void report_second_document(const SourceText& source, std::size_t at, Findings& findings) {
  const std::string_view text = source.text();
  const std::string_view line = source.line(source.line_of(at));
  if (line.starts_with("---") || line.starts_with("%")) {
    findings.add("yaml-several-documents", Severity::error, at, token_end(text, at, {}),
                 "a second document begins here; an ops.yml holds one",
                 "remove the '---', or move what follows to a file of its own");
    return;
  }
  findings.add("yaml-syntax", Severity::error, at, token_end(text, at, {}),
               "this belongs to nothing above it: the list or map of the file has ended before",
               "check the indentation of this line");
}

std::size_t error_offset(const SourceText& source, const YAML::Exception& error) {
  return error.mark.pos < 0 ? source.text().size() : static_cast<std::size_t>(error.mark.pos);
}

void report_error(const SourceText& source, const YAML::Exception& error, const TreeBuilder& builder,
                  Findings& findings) {
  const auto innermost = builder.innermost();
  YamlComplaint complaint =
      describe_yaml_error(source, error.msg, error_offset(source, error), innermost ? &*innermost : nullptr);
  findings.add(complaint.code, Severity::error, complaint.offset, complaint.end, std::move(complaint.message),
               std::move(complaint.hint));
}

}  // namespace

const YamlNode* YamlNode::find(std::string_view key) const {
  for (const YamlEntry& entry : entries) {
    if (entry.key != nullptr && entry.key->text == key) return entry.value;
  }
  return nullptr;
}

std::string_view print_node_kind(NodeKind kind) {
  switch (kind) {
    case NodeKind::null:
      return "nothing";
    case NodeKind::boolean:
      return "true or false";
    case NodeKind::integer:
    case NodeKind::real:
      return "a number";
    case NodeKind::text:
      return "a text";
    case NodeKind::list:
      return "a list";
    case NodeKind::map:
      break;
  }
  return "a map";
}

YamlDocument read_yaml(const SourceText& source, Findings& findings) {
  YamlDocument document;
  if (!check_yaml_bytes(source, findings)) return document;
  TreeBuilder builder(source, findings, document);
  BuildingHandler handler(source, builder);
  ViewBuffer buffer(without_blank_end(source.text()));
  std::istream stream(&buffer);
  YAML::Parser parser;
  try {
    parser.Load(stream);
    if (!parser.HandleNextDocument(handler)) return document;
  } catch (const ReadingEnded&) {
    document.root = nullptr;
    return document;
  } catch (const YAML::Exception& error) {
    report_error(source, error, builder, findings);
    document.root = nullptr;
    return document;
  }
  DocumentProbe probe;
  try {
    if (parser.HandleNextDocument(probe)) return document;
  } catch (const ReadingEnded&) {
    report_second_document(source, static_cast<std::size_t>(std::max(probe.at, 0)), findings);
  } catch (const YAML::Exception& error) {
    report_error(source, error, builder, findings);
  }
  return document;
}

}  // namespace lifecycle::ops
