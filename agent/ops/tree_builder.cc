#include "agent/ops/tree_builder.h"

#include <algorithm>

#include "agent/base/utf8.h"
#include "agent/ops/core_schema.h"
#include "agent/ops/kept_lines.h"
#include "agent/ops/yaml_limits.h"

namespace lifecycle::ops {
namespace {

constexpr std::string_view core_tag = "tag:yaml.org,2002:";

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

bool is_plain(std::string_view tag) { return tag == "?" || tag == "!" || tag == core_tag; }

/// yaml-cpp 0.7 writes the bytes 0x85 and 0xA0 for the escapes \N and \_, not their UTF-8 (exp.cpp).
std::string_view mend_escapes(std::string& text) {
  std::size_t at = 0;
  for (std::size_t next = first_invalid_utf8(text); next != std::string_view::npos;
       next = first_invalid_utf8(std::string_view(text).substr(at))) {
    text.insert(at + next, 1, '\xC2');
    at += next + 2;
  }
  return text;
}

}  // namespace

std::optional<OpenCollection> TreeBuilder::innermost() const {
  if (open_.empty()) return std::nullopt;
  const Open& last = open_.back();
  return OpenCollection{last.node->offset, last.flow, last.node->kind == NodeKind::list};
}

void TreeBuilder::null(std::size_t offset, Anchor anchor) {
  YamlNode& node = make(NodeKind::null, offset);
  place_null(node, offset);
  remember(anchor, node);
  attach(node);
}

void TreeBuilder::alias(std::size_t offset, Anchor anchor) {
  const auto known = anchors_.find(anchor);
  if (known == anchors_.end()) {
    // An anchor is known from its first byte on, its node only when it is complete.
    const std::size_t end = token_end(source_.text(), offset, {});
    refuse("yaml-alias", offset, end,
           "the alias " + in_quotes(source_.text().substr(offset, end - offset)) +
               " stands inside the value that it names",
           "an alias can only name a value that ends before it");
  }
  check_indentation(offset, false);
  count(known->second->nodes, *known->second);
  count_repeated(*known->second, offset);
  attach(is_key_due() ? placed_key(*known->second, offset) : *known->second);
}

void TreeBuilder::scalar(std::size_t offset, std::string_view tag, Anchor anchor, const std::string& value) {
  check_indentation(offset, false);
  YamlNode& node = make(NodeKind::text, offset);
  node.quoted = at_quote(node.offset);
  const std::optional<std::string> mended = with_kept_lines(value, node.offset);
  node.text = stored(mended ? *mended : value, node.quoted ? node.offset + 1 : node.offset);
  node.bytes = narrow(node.text.size());
  node.kind = scalar_kind_of(tag, node);
  node.end = narrow(token_end(source_.text(), node.offset, node.quoted ? std::string_view{} : node.text));
  if (node.quoted) check_quoted(node);
  remember(anchor, node);
  attach(node);
}

void TreeBuilder::start(NodeKind kind, std::size_t offset, std::string_view tag, Anchor anchor, bool flow) {
  check_indentation(offset, kind == NodeKind::list && !flow);
  YamlNode& node = make(kind, offset);
  node.end = narrow(token_end(source_.text(), node.offset, {}));
  const std::string_view own = kind == NodeKind::list ? "seq" : "map";
  if (!is_plain(tag) && !(tag.starts_with(core_tag) && tag.substr(core_tag.size()) == own)) {
    warn_of_tag(tag, node.offset);
  }
  open_.push_back({&node, nullptr, anchor, flow, node.offset - source_.line_start(source_.line_of(node.offset))});
}

void TreeBuilder::finish() {
  const Open closed = open_.back();
  open_.pop_back();
  if (closed.node->kind == NodeKind::map) drop_duplicates(*closed.node);
  remember(closed.anchor, *closed.node);
  attach(*closed.node);
}

void TreeBuilder::refuse(std::string_view code, std::size_t offset, std::size_t end, std::string message,
                         std::string hint) {
  findings_.add(code, Severity::error, offset, end, std::move(message), std::move(hint));
  throw ReadingEnded{};
}

YamlNode& TreeBuilder::make(NodeKind kind, std::size_t offset) {
  YamlNode& node = document_.nodes.emplace_back();
  node.kind = kind;
  node.offset = narrow(skip_properties(source_.text(), offset));
  node.end = narrow(std::min<std::size_t>(node.offset + 1, source_.text().size()));
  if (open_.size() >= most_yaml_depth) refuse_depth(node);
  count(1, node);
  return node;
}

bool TreeBuilder::at_quote(std::size_t offset) const {
  const std::string_view text = source_.text();
  return offset < text.size() && (text[offset] == '"' || text[offset] == '\'');
}

/// Aliases count with all that they name: a file of a few lines can name itself a million times over.
void TreeBuilder::count(std::size_t nodes, const YamlNode& node) {
  total_ += nodes;
  if (total_ <= most_yaml_nodes) return;
  refuse("yaml-too-large", node.offset, node.end, "the file has more than 100000 values, aliases followed",
         "repeat less through aliases");
}

/// A few long texts in a list that is used often are no more nodes than short ones, but a multiple of the file.
void TreeBuilder::count_repeated(const YamlNode& node, std::size_t offset) {
  repeated_ += node.bytes;
  if (repeated_ <= most_repeated_bytes) return;
  refuse("yaml-too-large", offset, token_end(source_.text(), offset, {}),
         "aliases repeat more than 4 MiB of texts up to here", "repeat less through aliases");
}

bool TreeBuilder::is_key_due() const {
  return !open_.empty() && open_.back().node->kind == NodeKind::map && open_.back().key == nullptr;
}

/// What is said of a key is said of the place where it is used, not of the one where its anchor stands.
const YamlNode& TreeBuilder::placed_key(const YamlNode& named, std::size_t offset) {
  YamlNode& node = document_.nodes.emplace_back(named);
  node.offset = narrow(offset);
  node.end = narrow(token_end(source_.text(), offset, {}));
  return node;
}

void TreeBuilder::refuse_depth(const YamlNode& node) {
  refuse("yaml-too-deep", node.offset, node.end, "lists and maps are nested more than 64 deep",
         "an ops.yml needs no more than 8");
}

void TreeBuilder::remember(Anchor anchor, const YamlNode& node) {
  if (anchor != 0) anchors_[anchor] = &node;
}

void TreeBuilder::attach(const YamlNode& node) {
  if (open_.empty()) {
    document_.root = &node;
    return;
  }
  Open& parent = open_.back();
  if (open_.size() + node.depth > most_yaml_depth) refuse_depth(node);
  parent.node->nodes += node.nodes;
  parent.node->bytes += node.bytes;
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

/// A value on a line of its own stands further in than the key or dash that it belongs to; only a list may
/// stand below its key in the same column. yaml-cpp 0.7 takes any.
void TreeBuilder::check_indentation(std::size_t offset, bool block_list) {
  if (open_.empty() || open_.back().flow) return;
  const Open& parent = open_.back();
  const bool is_value = parent.node->kind == NodeKind::list || parent.key != nullptr;
  const std::size_t line = source_.line_start(source_.line_of(offset));
  const std::string_view before = source_.text().substr(line, offset - line);
  if (!is_value || before.find_first_not_of(" \t") != std::string_view::npos) return;
  if (before.size() > parent.column) return;
  if (block_list && parent.node->kind == NodeKind::map && before.size() == parent.column) return;
  refuse("yaml-syntax", offset, token_end(source_.text(), offset, {}),
         "this line continues nothing: a value stands further in than its key or dash",
         "indent the line, or write 'key: value' if it is a key of its own");
}

/// yaml-cpp 0.7 takes a lone text behind a map for a key without a value.
void TreeBuilder::require_colon(const YamlNode& key) {
  const std::string_view text = source_.text();
  std::size_t after = key.is_scalar() && at_quote(key.offset) ? quoted_close(text, key.offset) : key.end;
  after = text.find_first_not_of(" \t", std::min(after, text.size()));
  if (after < text.size() && text[after] == ':') return;
  const std::size_t before = key.offset == 0 ? std::string_view::npos : text.find_last_not_of(" \t", key.offset - 1);
  if (before != std::string_view::npos && text[before] == '?') return;  // `? key` needs no value
  refuse("yaml-syntax", key.offset, key.end, "a ':' is expected behind this key",
         "write 'key: value', or indent the line if it continues the text above");
}

/// yaml-cpp 0.7 takes the end of the file for the closing quote when a line end stands before it, and `\'` for an
/// escape, which it is not in YAML.
void TreeBuilder::check_quoted(const YamlNode& node) {
  const std::string_view text = source_.text();
  const std::size_t close = quoted_close(text, node.offset);
  if (close == std::string_view::npos) {
    refuse("yaml-syntax", node.offset, node.offset + 1,
           "the quoted text that begins here is not closed before the end of the file",
           "add the closing quote; within single quotes write '' for one");
  }
  if (text[node.offset] == '"') {
    for (std::size_t at = text.find('\\', node.offset); at < close; at = text.find('\\', at + 2)) {
      if (text[at + 1] != '\'') continue;
      refuse("yaml-syntax", at, at + 2, "an escape that double-quoted text does not know",
             "write ' alone: within double quotes it needs no backslash");
    }
  }
  if (node.text.find('\0') == std::string_view::npos) return;
  findings_.add("yaml-control-character", Severity::error, node.offset, node.end,
                "the text holds an escaped NUL, which no variable and no argument can carry", "remove the escape");
}

void TreeBuilder::check_key(const YamlNode& node) {
  if (!node.is_scalar() || node.is_null()) {
    findings_.add("yaml-key", Severity::error, node.offset, node.end,
                  "a key of a map must be a text, not " + std::string(print_node_kind(node.kind)),
                  "quote a text that begins with '{', '[' or '?'");
    return;
  }
  if (node.is_merge_key()) {
    findings_.add("yaml-merge-key", Severity::error, node.offset, node.end,
                  "'<<' merges nothing: YAML 1.2 has no merge key, the platform reads it as any other key",
                  "write the keys out, or let an alias stand for a whole value: 'env: *shared'");
  }
}

/// The parser marks an absent value where the next token stands; a person looks at its key or dash.
void TreeBuilder::place_null(YamlNode& node, std::size_t at) {
  if (open_.empty()) return;
  const Open& parent = open_.back();
  const std::string_view text = source_.text();
  if (parent.node->kind == NodeKind::map) {
    if (parent.key == nullptr) return;
    if (!parent.flow) require_colon(*parent.key);
    node.offset = parent.key->offset;
    node.end = parent.key->end;
    return;
  }
  if (parent.flow) {
    if (at >= text.size() || text[at] != ',') return;
    refuse("yaml-syntax", at, at + 1, "a ',' stands where an entry of the list is expected",
           "remove one of the commas");
  }
  const std::size_t end = token_end(text, at, {});
  const std::string_view written = text.substr(std::min(at, text.size()), end - std::min(at, end));
  if (!written.empty() && scalar_kind(written) == ScalarKind::null) {
    node.end = narrow(end);
    return;
  }
  node.offset = narrow(find_dash(*parent.node, at));
  node.end = narrow(std::min<std::size_t>(node.offset + 1, text.size()));
}

/// The dash of an empty entry: the nearest line above that is neither blank nor a comment begins with it.
std::size_t TreeBuilder::find_dash(const YamlNode& list, std::size_t before) const {
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

NodeKind TreeBuilder::scalar_kind_of(std::string_view tag, const YamlNode& node) {
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

void TreeBuilder::warn_of_tag(std::string_view tag, std::size_t content) {
  // The tag stands before the content, perhaps with an anchor between them.
  const std::string_view text = source_.text();
  std::size_t at = text.rfind('!', content);
  while (at != std::string_view::npos && at > 0 && text[at - 1] == '!') --at;
  if (at == std::string_view::npos) at = content;
  const std::size_t end = std::min(text.find_first_of(" \t\r\n", at), text.size());
  const std::string shown = "the tag " + in_quotes(text.substr(at, end - at));
  findings_.add("yaml-tag", Severity::warning, at, end,
                shown + (tag.starts_with(core_tag) ? " does not fit its value, which is read as a text"
                                                   : " means nothing here; its value is read without it"));
}

/// The value of a folded block that keeps its line ends, with all of them.
std::optional<std::string> TreeBuilder::with_kept_lines(const std::string& value, std::size_t offset) const {
  if (open_.empty() || open_.back().flow) return std::nullopt;
  const auto kept = kept_line_ends(source_.text(), offset, open_.back().column);
  if (!kept) return std::nullopt;
  std::string mended = value.substr(0, value.find_last_not_of('\n') + 1);
  return mended.append(*kept, '\n');
}

/// The value where the source has it word for word, else a copy.
std::string_view TreeBuilder::stored(const std::string& value, std::size_t offset) {
  const std::string_view written = source_.text().substr(std::min(offset, source_.text().size()), value.size());
  if (written == value) return written;
  return mend_escapes(document_.texts.emplace_back(value));
}

void TreeBuilder::drop_duplicates(YamlNode& map) {
  constexpr std::size_t few = 24;  // until there comparing each with each is the faster way
  std::vector<YamlEntry>& entries = map.entries;
  std::map<std::string_view, const YamlNode*> seen;
  const auto first_of = [&](std::size_t i) -> const YamlNode* {
    if (entries.size() > few) return seen.emplace(entries[i].key->text, entries[i].key).first->second;
    for (std::size_t j = 0; j < i; ++j) {
      if (entries[j].key->is_scalar() && entries[j].key->text == entries[i].key->text) return entries[j].key;
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
                  "duplicate key " + in_quotes(key->text) + ", first set at line " +
                      std::to_string(source_.line_of(first->offset)),
                  "keep one of them");
    if (kept.empty()) kept.assign(entries.begin(), entries.begin() + static_cast<std::ptrdiff_t>(i));
  }
  if (!kept.empty()) entries = std::move(kept);
}

}  // namespace lifecycle::ops
