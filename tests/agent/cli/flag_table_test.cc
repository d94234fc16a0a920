// What the rest relies on in the table: one row a flag, names and variables that follow from each other.
#include "agent/cli/flag_table.h"

#include <gtest/gtest.h>

#include <fstream>
#include <set>
#include <string>

#include "agent/base/duration.h"
#include "agent/cli/settings.h"

namespace lifecycle::cli {
namespace {

TEST(FlagTable, CommandsStandAtTheirId) {
  for (std::size_t i = 0; i < commands().size(); ++i) {
    EXPECT_EQ(static_cast<std::size_t>(commands()[i].id), i) << commands()[i].name;
    EXPECT_EQ(find_command(commands()[i].name), &commands()[i]);
  }
}

TEST(FlagTable, EveryFlagStandsOnce) {
  std::set<std::string_view> names;
  std::set<std::string_view> variables;
  std::set<char> letters;
  for (const Flag& flag : flags()) {
    EXPECT_TRUE(names.insert(flag.name).second) << flag.name;
    if (!flag.variable.empty()) {
      EXPECT_TRUE(variables.insert(flag.variable).second) << flag.variable;
    }
    if (flag.letter != '\0') {
      EXPECT_TRUE(letters.insert(flag.letter).second) << flag.name;
    }
    EXPECT_NE(flag.commands, 0U) << flag.name;
    EXPECT_FALSE(flag.help.empty()) << flag.name;
    EXPECT_NE(flag.help.back(), '.') << flag.name;
    EXPECT_EQ(value_text(flag).empty(), flag.form == ValueForm::none) << flag.name;
  }
}

/// Settings: LIFECYCLE_ and the name. Facts of the event: LIFECYCLE_EVENT_ and the name.
TEST(FlagTable, VariablesFollowFromNames) {
  const std::set<std::string_view> own_names = {"event", "event-name", "event-action"};
  for (const Flag& flag : flags()) {
    if (flag.variable.empty() || own_names.contains(flag.name)) continue;
    const bool fact = flag.variable.starts_with("LIFECYCLE_EVENT_") && flag.group == FlagGroup::event;
    EXPECT_EQ(flag.variable, input_variable(flag, fact ? "LIFECYCLE_EVENT_" : "LIFECYCLE_")) << flag.name;
  }
}

TEST(FlagTable, DefaultsAreValid) {
  for (const Flag& flag : flags()) {
    if (flag.fallback.empty()) continue;
    if (flag.form == ValueForm::duration) {
      EXPECT_TRUE(parse_duration(flag.fallback)) << flag.name;
    }
    if (flag.form == ValueForm::choice) {
      const auto words = choices_of(flag);
      EXPECT_NE(std::find(words.begin(), words.end(), flag.fallback), words.end()) << flag.name;
    }
  }
}

/// Every input of action.yml is read: a flag of `action` that INPUT_* reaches.
TEST(FlagTable, KnowsTheInputsOfTheAction) {
  std::ifstream file(LA_SOURCE_DIR "/action.yml");
  ASSERT_TRUE(file);
  int inputs = 0;
  bool inside = false;
  for (std::string line; std::getline(file, line);) {
    if (!line.empty() && line[0] != ' ' && line[0] != '#') inside = line == "inputs:";
    const bool key = inside && line.size() > 3 && line.starts_with("  ") && line[2] != ' ' && line[2] != '#';
    if (!key) continue;
    ++inputs;
    std::string name = line.substr(2, line.find(':') - 2);
    for (char& c : name) c = c == '_' ? '-' : c;
    const Flag* flag = find_flag(name);
    ASSERT_NE(flag, nullptr) << name;
    EXPECT_TRUE(flag->input) << name;
    EXPECT_NE(flag->commands & in(CommandId::action), 0U) << name;
  }
  EXPECT_GT(inputs, 20);
}

}  // namespace
}  // namespace lifecycle::cli
