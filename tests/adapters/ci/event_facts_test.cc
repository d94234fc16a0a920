#include "adapters/ci/event_facts.h"

#include <gtest/gtest.h>

#include <set>

namespace lifecycle::ci {
namespace {

EventFacts gathered(const EventFacts& flags, std::map<std::string, std::string, std::less<>> variables,
                    std::vector<std::string>* warnings = nullptr) {
  std::vector<std::string> said;
  EventFacts facts = gather_facts(flags, Environment(std::move(variables)), said);
  if (warnings != nullptr) *warnings = said;
  return facts;
}

TEST(FactRows, NameEveryFactOnce) {
  std::set<std::string_view> flags;
  std::set<std::string_view> variables;
  for (const FactRow& row : fact_rows()) {
    EXPECT_TRUE(flags.insert(row.flag).second) << row.flag;
    EXPECT_TRUE(variables.insert(row.variable).second) << row.variable;
    EXPECT_TRUE(row.variable.starts_with("LIFECYCLE_")) << row.variable;
    EXPECT_FALSE(row.meaning.empty());
  }
  EXPECT_EQ(sizeof(EventFacts), flags.size() * sizeof(std::string)) << "a fact without a row";
}

TEST(GatherFacts, PutsFlagsOverVariables) {
  const EventFacts facts = gathered(
      {.commit = "aaaaaaa"},
      {{"LIFECYCLE_EVENT_COMMIT", "bbbbbbb"}, {"LIFECYCLE_EVENT_ACTOR", "dana"}, {"LIFECYCLE_EVENT_TITLE", ""}});
  EXPECT_EQ(facts.commit, "aaaaaaa");
  EXPECT_EQ(facts.actor, "dana");
  EXPECT_EQ(facts.title, "");
}

TEST(GatherFacts, DoesNotMixHalvesOfOneThing) {
  const EventFacts named = gathered({.name = "push"}, {{"LIFECYCLE_EVENT_NAME", "pull_request"},
                                                       {"LIFECYCLE_EVENT_ACTION", "closed"},
                                                       {"LIFECYCLE_EVENT_MERGED", "true"}});
  EXPECT_EQ(named.action, "");
  EXPECT_EQ(named.merged, "");
  EXPECT_EQ(gathered({.action = "opened"}, {{"LIFECYCLE_EVENT_NAME", "pull_request"}}).name, "pull_request");
  EXPECT_EQ(gathered({.branch = "x"}, {{"LIFECYCLE_EVENT_REF", "refs/tags/v1"}}).ref, "");
  EXPECT_EQ(gathered({.repo_url = "https://github.com/a/b"}, {{"LIFECYCLE_EVENT_REPO", "c/d"}}).repo, "");
}

struct Placeholder {
  const char* variable;
  const char* value;
  bool counts;
};

class Placeholders : public testing::TestWithParam<Placeholder> {};

TEST_P(Placeholders, AreNotGiven) {
  std::vector<std::string> warnings;
  const EventFacts facts = gathered({}, {{GetParam().variable, GetParam().value}}, &warnings);
  const std::string& value = std::string(GetParam().variable).ends_with("TITLE") ? facts.title : facts.branch;
  EXPECT_EQ(value, GetParam().counts ? GetParam().value : "");
  EXPECT_EQ(warnings.size(), GetParam().counts || std::string(GetParam().value) == "<nil>" ? 0U : 1U);
  for (const std::string& warning : warnings) EXPECT_NE(warning.find("placeholder"), std::string::npos) << warning;
}

INSTANTIATE_TEST_SUITE_P(Rows, Placeholders,
                         testing::Values(Placeholder{"LIFECYCLE_EVENT_BRANCH", "{{ branch }}", false},
                                         Placeholder{"LIFECYCLE_EVENT_BRANCH", "refs/heads/{{branch}}", false},
                                         Placeholder{"LIFECYCLE_EVENT_BRANCH", "$(params.branch)", false},
                                         Placeholder{"LIFECYCLE_EVENT_BRANCH", "${BRANCH}", false},
                                         Placeholder{"LIFECYCLE_EVENT_BRANCH", "$BRANCH_NAME", false},
                                         Placeholder{"LIFECYCLE_EVENT_BRANCH", "<nil>", false},
                                         Placeholder{"LIFECYCLE_EVENT_BRANCH", "fix/$(id)", true},
                                         Placeholder{"LIFECYCLE_EVENT_BRANCH", "$", true},
                                         Placeholder{"LIFECYCLE_EVENT_BRANCH", "fix-$X", true},
                                         Placeholder{"LIFECYCLE_EVENT_TITLE", "{{ title }}", false},
                                         Placeholder{"LIFECYCLE_EVENT_TITLE", "use {{ .Values }} in charts", true},
                                         Placeholder{"LIFECYCLE_EVENT_TITLE", "$5 off", true}));

struct Labels {
  const char* text;
  std::vector<std::string> labels;
};

class LabelTexts : public testing::TestWithParam<Labels> {};

TEST_P(LabelTexts, AreSplit) {
  const auto typed = type_facts({.labels = GetParam().text});
  ASSERT_TRUE(typed);
  EXPECT_EQ(typed->labels, GetParam().labels) << GetParam().text;
}

INSTANTIATE_TEST_SUITE_P(Rows, LabelTexts,
                         testing::Values(Labels{"", {}}, Labels{"bug", {"bug"}},
                                         Labels{"bug, needs review ,", {"bug", "needs review"}},
                                         Labels{"bug\nb c\n", {"bug", "b c"}}, Labels{"bug\\nneeds", {"bug", "needs"}},
                                         Labels{R"(["a,b","c\"d",3])", {"a,b", "c\"d"}}, Labels{"[]", {}},
                                         Labels{"[wip], x", {"[wip]", "x"}}, Labels{",,", {}}));

struct Invalid {
  EventFacts facts;
  const char* part;
};

class InvalidFacts : public testing::TestWithParam<Invalid> {};

TEST_P(InvalidFacts, NameFlagAndVariable) {
  const auto typed = type_facts(GetParam().facts);
  ASSERT_FALSE(typed);
  EXPECT_EQ(typed.error().code, "event-fact-invalid");
  EXPECT_NE(typed.error().message.find(GetParam().part), std::string::npos) << typed.error().message;
}

INSTANTIATE_TEST_SUITE_P(Rows, InvalidFacts,
                         testing::Values(Invalid{{.number = "x7"}, "--number (LIFECYCLE_EVENT_NUMBER) is \"x7\""},
                                         Invalid{{.number = "7x"}, "--number"}, Invalid{{.number = "-7"}, "--number"},
                                         Invalid{{.fork = "no"}, "--fork (LIFECYCLE_EVENT_FORK)"},
                                         Invalid{{.merged = "1"}, "--merged"}));

TEST(TypeFacts, ReadsWhatIsGivenAndNothingElse) {
  const auto none = type_facts({});
  ASSERT_TRUE(none);
  EXPECT_FALSE(none->number);
  EXPECT_FALSE(none->fork);
  const auto some = type_facts({.merged = "True", .number = "42", .fork = "FALSE"});
  ASSERT_TRUE(some);
  EXPECT_EQ(some->number, 42);
  EXPECT_EQ(some->fork, false);
  EXPECT_EQ(some->merged, true);
}

}  // namespace
}  // namespace lifecycle::ci
