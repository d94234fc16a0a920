// A YAML document as a tree that knows where everything stands. The one file of the project that includes
// yaml-cpp is yaml_tree.cc.
#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <string>
#include <string_view>
#include <vector>

#include "agent/ops/findings.h"
#include "agent/ops/source_text.h"

namespace lifecycle::ops {

enum class NodeKind : std::uint8_t { null, boolean, integer, real, text, list, map };

struct YamlNode;

struct YamlEntry {
  const YamlNode* key = nullptr;  // absent in a list
  const YamlNode* value = nullptr;
};

/// Small on purpose: a page of memory that is touched first costs as much as reading a kilobyte of YAML.
struct YamlNode {
  std::string_view text;           // of a scalar: its value; unquoted ones as they are written
  std::vector<YamlEntry> entries;  // of a list or map, in written order; only the first of equal keys
  std::uint32_t offset = 0;  // of its first byte (behind anchor and tag); an absent value stands at its key or dash
  std::uint32_t end = 0;     // of its first token, on its first line
  std::uint32_t nodes = 1;   // of the whole subtree, aliases followed
  std::uint32_t bytes = 0;   // of all its texts, likewise
  std::uint8_t depth = 1;    // of the subtree
  NodeKind kind = NodeKind::null;
  bool quoted = false;

  [[nodiscard]] bool is_scalar() const { return kind != NodeKind::list && kind != NodeKind::map; }
  [[nodiscard]] bool is_null() const { return kind == NodeKind::null; }
  /// A key that is an error wherever it stands; in quotes it is a text like any other.
  [[nodiscard]] bool is_merge_key() const { return text == "<<" && !quoted; }
  /// The value of a key of a map; absent: none.
  [[nodiscard]] const YamlNode* find(std::string_view key) const;
};

/// Nodes point into the document and the source, and live as long as both; an alias is the node that it names.
struct YamlDocument {
  std::deque<YamlNode> nodes;
  std::deque<std::string> texts;   // values that do not stand in the source as they are
  const YamlNode* root = nullptr;  // absent: an empty file, or an error ended the reading
};

/// Reads one document by YAML 1.2 (core schema). Problems go to `findings`; with an error of syntax or
/// size there is no root, and with any other (duplicate keys, a second document) there is one all the same.
/// Bounds: 4 MiB, depth 64, with aliases followed 100 000 nodes and 4 MiB of texts more.
[[nodiscard]] YamlDocument read_yaml(const SourceText& source, Findings& findings);

/// `a map`, `a list`, `the number 5` …: how a message speaks of a value.
[[nodiscard]] std::string_view print_node_kind(NodeKind kind);

}  // namespace lifecycle::ops
