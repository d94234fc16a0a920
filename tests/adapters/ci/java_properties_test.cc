#include "adapters/ci/java_properties.h"

#include <gtest/gtest.h>

namespace lifecycle::ci {
namespace {

struct PropertiesRow {
  const char* what;
  std::string text;
  JavaProperties properties;
};

void PrintTo(const PropertiesRow& row, std::ostream* out) { *out << row.what; }

class JavaPropertiesText : public testing::TestWithParam<PropertiesRow> {};

TEST_P(JavaPropertiesText, IsRead) { EXPECT_EQ(parse_java_properties(GetParam().text), GetParam().properties); }

INSTANTIATE_TEST_SUITE_P(
    Rows, JavaPropertiesText,
    testing::Values(
        PropertiesRow{"nothing", "", {}}, PropertiesRow{"blank lines", "\n \t\f\n\r\n\r", {}},
        PropertiesRow{"separators",
                      "a=1\nb:2\nc 3\nd\t4\ne = 5\nf  :  6\ng\f7",
                      {{"a", "1"}, {"b", "2"}, {"c", "3"}, {"d", "4"}, {"e", "5"}, {"f", "6"}, {"g", "7"}}},
        PropertiesRow{"only the first separator",
                      "a==1\nb:=2\nc = = 3\nd  e=f",
                      {{"a", "=1"}, {"b", "=2"}, {"c", "= 3"}, {"d", "e=f"}}},
        PropertiesRow{"blanks in front go, those behind stay", "  \t a = 1 \t", {{"a", "1 \t"}}},
        PropertiesRow{"no value", "a\nb=\nc:\n=d", {{"a", ""}, {"b", ""}, {"c", ""}, {"", "d"}}},
        PropertiesRow{"comments", "#a=1\n ! b=2\nc=#3\nd=4 !5", {{"c", "#3"}, {"d", "4 !5"}}},
        PropertiesRow{"a comment is not continued", "# a \\\nb=1", {{"b", "1"}}},
        PropertiesRow{"the last one counts", "a=1\na=2", {{"a", "2"}}},
        PropertiesRow{"line ends", "a=1\rb=2\r\nc=3\n\rd=4", {{"a", "1"}, {"b", "2"}, {"c", "3"}, {"d", "4"}}},
        PropertiesRow{"escapes", R"(a\:b\=c\ d=\:\=\#\!\\\t|\n|\r|\f|)", {{"a:b=c d", ":=#!\\\t|\n|\r|\f|"}}},
        PropertiesRow{"a backslash that escapes nothing", R"(a=\x\"\q)", {{"a", "x\"q"}}},
        PropertiesRow{"blanks that are escaped stay", "a=\\  1\n\\ b=2", {{"a", "  1"}, {" b", "2"}}},
        PropertiesRow{"continued", "a=1,\\\n   2,\\\r\n\t3\nb=4", {{"a", "1,2,3"}, {"b", "4"}}},
        PropertiesRow{"a comment's sign in a continued line", "a=1\\\n#2", {{"a", "1#2"}}},
        PropertiesRow{"a continued key", "a\\\n  b=1", {{"ab", "1"}}},
        PropertiesRow{"continued by a blank line", "a=1\\\n\nb=2", {{"a", "1"}, {"b", "2"}}},
        PropertiesRow{"two backslashes continue nothing", "a=1\\\\\nb=2", {{"a", "1\\"}, {"b", "2"}}},
        PropertiesRow{"three do", "a=1\\\\\\\nb=2", {{"a", "1\\b=2"}}},
        PropertiesRow{"continued at the end", "a=1\\", {{"a", "1"}}},
        PropertiesRow{"unicode", R"(a=\u00e9\u00E9\u20ac\u0041b)", {{"a", "éé€Ab"}}},
        PropertiesRow{"unicode in a key", R"(caf\u00e9=1)", {{"café", "1"}}},
        PropertiesRow{"a surrogate pair", R"(a=\uD83D\uDE80!)", {{"a", "🚀!"}}},
        PropertiesRow{"halves of a pair",
                      R"(a=\uD83D|\uDE80|\uD83D\uD83D\uDE80|\uD83D\u0041)",
                      {{"a", "\uFFFD|\uFFFD|\uFFFD🚀|\uFFFDA"}}},
        PropertiesRow{"no unicode", R"(a=\u12g4\u\u1)", {{"a", "u12g4uu1"}}},
        PropertiesRow{"NUL", std::string("a=\\u0000\0|\\\0", 12), {{"a", "\uFFFD\uFFFD|\uFFFD"}}},
        PropertiesRow{"bytes of UTF-8 as they are", "a=é🚀", {{"a", "é🚀"}}}));

}  // namespace
}  // namespace lifecycle::ci
