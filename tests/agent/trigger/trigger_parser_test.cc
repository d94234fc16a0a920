#include <gtest/gtest.h>

#include "tests/agent/trigger/random_trigger.h"

namespace lifecycle::trigger {
namespace {

bool operator_equal(const Filter& a, const Filter& b) {
  return a.key == b.key && a.key_text == b.key_text && a.op == b.op && a.value == b.value;
}

void expect_same(const Trigger& a, const Trigger& b) {
  EXPECT_EQ(a.origin, b.origin);
  EXPECT_EQ(a.repo, b.repo);
  EXPECT_EQ(a.event, b.event);
  ASSERT_EQ(a.filters.size(), b.filters.size());
  for (std::size_t i = 0; i < a.filters.size(); ++i) EXPECT_TRUE(operator_equal(a.filters[i], b.filters[i])) << i;
}

TEST(TriggerParser, SplitsAtTheFirstThreeColonsOnly) {
  const auto trigger = parse_trigger("github:acme/app:push:ref==a:b&&label!=x:y");
  ASSERT_TRUE(trigger);
  EXPECT_EQ(trigger->origin, "github");
  EXPECT_EQ(trigger->repo, "acme/app");
  EXPECT_EQ(trigger->event, "push");
  ASSERT_EQ(trigger->filters.size(), 2U);
  EXPECT_EQ(trigger->filters[0].key, FilterKey::ref);
  EXPECT_EQ(trigger->filters[0].op, FilterOperator::equal);
  EXPECT_EQ(trigger->filters[0].value, "a:b");
  EXPECT_EQ(trigger->filters[0].offset, 21);
  EXPECT_EQ(trigger->filters[1].key, FilterKey::label);
  EXPECT_EQ(trigger->filters[1].op, FilterOperator::not_equal);
  EXPECT_EQ(trigger->filters[1].value, "x:y");
  EXPECT_EQ(trigger->filters[1].offset, 31);
}

TEST(TriggerParser, TheFirstOperatorOfAFilterSeparates) {
  const auto trigger = parse_trigger("github:acme/app:push:actor!=a==b&&ref===x");
  ASSERT_TRUE(trigger);
  EXPECT_EQ(trigger->filters[0].op, FilterOperator::not_equal);
  EXPECT_EQ(trigger->filters[0].value, "a==b");
  EXPECT_EQ(trigger->filters[1].key, FilterKey::ref);
  EXPECT_EQ(trigger->filters[1].value, "=x");
}

TEST(TriggerParser, AFilterWithoutOperatorIsKeptAsWritten) {
  const auto trigger = parse_trigger("github:acme/app:pull_request.synchronize:PROD-141");
  ASSERT_TRUE(trigger);
  EXPECT_EQ(trigger->filters[0].op, FilterOperator::none);
  EXPECT_EQ(trigger->filters[0].value, "PROD-141");
}

struct SyntaxCase {
  std::string_view label;
  std::string_view text;
  int column;
  int length;
};
class TriggerSyntax : public testing::TestWithParam<SyntaxCase> {};

TEST_P(TriggerSyntax, IsRefusedAtItsPlace) {
  const auto trigger = parse_trigger(GetParam().text);
  ASSERT_FALSE(trigger);
  EXPECT_EQ(trigger.error().code, "trigger-syntax");
  EXPECT_EQ(trigger.error().place.column, GetParam().column) << trigger.error().message;
  EXPECT_EQ(trigger.error().place.length, GetParam().length) << trigger.error().message;
  EXPECT_FALSE(trigger.error().hint.empty());
}
INSTANTIATE_TEST_SUITE_P(Texts, TriggerSyntax,
                         testing::Values(SyntaxCase{"Empty", "", 1, 1}, SyntaxCase{"NoColon", "push", 1, 4},
                                         SyntaxCase{"OneColon", "github:acme/app", 1, 15},
                                         SyntaxCase{"EmptyOrigin", ":acme/app:push", 1, 1},
                                         SyntaxCase{"EmptyRepo", "github::push", 8, 1},
                                         SyntaxCase{"EmptyEvent", "github:acme/app:", 17, 1},
                                         SyntaxCase{"EmptyEventBeforeFilter", "github:acme/app::ref==main", 17, 1},
                                         SyntaxCase{"EmptyFilters", "github:acme/app:push:", 22, 1},
                                         SyntaxCase{"TrailingAnd", "github:a/b:push:ref==x&&", 25, 1},
                                         SyntaxCase{"EmptyKey", "github:a/b:push:==x", 17, 1},
                                         SyntaxCase{"EmptyValue", "github:a/b:push:ref==", 22, 1},
                                         SyntaxCase{"BlankBefore", " github:a/b:push", 1, 16},
                                         SyntaxCase{"BlankInPart", "github: a/b:push", 8, 4},
                                         SyntaxCase{"BlankAroundOperator", "github:a/b:push:ref == x", 17, 4},
                                         SyntaxCase{"CharactersNotBytes", "github:é/b: push", 12, 5}),
                         [](const auto& row) { return std::string(row.param.label); });

TEST(TriggerRoundTrip, PrintThenParseGivesTheSameTrigger) {
  RandomTriggers random(7);
  for (int i = 0; i < 5000; ++i) {
    const Trigger trigger = random.trigger();
    const std::string text = print_trigger(trigger);
    const auto parsed = parse_trigger(text);
    ASSERT_TRUE(parsed) << text << ": " << parsed.error().message;
    expect_same(*parsed, trigger);
    ASSERT_EQ(print_trigger(*parsed), text);
  }
}

TEST(TriggerKeys, AreReadAsTheyArePrinted) {
  for (const std::string_view key : filter_keys()) EXPECT_EQ(print_filter_key(read_filter_key(key)), key);
  EXPECT_EQ(read_filter_key("Ref"), FilterKey::unknown);
  EXPECT_EQ(print_filter_key(FilterKey::unknown), "");
}

}  // namespace
}  // namespace lifecycle::trigger
