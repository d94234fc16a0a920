#include "agent/output/workflow_commands.h"

#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <vector>

#include "tests/string_sink.h"

namespace lifecycle::output {
namespace {

struct Parsed {
  std::string shown;
  std::vector<std::string> values;
  bool operator==(const Parsed&) const = default;
};

Parsed parse(const std::vector<std::string_view>& chunks) {
  Parsed parsed;
  CommandParser parser([&parsed](std::string_view value) { parsed.values.emplace_back(value); });
  StringSink sink;
  for (const std::string_view chunk : chunks) parser.feed(chunk, sink);
  parser.finish(sink);
  parsed.shown = sink.text;
  return parsed;
}

struct CommandCase {
  std::string_view label;
  std::string_view input;
  std::string_view shown;
  std::vector<std::string> values;
};

class MaskCommands : public testing::TestWithParam<CommandCase> {};

TEST_P(MaskCommands, FollowTheTableUnderEveryCut) {
  const auto& [label, input, shown, values] = GetParam();
  const Parsed expected{std::string(shown), values};
  EXPECT_EQ(parse({input}), expected);
  for (std::size_t cut = 0; cut <= input.size(); ++cut) {
    EXPECT_EQ(parse({input.substr(0, cut), input.substr(cut)}), expected) << "cut at " << cut;
  }
  std::vector<std::string_view> bytes;
  for (std::size_t i = 0; i < input.size(); ++i) bytes.push_back(input.substr(i, 1));
  EXPECT_EQ(parse(bytes), expected) << "byte by byte";
}

INSTANTIATE_TEST_SUITE_P(
    Rows, MaskCommands,
    testing::Values(
        CommandCase{"Actions", "a\n::add-mask::s3cret\nb\n", "a\nb\n", {"s3cret"}},
        CommandCase{"FirstLine", "::add-mask::s3cret\n", "", {"s3cret"}},
        CommandCase{"OldForm", "##[add-mask]s3cret\nb", "b", {"s3cret"}},
        CommandCase{"Azure", "##vso[task.setsecret]s3cret\nb", "b", {"s3cret"}},
        CommandCase{"AnyCase", "::Add-Mask::s3cret\n##VSO[task.setSecret]other1\n", "", {"s3cret", "other1"}},
        CommandCase{"BehindBlanks", " \t::add-mask::s3cret\nb", "b", {"s3cret"}},
        CommandCase{"BehindCr", "10%\r::add-mask::s3cret\nb", "10%\rb", {"s3cret"}},
        CommandCase{"EndedByCr", "::add-mask::s3cret\rb", "b", {"s3cret"}},
        CommandCase{"EndedByCrLf", "::add-mask::s3cret\r\n\nb", "\nb", {"s3cret"}},
        CommandCase{"EndedByTheStream", "::add-mask::s3cret", "", {"s3cret"}},
        CommandCase{"TwoInARow", "::add-mask::first1\n::add-mask::second2\nx", "x", {"first1", "second2"}},
        CommandCase{"Encoded", "::add-mask::a%0Ab%0Dc%25d%250Ae\n", "", {"a\nb\rc%d%0Ae"}},
        CommandCase{"Empty", "::add-mask::\nb", "b", {""}},
        CommandCase{"InsideALine", "echo ::add-mask::s3cret\n", "echo ::add-mask::s3cret\n", {}},
        CommandCase{
            "OtherCommand", "::add-matcher::x\n ::group::y\n##[x]\n", "::add-matcher::x\n ::group::y\n##[x]\n", {}},
        CommandCase{"BrokenOffByALineEnd", "::add\n::add-mask::s3cret\n", "::add\n", {"s3cret"}},
        CommandCase{"BlankLines", "  \n\t\n   x\n", "  \n\t\n   x\n", {}},
        CommandCase{"UnfinishedAtTheEnd", "x\n  ::add-ma", "x\n  ::add-ma", {}}),
    [](const auto& row) { return std::string(row.param.label); });

TEST(MaskCommandFlow, HoldsABeginningAndShowsLittleOfItAtAPause) {
  std::vector<std::string> values;
  CommandParser parser([&values](std::string_view value) { values.emplace_back(value); });
  StringSink shown;
  parser.feed("x\n ::", shown);
  EXPECT_TRUE(parser.holds());
  EXPECT_EQ(shown.text, "x\n");
  parser.pause(shown);
  EXPECT_FALSE(parser.holds());
  EXPECT_EQ(shown.text, "x\n ::");
  parser.feed("add-mask::s3cret\ny", shown);
  EXPECT_EQ(shown.text, "x\n ::\ny");
  EXPECT_EQ(values, std::vector<std::string>{"s3cret"});
}

TEST(MaskCommandFlow, HoldsMoreThanALittleThroughPauses) {
  CommandParser parser([](std::string_view) {});
  StringSink shown;
  parser.feed("::add-", shown);
  parser.pause(shown);
  EXPECT_TRUE(parser.holds());
  EXPECT_EQ(shown.text, "");
  parser.boundary(shown);
  EXPECT_EQ(shown.text, "::add-");
}

TEST(MaskCommandFlow, NeverShowsAValueAtAPauseOrBoundary) {
  std::vector<std::string> values;
  CommandParser parser([&values](std::string_view value) { values.emplace_back(value); });
  StringSink shown;
  parser.feed("::add-mask::s3c", shown);
  parser.pause(shown);
  parser.boundary(shown);
  parser.feed("ret\n", shown);
  EXPECT_EQ(shown.text, "");
  EXPECT_EQ(values, std::vector<std::string>{"s3cret"});
}

TEST(MaskCommandFlow, KeepsALongValueWhole) {
  std::string decoded;
  CommandParser parser([&](std::string_view value) { decoded = value; });
  StringSink shown;
  std::string written = "::add-mask::";
  std::string value;
  for (int i = 0; i < 700000; ++i) {
    written += "v%0A";
    value += "v\n";
  }
  parser.feed(written + "\n", shown);
  EXPECT_TRUE(decoded == value);
  EXPECT_EQ(shown.text, "");
}

TEST(MaskCommandFlow, BoundsWhatItKeeps) {
  static constexpr std::size_t more_than_any_mask = (std::size_t{32} << 20) + 1;
  CommandParser parser([](std::string_view value) { EXPECT_EQ(value.size(), more_than_any_mask); });
  StringSink shown;
  const std::string blanks(100000, ' ');
  parser.feed(blanks, shown);
  EXPECT_EQ(shown.text.size(), blanks.size());
  parser.feed("\n::add-mask::", shown);
  for (int i = 0; i < 400; ++i) parser.feed(std::string(100000, 'v'), shown);
  parser.feed("\n", shown);
  EXPECT_EQ(shown.text.size(), blanks.size() + 1);
}

TEST(MaskCommandFlow, PassesOrdinaryTextUncopied) {
  struct PointerSink final : ByteSink {
    void take(std::string_view bytes) override {
      at = bytes.data();
      ++pieces;
    }
    const char* at = nullptr;
    int pieces = 0;
  };
  std::string text;
  for (int i = 0; i < 1000; ++i) text += "   indented: line\n:colon\n# comment\nplain text\r\n";
  CommandParser parser([](std::string_view) {});
  PointerSink sink;
  parser.feed(text, sink);
  EXPECT_EQ(sink.at, text.data());
  EXPECT_EQ(sink.pieces, 1);
}

}  // namespace
}  // namespace lifecycle::output
