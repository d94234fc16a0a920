#include "agent/cli/settings.h"

#include <gtest/gtest.h>

#include "agent/cli/plugin_list.h"

namespace lifecycle::cli {
namespace {

using namespace std::chrono_literals;
using Words = std::vector<std::string_view>;
using Variables = std::map<std::string, std::string, std::less<>>;

Result<Settings> resolve(const Words& words, const Variables& variables) {
  const auto line = parse_command_line(words);
  if (!line) return fail(line.error());
  return Settings::resolve(*line, Environment(variables));
}

struct PrecedenceCase {
  std::string_view label;
  Words words;
  Variables variables;
  std::string value;
  SettingSource source;
  std::string where;
};
class Precedence : public testing::TestWithParam<PrecedenceCase> {};

TEST_P(Precedence, TheFirstThatSaysItWins) {
  const auto settings = resolve(GetParam().words, GetParam().variables);
  ASSERT_TRUE(settings) << settings.error().message;
  const Setting& setting = settings->find("team-id");
  EXPECT_EQ(settings->text("team-id"), GetParam().value);
  EXPECT_EQ(setting.source, GetParam().source);
  EXPECT_EQ(setting.where, GetParam().where);
}

const Variables all_of_them = {{"LIFECYCLE_TEAM_ID", "variable"},
                               {"INPUT_TEAM_ID", "input"},
                               {"PLUGIN_TEAM_ID", "plugin"},
                               {"CTOAI_TEAM_ID", "platform"}};

Variables without(Variables variables, std::initializer_list<const char*> names) {
  for (const char* name : names) variables.erase(name);
  return variables;
}

INSTANTIATE_TEST_SUITE_P(
    Sources, Precedence,
    testing::Values(
        PrecedenceCase{"Flag", {"track", "--team-id", "flag"}, all_of_them, "flag", SettingSource::flag, "--team-id"},
        PrecedenceCase{"LastFlag", {"track", "--team-id=a", "--team-id=b"}, {}, "b", SettingSource::flag, "--team-id"},
        PrecedenceCase{"Variable", {"track"}, all_of_them, "variable", SettingSource::variable, "LIFECYCLE_TEAM_ID"},
        PrecedenceCase{"Input",
                       {"track"},
                       without(all_of_them, {"LIFECYCLE_TEAM_ID"}),
                       "input",
                       SettingSource::input,
                       "INPUT_TEAM_ID"},
        PrecedenceCase{"InputWithDash",
                       {"track"},
                       {{"INPUT_TEAM-ID", "x"}, {"CTOAI_TEAM_ID", "y"}},
                       "x",
                       SettingSource::input,
                       "INPUT_TEAM-ID"},
        PrecedenceCase{"Plugin",
                       {"track"},
                       {{"PLUGIN_TEAM_ID", "x"}, {"CTOAI_TEAM_ID", "y"}},
                       "x",
                       SettingSource::input,
                       "PLUGIN_TEAM_ID"},
        PrecedenceCase{"Platform", {"track"}, {{"CTOAI_TEAM_ID", "y"}}, "y", SettingSource::platform, "CTOAI_TEAM_ID"},
        PrecedenceCase{"EmptyIsUnset",
                       {"track"},
                       {{"LIFECYCLE_TEAM_ID", ""}, {"INPUT_TEAM_ID", ""}, {"CTOAI_TEAM_ID", "y"}},
                       "y",
                       SettingSource::platform,
                       "CTOAI_TEAM_ID"},
        PrecedenceCase{"Nothing", {"track"}, {}, "", SettingSource::unset, ""}),
    [](const auto& row) { return std::string(row.param.label); });

TEST(Settings, DefaultsAreNotGiven) {
  const auto settings = resolve({"run"}, {});
  ASSERT_TRUE(settings);
  EXPECT_FALSE(settings->is_given("report-timeout"));
  EXPECT_EQ(settings->duration("report-timeout"), 10s);
  EXPECT_EQ(settings->duration("timeout"), std::nullopt);
  EXPECT_FALSE(settings->is_on("raw"));
}

TEST(Settings, AListComesFromOneSource) {
  const auto both = resolve({"plan", "-f", "a", "--file", "b"}, {{"LIFECYCLE_FILE", "c"}});
  ASSERT_TRUE(both);
  EXPECT_EQ(both->list("file"), (std::vector<std::string>{"a", "b"}));
  const auto lines = resolve({"plan"}, {{"INPUT_FILE", "ops.yml\n  deploy/ops.yml\r\n\n"}});
  ASSERT_TRUE(lines);
  EXPECT_EQ(lines->list("file"), (std::vector<std::string>{"ops.yml", "deploy/ops.yml"}));
}

TEST(Settings, SwitchesInVariablesReadLikeInputs) {
  for (const char* on : {"true", "1", "yes", "on", "True", "TRUE"}) {
    const auto settings = resolve({"run"}, {{"LIFECYCLE_STRICT_INSIGHTS", on}});
    ASSERT_TRUE(settings) << on;
    EXPECT_TRUE(settings->is_on("strict-insights")) << on;
  }
  const auto off = resolve({"run", "--strict-insights=false"}, {{"LIFECYCLE_STRICT_INSIGHTS", "true"}});
  ASSERT_TRUE(off);
  EXPECT_FALSE(off->is_on("strict-insights"));
}

struct InvalidCase {
  std::string_view label;
  Words words;
  Variables variables;
  std::string message;
  std::string hint;
};
class InvalidSetting : public testing::TestWithParam<InvalidCase> {};

TEST_P(InvalidSetting, NamesWhatHoldsItAndWhatItCanHold) {
  const auto settings = resolve(GetParam().words, GetParam().variables);
  ASSERT_FALSE(settings);
  EXPECT_EQ(settings.error().code, "setting-invalid");
  EXPECT_EQ(settings.error().message, GetParam().message);
  EXPECT_EQ(settings.error().hint, GetParam().hint);
}

INSTANTIATE_TEST_SUITE_P(
    Values, InvalidSetting,
    testing::Values(
        InvalidCase{"Duration",
                    {"run", "--timeout", "soon"},
                    {},
                    "'--timeout' is 'soon', expected a duration such as 500ms, 30s, 5m or 1h30m",
                    ""},
        InvalidCase{"DurationInVariable",
                    {"run"},
                    {{"LIFECYCLE_TIMEOUT", "-1"}},
                    "'LIFECYCLE_TIMEOUT' is '-1', expected a duration such as 500ms, 30s, 5m or 1h30m",
                    ""},
        InvalidCase{"Choice",
                    {"check", "--format", "jsn"},
                    {},
                    "'--format' is 'jsn', expected human, json, github, gitlab or sarif",
                    "did you mean 'json'?"},
        InvalidCase{"Switch", {"run"}, {{"INPUT_RAW", "maybe"}}, "'INPUT_RAW' is 'maybe', expected true or false", ""},
        InvalidCase{"AssignmentQuotesNoValue", {"run", "--env", "hunter2"}, {}, "'--env' expects KEY=VALUE", ""},
        InvalidCase{"AssignmentWithoutKey", {"run", "--env", "=x"}, {}, "'--env' expects KEY=VALUE", ""},
        InvalidCase{"EmptyPath", {"run", "--result="}, {}, "'--result' is '', expected a path", ""}),
    [](const auto& row) { return std::string(row.param.label); });

TEST(Settings, AFlagThatTheCommandLacksIsOurMistake) {
  const auto settings = resolve({"version"}, {});
  ASSERT_TRUE(settings);
  EXPECT_THROW(static_cast<void>(settings->text("file")), std::logic_error);
}

TEST(PluginSettings, ReachEveryFlag) {
  const Variables variables{{"PLUGIN_EVENT", "push"}, {"PLUGIN_DRY-RUN", "true"}, {"PLUGIN_HELP", "true"}};
  const auto settings = resolve({"run"}, variables);
  ASSERT_TRUE(settings) << settings.error().message;
  EXPECT_EQ(settings->text("event"), "push");
  EXPECT_EQ(settings->find("event").where, "PLUGIN_EVENT");
  EXPECT_TRUE(settings->is_on("dry-run"));
  EXPECT_FALSE(settings->is_given("help"));
}

struct PluginListRow {
  const char* text;
  bool assignments;
  std::vector<std::string> list;
};
class PluginLists : public testing::TestWithParam<PluginListRow> {};

TEST_P(PluginLists, AreReadAsTheyAreWritten) {
  EXPECT_EQ(read_plugin_list(GetParam().text, GetParam().assignments), GetParam().list);
}

INSTANTIATE_TEST_SUITE_P(
    Rows, PluginLists,
    testing::Values(PluginListRow{"a", false, {"a"}}, PluginListRow{"a,b , c", false, {"a", "b", "c"}},
                    PluginListRow{"a\nb\n\n", false, {"a", "b"}}, PluginListRow{"[\"a,b\",\"c\"]", false, {"a,b", "c"}},
                    PluginListRow{"[a", false, {"[a"}}, PluginListRow{"", false, {}},
                    PluginListRow{"A=1,B=x,y", true, {"A=1", "B=x,y"}}, PluginListRow{"A=1,b c=d", true, {"A=1,b c=d"}},
                    PluginListRow{"{\"A\":\"x y\",\"B\":2,\"C\":true}", true, {"A=x y", "B=2", "C=true"}}));

TEST(PluginSettings, OfAListAreItsEntries) {
  const auto settings = resolve({"run"}, {{"PLUGIN_PASS_ENV", "HOME,USER"}, {"PLUGIN_ENV", "{\"A\":\"1,2\"}"}});
  ASSERT_TRUE(settings) << settings.error().message;
  EXPECT_EQ(settings->list("pass-env"), (std::vector<std::string>{"HOME", "USER"}));
  EXPECT_EQ(settings->list("env"), (std::vector<std::string>{"A=1,2"}));
}

}  // namespace
}  // namespace lifecycle::cli
