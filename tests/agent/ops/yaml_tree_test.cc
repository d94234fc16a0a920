// YAML 1.2 as an ops.yml is read: kinds of scalars, places in characters, aliases; and inputs made to do harm.
#include "agent/ops/yaml_tree.h"

#include <gtest/gtest.h>

#include <chrono>

#include "tests/agent/ops/reading_text.h"

namespace lifecycle::ops {
namespace {

/// `kind:text@line:column+length` of each node, maps and lists in their brackets.
std::string print_node(const YamlNode& node, const SourceText& source) {
  const SourcePlace place = source.place(node.offset, node.end);
  const std::string at =
      "@" + std::to_string(place.line) + ":" + std::to_string(place.column) + "+" + std::to_string(place.length);
  if (node.is_scalar()) {
    const std::string_view kinds[] = {"null", "bool", "int", "real", "text"};
    return std::string(kinds[static_cast<std::size_t>(node.kind)]) + ":" +
           std::string(node.is_null() ? "" : node.text) + at;
  }
  std::string text;
  for (const YamlEntry& entry : node.entries) {
    if (!text.empty()) text += ", ";
    if (entry.key != nullptr) text += print_node(*entry.key, source) + " = ";
    text += print_node(*entry.value, source);
  }
  return node.kind == NodeKind::list ? "[" + text + "]" : "{" + text + "}";
}

std::string print_tree(std::string_view text) {
  const SourceText source(text, "ops.yml");
  Findings findings(source);
  const YamlDocument document = read_yaml(source, findings);
  const std::string said = print_codes(findings.take());
  if (document.root == nullptr) return said;
  return print_node(*document.root, source) + (said.empty() ? "" : " " + said);
}

struct TreeCase {
  std::string_view label;
  std::string_view text;
  std::string_view tree;
};
class YamlTree : public testing::TestWithParam<TreeCase> {};

TEST_P(YamlTree, IsReadByTheCoreSchema) { EXPECT_EQ(print_tree(GetParam().text), GetParam().tree); }

using namespace std::string_view_literals;

INSTANTIATE_TEST_SUITE_P(
    Texts, YamlTree,
    testing::Values(
        TreeCase{
            "Truths", "[true, False, TRUE, yes, off, on, No, 'true']",
            "[bool:true@1:2+4, bool:False@1:8+5, bool:TRUE@1:15+4, text:yes@1:21+3, text:off@1:26+3, text:on@1:31+2, "
            "text:No@1:35+2, text:true@1:39+6]"},
        TreeCase{
            "Numbers",
            "[1, -2, +3, 0o17, 0x1F, 017, 1_000, 1.5, .5, 5., 1e3, .inf, -.INF, .nan, 1.2.3, 0b1, 1:20, -, +]",
            "[int:1@1:2+1, int:-2@1:5+2, int:+3@1:9+2, int:0o17@1:13+4, int:0x1F@1:19+4, int:017@1:25+3, "
            "text:1_000@1:30+5, real:1.5@1:37+3, real:.5@1:42+2, real:5.@1:46+2, real:1e3@1:50+3, real:.inf@1:55+4, "
            "real:-.INF@1:61+5, real:.nan@1:68+4, text:1.2.3@1:74+5, text:0b1@1:81+3, text:1:20@1:86+4, text:-@1:92+1, "
            "text:+@1:95+1]"},
        TreeCase{"Nulls", "a: ~\nb: null\nc:\nd: 'null'\n",
                 "{text:a@1:1+1 = null:@1:1+1, text:b@2:1+1 = null:@2:1+1, text:c@3:1+1 = null:@3:1+1, text:d@4:1+1 = "
                 "text:null@4:4+6}"},
        TreeCase{"NullEntries", "- a\n-\n# - no\n- # none\n- ~\n  \n-\n",
                 "[text:a@1:3+1, null:@2:1+1, null:@4:1+1, null:@5:3+1, null:@7:1+1]"},
        TreeCase{"NullsInNestedLists", "x:\n  - -\n    -\n  -\ny: 1\n",
                 "{text:x@1:1+1 = [[null:@2:5+1, null:@3:5+1], null:@4:3+1], text:y@5:1+1 = int:1@5:4+1}"},
        TreeCase{"CharactersNotBytes", "ä: ö\n'ü€': \"𝄞\"\n",
                 "{text:ä@1:1+1 = text:ö@1:4+1, text:ü€@2:1+4 = text:𝄞@2:7+3}"},
        TreeCase{"ByteOrderMark",
                 "\xEF\xBB\xBF"
                 "a: b\n",
                 "{text:a@1:1+1 = text:b@1:4+1}"},
        TreeCase{"CarriageReturns", "a: b\r\nc:\r\n  - d\r\n",
                 "{text:a@1:1+1 = text:b@1:4+1, text:c@2:1+1 = [text:d@3:5+1]}"},
        TreeCase{"NoFinalLineEnd", "a: b", "{text:a@1:1+1 = text:b@1:4+1}"},
        TreeCase{"FoldedPlain", "a: b\n  c # no\nd: e\n",
                 "{text:a@1:1+1 = text:b c@1:4+1, text:d@3:1+1 = text:e@3:4+1}"},
        TreeCase{"ValueBelowComment", "a: # why\n  b:1\n", "{text:a@1:1+1 = text:b:1@2:3+3}"},
        TreeCase{"Blocks", "a: |-\n  x\n  y\nb: >\n  x\n  y\n",
                 "{text:a@1:1+1 = text:x\ny@1:4+2, text:b@4:1+1 = text:x y\n@4:4+1}"},
        TreeCase{"Quotes", R"(['a''b', "a\"b\\", "\u00e4\N\_\e", "a b"])",
                 "[text:a'b@1:2+6, text:a\"b\\@1:10+8, text:ä\xC2\x85\xC2\xA0\x1B@1:20+14, text:a b@1:36+5]"},
        TreeCase{"BlanksBehindABlock", "a: >-\n  x\n  ", "{text:a@1:1+1 = text:x@1:4+2}"},
        TreeCase{"BlockWithoutFinalLineEnd", "a: |\n  x", "{text:a@1:1+1 = text:x@1:4+1}"},
        TreeCase{"HashInText", "a: b#c\nd: 'e # f'\n",
                 "{text:a@1:1+1 = text:b#c@1:4+3, text:d@2:1+1 = text:e # f@2:4+7}"},
        TreeCase{"Urls", "a: http://b:80/c\n", "{text:a@1:1+1 = text:http://b:80/c@1:4+13}"},
        TreeCase{"Flow", "{a: [b, {c: d}], e}",
                 "{text:a@1:2+1 = [text:b@1:6+1, {text:c@1:10+1 = text:d@1:13+1}], text:e@1:18+1 = null:@1:18+1}"},
        TreeCase{"CompactMapInList", "[a: b]", "[{text:a@1:2+1 = text:b@1:5+1}]"},
        TreeCase{
            "Aliases", "a: &x [1]\nb: *x\nc: &y d\ne: *y\n",
            "{text:a@1:1+1 = [int:1@1:8+1], text:b@2:1+1 = [int:1@1:8+1], text:c@3:1+1 = text:d@3:7+1, text:e@4:1+1 = "
            "text:d@3:7+1}"},
        TreeCase{"AnchorTwice", "a: &x 1\nb: &x 2\nc: *x\n",
                 "{text:a@1:1+1 = int:1@1:7+1, text:b@2:1+1 = int:2@2:7+1, text:c@3:1+1 = int:2@2:7+1}"},
        TreeCase{"Tags", "[!!str 5, !!int 5, ! 5, !x 5, !!float 5, !!null ~]",
                 "[text:5@1:8+1, int:5@1:17+1, text:5@1:22+1, text:5@1:28+1, real:5@1:39+1, null:@1:49+1] yaml-tag?"},
        TreeCase{"MergeKey", "a: &x {b: c}\nd: {<<: *x}\n",
                 "{text:a@1:1+1 = {text:b@1:8+1 = text:c@1:11+1}, text:d@2:1+1 = {text:<<@2:5+2 = {text:b@1:8+1 = "
                 "text:c@1:11+1}}} yaml-merge-key"},
        TreeCase{"QuotedMergeKey", "{'<<': a}", "{text:<<@1:2+4 = text:a@1:8+1}"},
        TreeCase{"Duplicates", "a: 1\nb: 2\n'a': 3\na: 4\n",
                 "{text:a@1:1+1 = int:1@1:4+1, text:b@2:1+1 = int:2@2:4+1} ops-duplicate-key ops-duplicate-key"},
        TreeCase{"Empty", "", ""}, TreeCase{"Comment", "# a\n", ""}, TreeCase{"OneDash", "---\n", "null:@1:4+1"},
        TreeCase{"TwoDocuments", "a\n---\nb\n", "text:a@1:1+1 yaml-several-documents"},
        TreeCase{"EmptySecondDocument", "a: b\n---\n", "{text:a@1:1+1 = text:b@1:4+1} yaml-several-documents"},
        TreeCase{"EndMark", "a: b\n...\n", "{text:a@1:1+1 = text:b@1:4+1}"},
        TreeCase{"Stray", "- a\nb: c\n", "[text:a@1:3+1] yaml-syntax"},
        TreeCase{"Nul", "a: b\0c"sv, "yaml-control-character"},
        TreeCase{"EndOfTransmission", "a: \x04", "yaml-control-character"},
        TreeCase{"C1Control", "a: \xC2\x9B", "yaml-control-character"},
        TreeCase{"Delete", "a: \x7F", "yaml-control-character"},
        TreeCase{"LoneCarriageReturn", "a: b\rc: d", "yaml-control-character"},
        TreeCase{"SecondByteOrderMark",
                 "\xEF\xBB\xBF\xEF\xBB\xBF"
                 "a: b",
                 "yaml-control-character"},
        TreeCase{"Noncharacter", "a: \xEF\xBF\xBF", "yaml-control-character"},
        TreeCase{"Latin1", "a: \xE4", "yaml-encoding"}, TreeCase{"Surrogate", "a: \xED\xA0\x80", "yaml-encoding"},
        TreeCase{"Utf16",
                 "\xFF\xFE"
                 "a\0:\0"sv,
                 "yaml-encoding"},
        TreeCase{"EscapedSurrogate", "a: \"\\ud83d\"", "yaml-syntax"},
        TreeCase{"UnclosedQuote", "a: \"b\n", "yaml-syntax"}, TreeCase{"UnclosedQuoteAtTheEnd", "a: 'b", "yaml-syntax"},
        TreeCase{"EscapedSingleQuote", "a: \"it\\'s\"\n", "yaml-syntax"},
        TreeCase{"BackslashBeforeQuote", "a: \"\\\\'\"\n", "{text:a@1:1+1 = text:\\'@1:4+5}"},
        TreeCase{"LoneKey", "a: b\nc\n", "yaml-syntax"}, TreeCase{"ValueInTheColumnOfItsKey", "a:\nb\n", "yaml-syntax"},
        TreeCase{"ListInTheColumnOfItsKey", "a:\n- b\n", "{text:a@1:1+1 = [text:b@2:3+1]}"},
        TreeCase{"ListLeftOfItsKey", "x:\n  a:\n - b\n", "yaml-syntax"},
        TreeCase{"EmptyFlowEntry", "[a,,b]", "yaml-syntax"},
        TreeCase{"FinalComma", "[a, b, ]", "[text:a@1:2+1, text:b@1:5+1]"},
        TreeCase{"ListAsKey", "[a]: b", "{[text:a@1:2+1] = text:b@1:6+1} yaml-key"},
        TreeCase{"NullAsKey", "~: b", "{null:@1:1+1 = text:b@1:4+1} yaml-key"}),
    [](const auto& row) { return std::string(row.param.label); });

struct HostileCase {
  std::string_view label;
  std::string text;
  std::string_view codes;
};

std::string repeated(std::string_view text, int times) {
  std::string all;
  for (int i = 0; i < times; ++i) all += text;
  return all;
}

std::string alias_bomb() {
  std::string text = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n";
  for (int i = 1; i < 40; ++i) {
    const std::string name = std::to_string(i);
    const std::string below = "*a" + std::to_string(i - 1);
    text += "a" + name + ": &a" + name + " [" + below + repeated(", " + below, 9) + "]\n";
  }
  return text;
}

std::string alias_ladder() {
  std::string text = "a0: &a0 [x]\n";
  for (int i = 1; i < 100; ++i) {
    text += "a" + std::to_string(i) + ": &a" + std::to_string(i) + " [*a" + std::to_string(i - 1) + "]\n";
  }
  return text;
}

/// Jobs that share a list of long steps: few values, many bytes.
std::string text_bomb(std::size_t step_bytes, int jobs) {
  const std::string step = "\"" + std::string(step_bytes, 'y') + "\"";
  std::string text =
      "version: '1'\npipelines:\n- name: a:1.0.0\n  description: d\n  jobs:\n  - {name: j, description: d, steps: &s "
      "[" +
      step + "]}\n";
  for (int i = 0; i < jobs; ++i) text += "  - {name: j" + std::to_string(i) + ", description: d, steps: *s}\n";
  return text;
}

std::string block_nesting(int depth) {
  std::string text;
  for (int i = 0; i < depth; ++i) text += std::string(static_cast<std::size_t>(i), ' ') + "a:\n";
  return text;
}

std::vector<HostileCase> hostile_cases() {
  const std::string head =
      "version: '1'\ncommands:\n  - name: a:1.0.0\n    description: d\n    public: false\n    run: ";
  return {
      {"AliasBomb", alias_bomb(), "yaml-too-large"},
      {"AliasesOfLongTexts", text_bomb(100'000, 2500), "yaml-too-large"},
      {"AliasesOfLongKeys", "x: &k " + std::string(100'000, 'k') + "\ny: [" + repeated("{*k : 1},", 50) + "]\n",
       "yaml-too-large"},
      {"AliasesWithinTheBound", text_bomb(1 << 20, 4), ""},
      {"AliasesBeyondTheBound", text_bomb(1 << 20, 5), "yaml-too-large"},
      {"AliasLadder", alias_ladder(), "yaml-too-deep"},
      {"Cycle", "commands: &a [*a]\n", "yaml-alias"},
      {"CycleThroughMap", "commands: &a {b: *a}\n", "yaml-alias"},
      {"FlowNesting", repeated("[", 10'000), "yaml-too-deep"},
      {"FlowNestingClosed", repeated("[", 10'000) + repeated("]", 10'000), "yaml-too-deep"},
      {"FlowNestingWithoutEnd", repeated("[", 1'000'000), "yaml-too-large"},
      {"MapNesting", repeated("{a: ", 10'000), "yaml-too-deep"},
      {"DashNesting", repeated("- ", 10'000), "yaml-too-deep"},
      {"QuestionNesting", repeated("? ", 10'000), "yaml-too-deep"},
      {"BlockNesting", block_nesting(1000), "yaml-too-deep"},
      {"LongLine", head + std::string(1 << 20, 'x') + "\n", ""},
      {"LongQuotedLine", head + "\"" + std::string(1 << 20, 'x') + "\"\n", ""},
      {"LongLineWithProblem", head + std::string(1 << 20, 'x') + ": y\n", "yaml-syntax"},
      {"ManyEntries", "commands: [" + repeated("x,", 60'000) + "x]\n", "ops-wrong-type"},
      {"ManyValues", repeated("- x\n", 120'000), "yaml-too-large"},
      {"ManyKeys",
       head + "x\n" +
           [] {
             std::string text;
             for (int i = 0; i < 20'000; ++i) text += "k" + std::to_string(i) + ": 1\n";
             return text;
           }(),
       "ops-unknown-key?"},
      {"SameKeyOften", repeated("a: 1\n", 40'000), "ops-duplicate-key"},
      {"TooManyBytes", head + std::string(5 << 20, 'x'), "yaml-too-large"},
      {"QuotesOnOneLine", repeated("'' ", 300'000), "ops-not-ops"},
      {"TagsOnOneLine", "[" + repeated("!a ", 100'000) + "]", "yaml-syntax"},
      {"Nuls", std::string(1000, '\0'), "yaml-control-character"},
      {"Backslashes", head + "\"" + repeated("\\\\", 100'000) + "\"\n", ""},
  };
}

class HostileYaml : public testing::TestWithParam<HostileCase> {};

TEST_P(HostileYaml, IsReadWithinItsBounds) {
  const auto begin = std::chrono::steady_clock::now();
  const OpsReading reading = read(GetParam().text);
  const std::chrono::duration<double> took = std::chrono::steady_clock::now() - begin;
  const std::string codes = print_codes(reading.diagnostics);
  EXPECT_EQ(codes.substr(0, codes.find(' ')), GetParam().codes);
  EXPECT_LE(reading.diagnostics.size(), 1001U);
  for (const Diagnostic& d : reading.diagnostics) {
    EXPECT_LE(d.source_line.size(), 4096U);
    EXPECT_LE(d.message.size(), 1000U);
  }
  EXPECT_LT(took.count(), 60.0) << "a bound against hanging, not a measurement";
}
INSTANTIATE_TEST_SUITE_P(Inputs, HostileYaml, testing::ValuesIn(hostile_cases()),
                         [](const auto& row) { return std::string(row.param.label); });

TEST(SourceText, CountsCharactersOfLongLines) {
  std::string text;
  for (int i = 0; i < 5000; ++i) text += "ä";
  text += "b\nc";
  const SourceText source(text, "f");
  EXPECT_EQ(source.place(10'000, 10'001).column, 5001);
  EXPECT_EQ(source.place(0, 10'000).length, 5000);
  EXPECT_EQ(source.place(10'002, 10'003).line, 2);
  EXPECT_EQ(source.place(10'003, 10'003).column, 2) << "one past the end";
  EXPECT_EQ(source.line(2), "c");
}

}  // namespace
}  // namespace lifecycle::ops
