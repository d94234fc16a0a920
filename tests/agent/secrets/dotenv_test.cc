#include "agent/secrets/dotenv.h"

#include <gtest/gtest.h>

namespace lifecycle::secrets {
namespace {

using Pairs = std::vector<std::pair<std::string, std::string>>;

struct DotenvCase {
  std::string_view label;
  std::string_view text;
  Pairs pairs;
};
class Dotenv : public testing::TestWithParam<DotenvCase> {};

TEST_P(Dotenv, FollowsTheTable) {
  const auto parsed = parse_dotenv(GetParam().text, ".env");
  ASSERT_TRUE(parsed) << parsed.error().message;
  EXPECT_EQ(*parsed, GetParam().pairs);
}
INSTANTIATE_TEST_SUITE_P(
    Texts, Dotenv,
    testing::Values(DotenvCase{"Empty", "", {}},
                    DotenvCase{"Plain", "A=1\nB=two words\n", {{"A", "1"}, {"B", "two words"}}},
                    DotenvCase{"NoLastNewline", "A=1", {{"A", "1"}}},
                    DotenvCase{"CommentsAndBlankLines", "# c\n\n  \nA=1\n  # d\n", {{"A", "1"}}},
                    DotenvCase{"Export", "export A=1\n  export\tB=2\n", {{"A", "1"}, {"B", "2"}}},
                    DotenvCase{"ExportIsAlsoAName", "export=1\nexported=2", {{"export", "1"}, {"exported", "2"}}},
                    DotenvCase{"EmptyValue", "A=\nB=''\nC=\"\"", {{"A", ""}, {"B", ""}, {"C", ""}}},
                    DotenvCase{"EmptyValueThenComment", "A= # c\n", {{"A", ""}}},
                    DotenvCase{"BlanksAround", " A = 1 \t\nB=2", {{"A", "1"}, {"B", "2"}}},
                    DotenvCase{"CommentBehindABlank", "A=x#y #z\n", {{"A", "x#y"}}},
                    DotenvCase{"EqualSignsInValue", "A=b=c==\n", {{"A", "b=c=="}}},
                    DotenvCase{"QuotesInside", "A=it's \"so\"\n", {{"A", "it's \"so\""}}},
                    DotenvCase{"Json", "A={\"k\": \"v\"}\n", {{"A", "{\"k\": \"v\"}"}}},
                    DotenvCase{"SingleQuoted", "A='a \\n $B # c'\n", {{"A", "a \\n $B # c"}}},
                    DotenvCase{"SingleQuotedLines", "A='one\ntwo'\nB=3", {{"A", "one\ntwo"}, {"B", "3"}}},
                    DotenvCase{"DoubleQuoted", R"(A="a\n\r\t\"\\\$\q # c" # d)", {{"A", "a\n\r\t\"\\$\\q # c"}}},
                    DotenvCase{"DoubleQuotedLines", "A=\"one\ntwo\"\nB=3", {{"A", "one\ntwo"}, {"B", "3"}}},
                    DotenvCase{"NothingIsExpanded", "A=$HOME/${B}`id`\n", {{"A", "$HOME/${B}`id`"}}},
                    DotenvCase{"CarriageReturns", "A=1\r\nB='2'\r\n\r\nC=3\r", {{"A", "1"}, {"B", "2"}, {"C", "3"}}},
                    DotenvCase{"ByteOrderMark",
                               "\xEF\xBB\xBF"
                               "A=1",
                               {{"A", "1"}}},
                    DotenvCase{"NamesOfFiles", "my-key.v1=1", {{"my-key.v1", "1"}}},
                    DotenvCase{"Repeated", "A=1\nA=2", {{"A", "1"}, {"A", "2"}}}),
    [](const auto& row) { return std::string(row.param.label); });

struct BrokenCase {
  std::string_view label;
  std::string_view text;
  int line;
  int column;
};
class BrokenDotenv : public testing::TestWithParam<BrokenCase> {};

TEST_P(BrokenDotenv, IsRefusedAtItsPlaceWithoutTheValue) {
  const auto parsed = parse_dotenv(GetParam().text, "dir/.env");
  ASSERT_FALSE(parsed);
  const Diagnostic& error = parsed.error();
  EXPECT_EQ(error.code, "env-file-syntax");
  EXPECT_EQ(error.place.file, "dir/.env");
  EXPECT_EQ(error.place.line, GetParam().line);
  EXPECT_EQ(error.place.column, GetParam().column);
  EXPECT_TRUE(error.source_line.empty());
  EXPECT_EQ((error.message + error.hint).find("hunter2"), std::string::npos);
}
INSTANTIATE_TEST_SUITE_P(Texts, BrokenDotenv,
                         testing::Values(BrokenCase{"NoSign", "A=1\nhunter2\n", 2, 8},
                                         BrokenCase{"BadName", "1hunter2=x\n", 1, 1},
                                         BrokenCase{"BlankInName", "A hunter2=x\n", 1, 3},
                                         BrokenCase{"ExportAlone", "export A\n", 1, 9},
                                         BrokenCase{"OpenSingle", "A=1\nB='hunter2\nC=3\n", 2, 3},
                                         BrokenCase{"OpenDouble", "A=\"hunter2\\\"\n", 1, 3},
                                         BrokenCase{"TextBehindQuotes", "A='é'hunter2\n", 1, 6},
                                         BrokenCase{"SecondLineOfQuotes", "A='\nx'hunter2\n", 2, 3},
                                         BrokenCase{"Nul", std::string_view("A=hunter2\0x", 11), 1, 10}),
                         [](const auto& row) { return std::string(row.param.label); });

}  // namespace
}  // namespace lifecycle::secrets
