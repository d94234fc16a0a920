// yaml-cpp is used through its events only: its nodes know neither columns in characters nor duplicate keys,
// share aliased subtrees without a bound and drop what follows the first document. What it reads otherwise than
// YAML 1.2 is put right here; docs/ops-yml.md lists what a user sees of that.
#include "agent/ops/yaml_tree.h"

#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/mark.h>
#include <yaml-cpp/parser.h>

#include <algorithm>
#include <istream>
#include <map>
#include <streambuf>

#include "agent/base/utf8.h"
#include "agent/ops/core_schema.h"
#include "agent/ops/yaml_errors.h"
#include "agent/ops/yaml_limits.h"

namespace lifecycle::ops {
namespace {

/// Thrown by the handler through the parser when an error leaves nothing to go on with.
struct Ended {};

NodeKind kind_of(ScalarKind kind) {
  switch (kind) {
    case ScalarKind::null:
      return NodeKind::null;
    case ScalarKind::boolean:
      return NodeKind::boolean;
    case ScalarKind::integer:
      return NodeKind::integer;
    case ScalarKind::real:
      return NodeKind::real;
    case ScalarKind::text:
      break;
  }
  return NodeKind::text;
}

/// A file has at most 4 MiB.
std::uint32_t narrow(std::size_t offset) { return static_cast<std::uint32_t>(offset); }

/// Reads from memory without a copy.
class ViewBuffer final : public std::streambuf {
 public:
  explicit ViewBuffer(std::string_view text) {
    char* begin = const_cast<char*>(text.data());  // a get area is never written to
    setg(begin, begin, begin + text.size());
  }
};

constexpr std::string_view core_tag = "tag:yaml.org,2002:";

class TreeBuilder final : public YAML::EventHandler {
 public:
  TreeBuilder(const SourceText& source, Findings& findings, YamlDocument& document)
      : source_(source), findings_(findings), document_(document) {}

  [[nodiscard]] OpenCollection innermost() const {
    return open_.empty() ? OpenCollection{}
                         : OpenCollection{open_.back().node->offset, open_.back().flow,
                                          open_.back().node->kind == NodeKind::list};
  }
  [[nodiscard]] bool has_open() const { return !open_.empty(); }

  void OnDocumentStart(const YAML::Mark& /*mark*/) override {}
  void OnDocumentEnd() override {}

  void OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) override {
    YamlNode& node = make(NodeKind::null, mark);
    node.end = narrow(token_end(source_.text(), node.offset, {}));
    place_null(node, offset_of(mark));
    remember(anchor, node);
    attach(node);
  }

  void OnAlias(const YAML::Mark& mark, YAML::anchor_t anchor) override {
    const std::size_t at = offset_of(mark);
    const auto known = anchors_.find(anchor);
    const std::size_t end = token_end(source_.text(), at, {});
    if (known == anchors_.end()) {
      // An anchor is known from its first byte on, its node only when it is complete.
      findings_.add(
          "yaml-alias", Severity::error, at, end,
          "the alias " + quoted(source_.text().substr(at, end - at)) + " stands inside the value that it names",
          "an alias can only name a value that ends before it");
      throw Ended{};
    }
    count(known->second->nodes, *known->second);
    attach(*known->second);
  }

  void OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                const std::string& value) override {
    YamlNode& node = make(NodeKind::text, mark);
    const bool starts_quoted = at_quote(node.offset);
    node.text = stored(value, starts_quoted ? node.offset + 1 : node.offset);
    node.kind = scalar_kind_of(tag, node);
    node.end = narrow(token_end(source_.text(), node.offset, starts_quoted ? std::string_view{} : node.text));
    if (starts_quoted) check_quoted(node);
    remember(anchor, node);
    attach(node);
  }

  void OnSequenceStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                       YAML::EmitterStyle::value style) override {
    start(NodeKind::list, mark, tag, anchor, style);
  }
  void OnMapStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                  YAML::EmitterStyle::value style) override {
    start(NodeKind::map, mark, tag, anchor, style);
  }
  void OnSequenceEnd() override { finish(); }
  void OnMapEnd() override { finish(); }

 private:
  struct Open {
    YamlNode* node;
    const YamlNode* key;  // of a map: whose value comes next
    YAML::anchor_t anchor;
    bool flow;
  };

  [[nodiscard]] std::size_t offset_of(const YAML::Mark& mark) const {
    return mark.pos < 0 ? source_.text().size() : std::min(static_cast<std::size_t>(mark.pos), source_.text().size());
  }

  [[nodiscard]] bool at_quote(std::size_t offset) const {
    const std::string_view text = source_.text();
    return offset < text.size() && (text[offset] == '"' || text[offset] == '\'');
  }

  YamlNode& make(NodeKind kind, const YAML::Mark& mark) {
    YamlNode& node = document_.nodes.emplace_back();
    node.kind = kind;
    node.offset = narrow(skip_properties(source_.text(), offset_of(mark)));
    if (open_.size() >= most_yaml_depth) refuse_depth(node.offset, node.offset + 1);
    count(1, node);
    return node;
  }

  void refuse_depth(std::size_t offset, std::size_t end) {
    findings_.add("yaml-too-deep", Severity::error, offset, end, "lists and maps are nested more than 64 deep",
                  "an ops.yml needs no more than 8");
    throw Ended{};
  }

  /// The parser marks an absent value where the next token stands; a person looks at its key or dash.
  void place_null(YamlNode& node, std::size_t at) {
    if (open_.empty()) return;
    const Open& parent = open_.back();
    if (parent.node->kind == NodeKind::map) {
      if (parent.key == nullptr) return;
      if (!parent.flow) require_colon(*parent.key);
      node.offset = parent.key->offset;
      node.end = parent.key->end;
      return;
    }
    if (parent.flow) {
      if (at < source_.text().size() && source_.text()[at] == ',') {
        findings_.add("yaml-syntax", Severity::error, at, at + 1, "a ',' stands where an entry of the list is expected",
                      "remove one of the commas");
        throw Ended{};
      }
      return;
    }
    const std::string_view text = source_.text();
    const bool written = scalar_kind(text.substr(at, token_end(text, at, {}) - at)) == ScalarKind::null;
    if (written && at < text.size() && text[at] != '-') return;
    node.offset = narrow(find_dash(*parent.node, at));
    node.end = narrow(std::min<std::size_t>(node.offset + 1, text.size()));
  }

  /// yaml-cpp 0.7 takes a lone text behind a map for a key without a value.
  void require_colon(const YamlNode& key) {
    const std::string_view text = source_.text();
    std::size_t after = key.is_scalar() && at_quote(key.offset) ? quoted_close(text, key.offset) : key.end;
    after = text.find_first_not_of(" \t", std::min(after, text.size()));
    if (after < text.size() && text[after] == ':') return;
    const std::size_t before = key.offset == 0 ? std::string_view::npos : text.find_last_not_of(" \t", key.offset - 1);
    if (before != std::string_view::npos && text[before] == '?') return;  // `? key` needs no value
    findings_.add("yaml-syntax", Severity::error, key.offset, key.end, "a ':' is expected behind this key",
                  "write 'key: value', or indent the line if it continues the text above");
    throw Ended{};
  }

  /// The dash of an empty entry: the nearest line above that is neither blank nor a comment begins with it.
  [[nodiscard]] std::size_t find_dash(const YamlNode& list, std::size_t before) const {
    const std::size_t column = list.offset - source_.line_start(source_.line_of(list.offset));
    for (int line = source_.line_of(before == 0 ? 0 : before - 1); line >= source_.line_of(list.offset); --line) {
      const std::string_view written = source_.line(line);
      const std::size_t first = written.find_first_not_of(' ');
      if (first == std::string_view::npos || written[first] == '#') continue;
      const std::size_t dash = source_.line_start(line) + column;
      if (written.size() > column && written[column] == '-' && dash < before) return dash;
    }
    return list.offset;
  }

  NodeKind scalar_kind_of(std::string_view tag, YamlNode& node) {
    if (tag == "?") return kind_of(scalar_kind(node.text));
    if (tag == "!" || tag == core_tag) return NodeKind::text;
    if (tag.starts_with(core_tag)) {
      const std::string_view type = tag.substr(core_tag.size());
      const NodeKind meant = kind_of(scalar_kind(node.text));
      if (type == "str") return NodeKind::text;
      if (type == "null" && meant == NodeKind::null) return meant;
      if (type == "bool" && meant == NodeKind::boolean) return meant;
      if (type == "int" && meant == NodeKind::integer) return meant;
      if (type == "float" && (meant == NodeKind::real || meant == NodeKind::integer)) return NodeKind::real;
    }
    warn_of_tag(tag, node.offset);
    return NodeKind::text;
  }

  void warn_of_tag(std::string_view tag, std::size_t content) {
    // The tag stands before the content, perhaps behind an anchor: look for it back to the line's start.
    const std::string_view text = source_.text();
    std::size_t at = text.rfind('!', content);
    while (at != std::string_view::npos && at > 0 && text[at - 1] == '!') --at;
    if (at == std::string_view::npos) at = content;
    std::size_t end = at;
    while (end < text.size() && text[end] != ' ' && text[end] != '\n' && text[end] != '\r') ++end;
    if (tag.starts_with(core_tag)) {
      findings_.add(
          "yaml-tag", Severity::warning, at, end,
          "the tag " + quoted(text.substr(at, end - at)) + " does not fit its value, which is read as a text");
    } else {
      findings_.add(
          "yaml-tag", Severity::warning, at, end,
          "the tag " + quoted(text.substr(at, end - at)) + " means nothing here; its value is read without it");
    }
  }

  /// The value where the source has it word for word, else a copy.
  std::string_view stored(const std::string& value, std::size_t offset) {
    const std::string_view written = source_.text().substr(std::min(offset, source_.text().size()), value.size());
    if (written == value) return written;
    return mend_escapes(document_.texts.emplace_back(value));
  }

  /// yaml-cpp 0.7 writes the bytes 0x85 and 0xA0 for the escapes \N and \_, not their UTF-8 (exp.cpp).
  static std::string_view mend_escapes(std::string& text) {
    std::size_t at = 0;
    for (std::size_t next = first_invalid_utf8(text); next != std::string_view::npos;
         next = first_invalid_utf8(std::string_view(text).substr(at))) {
      text.insert(at + next, 1, '\xC2');
      at += next + 2;
    }
    return text;
  }

  /// yaml-cpp 0.7 takes the end of the file for the closing quote when a line end stands before it.
  void check_quoted(const YamlNode& node) {
    if (quoted_close(source_.text(), node.offset) == std::string_view::npos) {
      findings_.add("yaml-syntax", Severity::error, node.offset, node.offset + 1,
                    "the quoted text that begins here is not closed before the end of the file",
                    "add the closing quote; within single quotes write '' for one");
      throw Ended{};
    }
    if (node.text.find('\0') == std::string_view::npos) return;
    findings_.add("yaml-control-character", Severity::error, node.offset, node.end,
                  "the text holds an escaped NUL, which no variable and no argument can carry", "remove the escape");
  }

  void start(NodeKind kind, const YAML::Mark& mark, std::string_view tag, YAML::anchor_t anchor,
             YAML::EmitterStyle::value style) {
    YamlNode& node = make(kind, mark);
    node.end = narrow(token_end(source_.text(), node.offset, {}));
    const std::string_view own = kind == NodeKind::list ? "seq" : "map";
    const bool plain = tag == "?" || tag == "!" || tag == core_tag;
    if (!plain && !(tag.starts_with(core_tag) && tag.substr(core_tag.size()) == own)) warn_of_tag(tag, node.offset);
    open_.push_back({&node, nullptr, anchor, style == YAML::EmitterStyle::Flow});
  }

  void finish() {
    const Open closed = open_.back();
    open_.pop_back();
    if (closed.node->kind == NodeKind::map) drop_duplicates(*closed.node);
    remember(closed.anchor, *closed.node);
    attach(*closed.node);
  }

  void remember(YAML::anchor_t anchor, const YamlNode& node) {
    if (anchor != YAML::NullAnchor) anchors_[anchor] = &node;
  }

  void attach(const YamlNode& node) {
    if (open_.empty()) {
      document_.root = &node;
      return;
    }
    Open& parent = open_.back();
    if (open_.size() + node.depth > most_yaml_depth) refuse_depth(node.offset, node.end);
    parent.node->nodes += node.nodes;
    parent.node->depth = std::max(parent.node->depth, static_cast<std::uint8_t>(node.depth + 1));
    if (parent.node->kind == NodeKind::list) {
      parent.node->entries.push_back({nullptr, &node});
    } else if (parent.key == nullptr) {
      check_key(node);
      parent.key = &node;
    } else {
      parent.node->entries.push_back({parent.key, &node});
      parent.key = nullptr;
    }
  }

  /// Aliases count with all that they name: a file of a few lines can name itself a million times over.
  void count(std::size_t nodes, const YamlNode& node) {
    total_ += nodes;
    if (total_ <= most_yaml_nodes) return;
    findings_.add("yaml-too-large", Severity::error, node.offset, node.end,
                  "the file has more than 100000 values, aliases followed", "repeat less through aliases");
    throw Ended{};
  }

  void check_key(const YamlNode& node) {
    if (!node.is_scalar() || node.is_null()) {
      findings_.add("yaml-key", Severity::error, node.offset, node.end,
                    "a key of a map must be a text, not " + std::string(print_node_kind(node.kind)),
                    "quote a text that begins with '{', '[' or '?'");
      return;
    }
    if (node.text == "<<" && !at_quote(node.offset)) {
      findings_.add("yaml-merge-key", Severity::error, node.offset, node.end,
                    "'<<' merges nothing: YAML 1.2 has no merge key, the platform reads it as any other key",
                    "write the keys out, or let an alias stand for a whole value: 'env: *shared'");
    }
  }

  void drop_duplicates(YamlNode& map) {
    std::vector<YamlEntry>& entries = map.entries;
    std::map<std::string_view, const YamlNode*> seen_many;
    const bool many = entries.size() > 24;
    const auto first_of = [&](std::size_t i) -> const YamlNode* {
      if (many) return seen_many.emplace(entries[i].key->text, entries[i].key).first->second;
      for (std::size_t j = 0; j < i; ++j) {
        if (entries[j].key->text == entries[i].key->text) return entries[j].key;
      }
      return entries[i].key;
    };
    std::vector<YamlEntry> kept;
    for (std::size_t i = 0; i < entries.size(); ++i) {
      const YamlNode* key = entries[i].key;
      const YamlNode* first = key->is_scalar() && !key->is_null() ? first_of(i) : key;
      if (first == key) {
        if (!kept.empty()) kept.push_back(entries[i]);
        continue;
      }
      findings_.add("ops-duplicate-key", Severity::error, key->offset, key->end,
                    "duplicate key " + quoted(key->text) + ", first set at line " +
                        std::to_string(source_.line_of(first->offset)),
                    "keep one of them");
      if (kept.empty()) kept.assign(entries.begin(), entries.begin() + static_cast<std::ptrdiff_t>(i));
    }
    if (!kept.empty()) entries = std::move(kept);
  }

  const SourceText& source_;
  Findings& findings_;
  YamlDocument& document_;
  std::vector<Open> open_;
  std::map<YAML::anchor_t, const YamlNode*> anchors_;
  std::size_t total_ = 0;
};

/// Looks for a second document: its place, or nothing.
class DocumentProbe final : public YAML::EventHandler {
 public:
  void OnDocumentStart(const YAML::Mark& mark) override {
    at = mark.pos;
    throw Ended{};
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
  const OpenCollection innermost = builder.innermost();
  YamlComplaint complaint =
      describe_yaml_error(source, error.msg, error_offset(source, error), builder.has_open() ? &innermost : nullptr);
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
  ViewBuffer buffer(source.text());
  std::istream stream(&buffer);
  YAML::Parser parser;
  try {
    parser.Load(stream);
    if (!parser.HandleNextDocument(builder)) return document;
  } catch (const Ended&) {
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
  } catch (const Ended&) {
    report_second_document(source, static_cast<std::size_t>(std::max(probe.at, 0)), findings);
  } catch (const YAML::Exception& error) {
    report_error(source, error, builder, findings);
  }
  return document;
}

}  // namespace lifecycle::ops
