#include "agent/cli/command_line.h"

#include <gtest/gtest.h>

namespace lifecycle::cli {
namespace {

using Words = std::vector<std::string_view>;

struct AcceptedCase {
  std::string_view label;
  Words words;
  std::string command;
  std::vector<std::pair<std::string, std::string>> flags;
  std::vector<std::string> operands;
  std::vector<std::string> arguments;
};
class AcceptedLine : public testing::TestWithParam<AcceptedCase> {};

TEST_P(AcceptedLine, IsReadAsTheTableSays) {
  const auto& expected = GetParam();
  const auto line = parse_command_line(expected.words);
  ASSERT_TRUE(line) << line.error().message;
  EXPECT_EQ(line->command->name, expected.command);
  std::vector<std::pair<std::string, std::string>> flags;
  for (const auto& given : line->flags) flags.emplace_back(given.flag->name, given.value);
  EXPECT_EQ(flags, expected.flags);
  EXPECT_EQ(line->operands, expected.operands);
  EXPECT_EQ(line->arguments, expected.arguments);
  EXPECT_FALSE(line->help);
}

INSTANTIATE_TEST_SUITE_P(
    Lines, AcceptedLine,
    testing::Values(
        AcceptedCase{"CommandAlone", {"plan"}, "plan", {}, {}, {}},
        AcceptedCase{"SeparateValue", {"plan", "--file", "a.yml"}, "plan", {{"file", "a.yml"}}, {}, {}},
        AcceptedCase{"JoinedValue", {"plan", "--file=a=b.yml"}, "plan", {{"file", "a=b.yml"}}, {}, {}},
        AcceptedCase{"EmptyJoinedValue", {"plan", "--title="}, "plan", {{"title", ""}}, {}, {}},
        AcceptedCase{"Letter", {"plan", "-f", "a.yml"}, "plan", {{"file", "a.yml"}}, {}, {}},
        AcceptedCase{
            "LetterJoined", {"plan", "-fa.yml", "-f=b.yml"}, "plan", {{"file", "a.yml"}, {"file", "b.yml"}}, {}, {}},
        AcceptedCase{"FlagsAnywhere",
                     {"run", "a", "--raw", "b", "--timeout", "5m"},
                     "run",
                     {{"raw", "true"}, {"timeout", "5m"}},
                     {"a", "b"},
                     {}},
        AcceptedCase{"SwitchTakesNoWord", {"run", "--raw", "true"}, "run", {{"raw", "true"}}, {"true"}, {}},
        AcceptedCase{"SwitchTurnedOff", {"run", "--raw=false"}, "run", {{"raw", "false"}}, {}, {}},
        AcceptedCase{
            "BooleanAlone", {"event", "--merged", "--json"}, "event", {{"merged", "true"}, {"json", "true"}}, {}, {}},
        AcceptedCase{"BooleanWithWord", {"event", "--fork", "false"}, "event", {{"fork", "false"}}, {}, {}},
        AcceptedCase{
            "Arguments", {"run", "deploy", "--", "--raw", "-x", "--"}, "run", {}, {"deploy"}, {"--raw", "-x", "--"}},
        AcceptedCase{"DashesBeforeFiles", {"check", "--", "-odd.yml"}, "check", {}, {"-odd.yml"}, {}},
        AcceptedCase{"LoneDashIsAWord", {"check", "-"}, "check", {}, {"-"}, {}},
        AcceptedCase{"LoneDashIsAValue", {"run", "--plan", "-"}, "run", {{"plan", "-"}}, {}, {}},
        AcceptedCase{"VersionFlag", {"--version"}, "version", {}, {}, {}},
        AcceptedCase{"HelpFlagAlone", {"--help"}, "help", {}, {}, {}}),
    [](const auto& row) { return std::string(row.param.label); });

struct RefusedCase {
  std::string_view label;
  Words words;
  std::string code;
  std::string message;
  std::string hint;
};
class RefusedLine : public testing::TestWithParam<RefusedCase> {};

TEST_P(RefusedLine, NamesTheFaultAndTheRemedy) {
  const auto line = parse_command_line(GetParam().words);
  ASSERT_FALSE(line);
  EXPECT_EQ(line.error().code, GetParam().code);
  EXPECT_EQ(line.error().message, GetParam().message);
  EXPECT_EQ(line.error().hint, GetParam().hint);
}

INSTANTIATE_TEST_SUITE_P(
    Lines, RefusedLine,
    testing::Values(
        RefusedCase{"Nothing", {}, "command-missing", "no command given", "'lifecycle-agent help' lists the commands"},
        RefusedCase{"NearCommand", {"pln"}, "command-unknown", "unknown command 'pln'", "did you mean 'plan'?"},
        RefusedCase{"FarCommand",
                    {"deployment"},
                    "command-unknown",
                    "unknown command 'deployment'",
                    "'lifecycle-agent help' lists the commands"},
        RefusedCase{
            "EmptyCommand", {""}, "command-unknown", "unknown command ''", "'lifecycle-agent help' lists the commands"},
        RefusedCase{"FlagFirst",
                    {"--json", "plan"},
                    "command-missing",
                    "expected a command, found the flag '--json'",
                    "flags follow the command: 'lifecycle-agent COMMAND --json'"},
        RefusedCase{"NearFlag",
                    {"plan", "--fil", "x"},
                    "flag-unknown",
                    "unknown flag '--fil' for 'plan'",
                    "did you mean '--file'?"},
        RefusedCase{"FarFlag",
                    {"schema", "--frobnicate"},
                    "flag-unknown",
                    "unknown flag '--frobnicate' for 'schema'",
                    "'lifecycle-agent help schema' lists what it takes"},
        RefusedCase{"UnknownLetter",
                    {"plan", "-z"},
                    "flag-unknown",
                    "unknown flag '-z' for 'plan'",
                    "'lifecycle-agent help plan' lists what it takes"},
        RefusedCase{"AnothersFlag",
                    {"schema", "--strict"},
                    "flag-elsewhere",
                    "flag '--strict' is not one of 'schema'",
                    "it belongs to check"},
        RefusedCase{"NoValue", {"plan", "--file"}, "flag-value-missing", "flag '--file' needs a value: PATH", ""},
        RefusedCase{"FlagAsValue",
                    {"plan", "--file", "--json"},
                    "flag-value-missing",
                    "flag '--file' needs a value: PATH",
                    "write '--file=VALUE' for a value that begins with a dash, as '--json' does"},
        RefusedCase{"NoOperand",
                    {"why"},
                    "operand-missing",
                    "'why' needs WORKFLOW",
                    "for example: lifecycle-agent why release"},
        RefusedCase{"TooManyOperands",
                    {"why", "a", "b"},
                    "operand-unexpected",
                    "unexpected 'b' after 'why'",
                    "'lifecycle-agent help why' lists what it takes"},
        RefusedCase{"OperandOfNone",
                    {"event", "push"},
                    "operand-unexpected",
                    "unexpected 'push' after 'event'",
                    "'lifecycle-agent help event' lists what it takes"}),
    [](const auto& row) { return std::string(row.param.label); });

TEST(CommandLine, HelpNeedsNothingButTheCommand) {
  const auto line = parse_command_line(Words{"why", "--help"});
  ASSERT_TRUE(line);
  EXPECT_TRUE(line->help);
  EXPECT_EQ(line->command->id, CommandId::why);
}

}  // namespace
}  // namespace lifecycle::cli
