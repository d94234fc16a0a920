// A YAML document built from the events of a parser, whichever it is: offsets in, marked tree out.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "agent/ops/findings.h"
#include "agent/ops/source_text.h"
#include "agent/ops/yaml_errors.h"
#include "agent/ops/yaml_tree.h"

namespace lifecycle::ops {

/// Thrown through the parser when an error, which has been reported, leaves nothing to go on with.
struct ReadingEnded {};

class TreeBuilder {
 public:
  using Anchor = std::size_t;  // 0: none

  TreeBuilder(const SourceText& source, Findings& findings, YamlDocument& document)
      : source_(source), findings_(findings), document_(document) {}

  /// Offsets are those of the first byte, with anchor and tag. Of an absent value the parser's is not of much use.
  void null(std::size_t offset, Anchor anchor);
  void alias(std::size_t offset, Anchor anchor);
  void scalar(std::size_t offset, std::string_view tag, Anchor anchor, const std::string& value);
  void start(NodeKind kind, std::size_t offset, std::string_view tag, Anchor anchor, bool flow);
  void finish();

  /// The list or map that is still open, the innermost first.
  [[nodiscard]] std::optional<OpenCollection> innermost() const;

 private:
  struct Open {
    YamlNode* node;
    const YamlNode* key;  // of a map: whose value comes next
    Anchor anchor;
    bool flow;
    std::size_t column;  // in bytes, of its first key or dash
  };

  [[noreturn]] void refuse(std::string_view code, std::size_t offset, std::size_t end, std::string message,
                           std::string hint);
  YamlNode& make(NodeKind kind, std::size_t offset);
  [[nodiscard]] bool at_quote(std::size_t offset) const;
  void count(std::size_t nodes, const YamlNode& node);
  void count_repeated(const YamlNode& node, std::size_t offset);
  [[nodiscard]] bool is_key_due() const;
  const YamlNode& placed_key(const YamlNode& named, std::size_t offset);
  void remember(Anchor anchor, const YamlNode& node);
  void attach(const YamlNode& node);
  void refuse_depth(const YamlNode& node);
  void check_indentation(std::size_t offset, bool block_list);
  void require_colon(const YamlNode& key);
  void check_quoted(const YamlNode& node);
  void check_key(const YamlNode& node);
  void place_null(YamlNode& node, std::size_t at);
  [[nodiscard]] std::size_t find_dash(const YamlNode& list, std::size_t before) const;
  NodeKind scalar_kind_of(std::string_view tag, const YamlNode& node);
  void warn_of_tag(std::string_view tag, std::size_t content);
  [[nodiscard]] std::optional<std::string> with_kept_lines(const std::string& value, std::size_t offset) const;
  std::string_view stored(const std::string& value, std::size_t offset);
  void drop_duplicates(YamlNode& map);

  const SourceText& source_;
  Findings& findings_;
  YamlDocument& document_;
  std::vector<Open> open_;
  std::map<Anchor, const YamlNode*> anchors_;
  std::size_t total_ = 0;
  std::size_t repeated_ = 0;  // bytes of texts behind aliases, each time that they are used
};

}  // namespace lifecycle::ops
