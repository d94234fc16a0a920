// Block texts as YAML 1.2, chapter 8.1, reads them; the expected values are also libyaml's.
#include <gtest/gtest.h>

#include "agent/ops/findings.h"
#include "agent/ops/source_text.h"
#include "agent/ops/yaml_tree.h"

namespace lifecycle::ops {
namespace {

struct BlockCase {
  std::string_view label;
  std::string_view yaml;
  std::string_view text;  // of the only block in it
};
class BlockText : public testing::TestWithParam<BlockCase> {};

/// The value whose source begins with | or >.
const YamlNode* find_block(const YamlNode& node, std::string_view yaml) {
  if (node.is_scalar()) return yaml[node.offset] == '|' || yaml[node.offset] == '>' ? &node : nullptr;
  for (const YamlEntry& entry : node.entries) {
    if (const YamlNode* found = find_block(*entry.value, yaml)) return found;
  }
  return nullptr;
}

TEST_P(BlockText, IsReadAsYamlSays) {
  const SourceText source(GetParam().yaml, "ops.yml");
  Findings findings(source);
  const YamlDocument document = read_yaml(source, findings);
  ASSERT_FALSE(findings.has_errors());
  ASSERT_NE(document.root, nullptr);
  const YamlNode* block = find_block(*document.root, GetParam().yaml);
  ASSERT_NE(block, nullptr);
  EXPECT_EQ(block->text, GetParam().text);
}

INSTANTIATE_TEST_SUITE_P(
    Chomping, BlockText,
    testing::Values(BlockCase{"Literal", "a: |\n  x\n  y\n\n  z\n\n\nb: 1\n", "x\ny\n\nz\n"},
                    BlockCase{"LiteralStripped", "a: |-\n  x\n  y\n\n  z\n\n\nb: 1\n", "x\ny\n\nz"},
                    BlockCase{"LiteralKept", "a: |+\n  x\n  y\n\n  z\n\n\nb: 1\n", "x\ny\n\nz\n\n\n"},
                    BlockCase{"Folded", "a: >\n  x\n  y\n\n  z\n\n\nb: 1\n", "x y\nz\n"},
                    BlockCase{"FoldedStripped", "a: >-\n  x\n  y\n\n  z\n\n\nb: 1\n", "x y\nz"},
                    BlockCase{"FoldedKept", "a: >+\n  x\n  y\n\n  z\n\n\nb: 1\n", "x y\nz\n\n\n"},
                    BlockCase{"FoldedKeptOneBlankLine", "a: >+\n  x\n\nb: 1\n", "x\n\n"},
                    BlockCase{"FoldedKeptNoBlankLine", "a: >+\n  x\nb: 1\n", "x\n"},
                    BlockCase{"FoldedKeptAtTheEnd", "a: >+\n  x\n\n\n", "x\n\n\n"},
                    BlockCase{"FoldedKeptAtAnOpenEnd", "a: >+\n  x", "x"},
                    BlockCase{"FoldedKeptMoreIndentedLast", "a: >+\n  x\n   y\n\nb: 1\n", "x\n y\n\n"},
                    BlockCase{"FoldedKeptNothingButLines", "a: >+\n\n\nb: 1\n", "\n\n"},
                    BlockCase{"FoldedKeptNothing", "a: >+\nb: 1\n", ""},
                    BlockCase{"FoldedKeptBlanksAreText", "a: >+\n  x\n    \n\nb: 1\n", "x\n  \n\n"},
                    BlockCase{"FoldedKeptBlanksAreNone", "a: >+\n  x\n \n\nb: 1\n", "x\n\n\n"},
                    BlockCase{"FoldedKeptCrLf", "a: >+\r\n  x\r\n\r\nb: 1\r\n", "x\n\n"},
                    BlockCase{"FoldedKeptBeforeAComment", "a: >+  # why\n  x\n\n# end\nb: 1\n", "x\n\n"}),
    [](const auto& row) { return std::string(row.param.label); });

INSTANTIATE_TEST_SUITE_P(Indented, BlockText,
                         testing::Values(BlockCase{"Literal", "a: |1\n   x\n  y\n\nb: 1\n", "  x\n y\n"},
                                         BlockCase{"LiteralStripped", "a: |1-\n   x\n\nb: 1\n", "  x"},
                                         BlockCase{"LiteralKept", "a: |+1\n   x\n\nb: 1\n", "  x\n\n"},
                                         BlockCase{"Folded", "a: >2\n   x\n  y\n\nb: 1\n", " x\ny\n"},
                                         BlockCase{"FoldedStripped", "a: >-2\n   x\n\nb: 1\n", " x"},
                                         BlockCase{"FoldedKept", "a: >2+\n   x\n\nb: 1\n", " x\n\n"},
                                         BlockCase{"FoldedKeptOtherOrder", "a: >+2\n   x\n\nb: 1\n", " x\n\n"},
                                         BlockCase{"FoldedKeptBlanksAreText", "a: >1+\n   \n\nb: 1\n", "  \n\n"},
                                         BlockCase{"FoldedKeptInAList", "- >1+\n  x\n\n- 1\n", " x\n\n"},
                                         BlockCase{"FoldedKeptDeeper", "k:\n  - a: >1+\n      x\n\n    b: 1\n",
                                                   " x\n\n"},
                                         BlockCase{"FoldedKeptWithAnchor", "a: &n >+\n  x\n\nb: *n\n", "x\n\n"},
                                         BlockCase{"FoldedKeptWithTag", "a: !!str >+\n  x\n\nb: 1\n", "x\n\n"}),
                         [](const auto& row) { return std::string(row.param.label); });

}  // namespace
}  // namespace lifecycle::ops
