#include "agent/cli/render_diagnostic.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

namespace lifecycle::cli {
namespace {

struct HumanCase {
  std::string_view label;
  Diagnostic diagnostic;
  std::string text;
};
class RenderHuman : public testing::TestWithParam<HumanCase> {};

TEST_P(RenderHuman, LooksAsThePagesShowIt) {
  EXPECT_EQ(render_human(GetParam().diagnostic, Paint::plain), GetParam().text);
}

INSTANTIATE_TEST_SUITE_P(
    Forms, RenderHuman,
    testing::Values(
        HumanCase{"LineCaretHint",
                  {.code = "trigger-unknown-event",
                   .severity = Severity::warning,
                   .place = {"ops.yml", 14, 26, 17},
                   .message = "unknown event 'pull_request.open' for origin 'github'",
                   .hint = "did you mean 'pull_request.opened'?",
                   .source_line = "      - \"github:acme/app:pull_request.open\""},
                  "ops.yml:14:26: warning: unknown event 'pull_request.open' for origin 'github' "
                  "[trigger-unknown-event]\n"
                  "   14 |       - \"github:acme/app:pull_request.open\"\n"
                  "      |                          ^~~~~~~~~~~~~~~~~\n"
                  "      = did you mean 'pull_request.opened'?\n"},
        HumanCase{"NoPlace",
                  {.code = "secret-missing", .message = "secret 'X' was not found", .hint = "one\ntwo"},
                  "error: secret 'X' was not found [secret-missing]\n      = one\n      = two\n"},
        HumanCase{"WholeFile", {.code = "c", .place = {.file = "ops.yml"}, .message = "m"}, "ops.yml: error: m [c]\n"},
        HumanCase{"PlaceWithoutLine",
                  {.code = "c", .place = {"ops.yml", 31, 5, 5}, .message = "duplicate key"},
                  "ops.yml:31:5: error: duplicate key [c]\n"},
        HumanCase{"Tab",
                  {.code = "c", .place = {"f", 1, 2, 3}, .message = "m", .source_line = "\tabc: x"},
                  "f:1:2: error: m [c]\n    1 |     abc: x\n      |     ^~~\n"},
        HumanCase{"WideBeforeAndUnder",
                  {.code = "c", .place = {"f", 1, 3, 2}, .message = "m", .source_line = "日本語版x"},
                  "f:1:3: error: m [c]\n    1 | 日本語版x\n      |     ^~~~\n"},
        HumanCase{"PastTheEnd",
                  {.code = "c", .place = {"f", 1, 4, 9}, .message = "m", .source_line = "abc"},
                  "f:1:4: error: m [c]\n    1 | abc\n      |    ^\n"},
        HumanCase{"LineNumberOfSixDigits",
                  {.code = "c", .place = {"f", 123456, 1, 1}, .message = "m", .source_line = "a"},
                  "f:123456:1: error: m [c]\n123456 | a\n       | ^\n"},
        HumanCase{"ForeignBytes",
                  {.code = "c", .place = {"a\nb", 1, 2, 1}, .message = "x\x1b[2Jy", .source_line = "\x1bz"},
                  "a\\x0ab:1:2: error: x\\x1b[2Jy [c]\n    1 | \\x1bz\n      |     ^\n"},
        HumanCase{"HiddenCharacters",
                  {.code = "c",
                   .place = {"a\u2066b", 1, 4, 3},
                   .message = "x\u202ey",
                   .hint = "\u200b?",
                   .source_line = "a\u200b bcd\u202e"},
                  "a\\xe2\\x81\\xa6"
                  "b:1:4: error: x\\xe2\\x80\\xaey [c]\n"
                  "    1 | a\\xe2\\x80\\x8b bcd\\xe2\\x80\\xae\n"
                  "      |               ^~~\n"
                  "      = \\xe2\\x80\\x8b?\n"}),
    [](const auto& row) { return std::string(row.param.label); });

TEST(RenderHuman, OfALongLineShowsTheNeighbourhood) {
  const std::string line = std::string(1000, 'a') + "TOKEN" + std::string(1000, 'b');
  const std::string text =
      render_human({.code = "c", .place = {"f", 1, 1001, 5}, .message = "m", .source_line = line}, Paint::plain);
  const auto shown = text.find("1 | ") + 4;
  const auto token = text.find("TOKEN");
  const auto carets = text.find("^~~~~\n");
  ASSERT_NE(token, std::string::npos);
  ASSERT_NE(carets, std::string::npos);
  // Both lines begin with a gutter of the same width, and "…" is three bytes in one column.
  const auto caret_line = text.rfind('\n', carets) + 1 + 8;
  EXPECT_EQ(token - shown - 2, carets - caret_line);
  EXPECT_LT(text.size(), 600U);
}

TEST(RenderHuman, OfAnEndlessLineStaysSmall) {
  const std::string line(4'000'000, 'a');
  const std::string text =
      render_human({.code = "c", .place = {"f", 1, 3'999'999, 5}, .message = "m", .source_line = line}, Paint::plain);
  EXPECT_LT(text.size(), 600U);
}

TEST(RenderHuman, PaintsSeverityAndCarets) {
  const std::string text =
      render_human({.code = "c", .place = {"f", 1, 1, 1}, .message = "m", .source_line = "a"}, Paint::colours);
  EXPECT_EQ(text, "\x1b[1mf:1:1: \x1b[0m\x1b[1;31merror:\x1b[0m m [c]\n    1 | a\n      | \x1b[1;31m^\x1b[0m\n");
}

TEST(RenderJson, UnknownPlacesAreNull) {
  const Diagnostic diagnostics[] = {{.code = "secret-missing", .message = "m"}};
  const auto json = nlohmann::json::parse(render_json(diagnostics));
  EXPECT_TRUE(json["diagnostics"][0]["file"].is_null());
  EXPECT_TRUE(json["diagnostics"][0]["line"].is_null());
  EXPECT_TRUE(json["diagnostics"][0]["hint"].is_null());
  EXPECT_EQ(json["diagnostics"][0]["severity"], "error");
}

TEST(RenderJson, BytesThatAreNoUtf8DoNotBreakIt) {
  const Diagnostic diagnostics[] = {
      {.code = "c", .place = {"\xff", 1, 1, 1}, .message = "\xfe", .source_line = "\xfd"}};
  EXPECT_FALSE(nlohmann::json::parse(render_json(diagnostics), nullptr, false).is_discarded());
  EXPECT_FALSE(nlohmann::json::parse(render_sarif(diagnostics), nullptr, false).is_discarded());
}

TEST(RenderSarif, RegionsEndBehindTheToken) {
  const Diagnostic diagnostics[] = {
      {.code = "command-unknown", .place = {"a:b.yml", 2, 3, 4}, .message = "m", .hint = "h"}};
  const auto result = nlohmann::json::parse(render_sarif(diagnostics))["runs"][0]["results"][0];
  const auto& location = result["locations"][0]["physicalLocation"];
  EXPECT_EQ(location["region"]["startColumn"], 3);
  EXPECT_EQ(location["region"]["endColumn"], 7);
  EXPECT_EQ(location["artifactLocation"]["uri"], "a%3Ab.yml");
  EXPECT_EQ(result["message"]["text"], "m; h");
}

}  // namespace
}  // namespace lifecycle::cli
