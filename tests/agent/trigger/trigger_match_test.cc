#include "agent/trigger/trigger_match.h"

#include <gtest/gtest.h>

#include "tests/agent/trigger/random_trigger.h"

namespace lifecycle::trigger {
namespace {

event::Event push() {
  event::Event event;
  event.origin = "github";
  event.host = "github.com";
  event.repo = "acme/app";
  event.names = {"push"};
  event.kind = "push";
  event.ref = "refs/heads/develop";
  event.branch = "develop";
  event.actor = "alice";
  return event;
}

event::Event merged() {
  event::Event event;
  event.origin = "gitlab";
  event.host = "gitlab.com";
  event.repo = "Acme/Platform/App";
  event.names = {"pull_request.merged", "merge_request.merged"};
  event.kind = "merge_request";
  event.base = "main";
  event.head = "feature/x";
  event.actor = "bob";
  event.change.emplace();
  event.change->labels = {"bug", "good first issue"};
  return event;
}

event::Event unknown_action() {
  event::Event event = push();
  event.names = {"pull_request"};
  event.kind = "pull_request";
  event.base = "main";
  event.head = "develop";
  event.change.emplace();
  return event;
}

event::Event tag() {
  event::Event event = push();
  event.names = {"push.tag", "create.tag"};
  event.alias_reasons = {"create.tag: in a CI job a pushed tag is a created one"};
  event.ref = "refs/tags/v1";
  event.branch.clear();
  event.tag = "v1";
  return event;
}

event::Event failed_check() {
  event::Event event = push();
  event.names = {"check_run.failure", "check_run.completed"};
  event.kind = "check_run";
  return event;
}

event::Event azure() {
  event::Event event = push();
  event.origin = "azure";
  event.repo = "org/project/app";
  return event;
}

event::Event deployment() {
  event::Event event = push();
  event.names = {"deployment_status.success", "deployment_status.created"};
  event.kind = "deployment_status";
  event.state = "success";
  event.deployment = event::Deployment{"production", "success", "1", "main"};
  return event;
}

event::Event nothing_known() {
  event::Event event;
  event.warnings = {"event"};
  return event;
}

struct MatchCase {
  std::string_view label;
  event::Event (*event)();
  std::string_view trigger;
  std::string_view reason;  // starts with; empty: it matches
  std::string_view edit;
};
class Match : public testing::TestWithParam<MatchCase> {};

TEST_P(Match, FollowsTheTable) {
  const auto& row = GetParam();
  const event::Event event = row.event();
  const auto trigger = parse_trigger(row.trigger);
  ASSERT_TRUE(trigger) << trigger.error().message;
  const MatchOutcome outcome = match(*trigger, event);
  EXPECT_EQ(outcome.matches(), row.reason.empty()) << outcome.reason;
  EXPECT_EQ(compare(*trigger, event).matches(), outcome.matches());
  EXPECT_FALSE(outcome.reason.empty());
  EXPECT_TRUE(outcome.reason.starts_with(row.reason)) << outcome.reason;
  EXPECT_EQ(outcome.edit, row.edit);
}
INSTANTIATE_TEST_SUITE_P(
    Events, Match,
    testing::Values(
        MatchCase{"Push", push, "github:acme/app:push", "", ""},
        MatchCase{"RepoWithoutCase", push, "github:ACME/App:push", "", ""},
        MatchCase{"RepoStar", push, "github:acme/*:push", "", ""},
        MatchCase{"RepoStarStopsAtSlash", merged, "gitlab:acme/*:pull_request.merged",
                  "repo is 'Acme/Platform/App', the trigger asks acme/*",
                  "gitlab:Acme/Platform/App:pull_request.merged"},
        MatchCase{"RepoTwoStars", merged, "gitlab:acme/**:pull_request.merged", "", ""},
        MatchCase{"AnyOrigin", merged, "*:acme/platform/app:merge_request.merged", "", ""},
        MatchCase{"Ref", push, "github:acme/app:push:ref==develop", "", ""},
        MatchCase{"RefLong", push, "github:acme/app:push:ref==refs/heads/develop", "", ""},
        MatchCase{"RefLongOfATag", push, "github:acme/app:push:ref==refs/tags/*",
                  "ref is 'develop', the trigger asks ref==refs/tags/*", "github:acme/app:push:ref==develop"},
        MatchCase{"RefOther", push, "github:acme/app:push:ref==main", "ref is 'develop', the trigger asks ref==main",
                  "github:acme/app:push:ref==develop"},
        MatchCase{"RefNot", push, "github:acme/app:push:ref!=main", "", ""},
        MatchCase{"RefNotFails", push, "github:acme/app:push:ref!=dev*&&actor==alice",
                  "ref is 'develop', the trigger asks ref!=dev*", "github:acme/app:push:actor==alice"},
        MatchCase{"RefOfAChangeIsItsBase", merged, "gitlab:acme/platform/app:pull_request.merged:ref==main", "", ""},
        MatchCase{"Head", merged, "gitlab:acme/platform/app:pull_request.merged:head==feature/*", "", ""},
        MatchCase{"SecondFilterFails", push, "github:acme/app:push:ref==dev*&&actor==bob",
                  "actor is 'alice', the trigger asks actor==bob", "github:acme/app:push:ref==dev*&&actor==alice"},
        MatchCase{"MissingField", push, "github:acme/app:push:environment==prod",
                  "the event has no environment, the trigger asks environment==prod", "github:acme/app:push"},
        MatchCase{"MissingFieldStar", push, "github:acme/app:push:environment==*", "the event has no environment",
                  "github:acme/app:push"},
        MatchCase{"MissingFieldNot", push, "github:acme/app:push:environment!=prod", "", ""},
        MatchCase{"LabelAny", merged, "gitlab:acme/platform/app:*:label==bug", "", ""},
        MatchCase{"LabelWithBlanks", merged, "gitlab:acme/platform/app:*:label==good first issue", "", ""},
        MatchCase{"LabelNone", merged, "gitlab:acme/platform/app:*:label==wip",
                  "labels are 'bug', 'good first issue', the trigger asks label==wip",
                  "gitlab:acme/platform/app:*:label==bug"},
        MatchCase{"LabelNot", merged, "gitlab:acme/platform/app:*:label!=wip", "", ""},
        MatchCase{"LabelNotFailsOnAny", merged, "gitlab:acme/platform/app:*:label!=good*",
                  "labels are 'bug', 'good first issue', the trigger asks label!=good*", "gitlab:acme/platform/app:*"},
        MatchCase{"LabelNotWithoutLabels", push, "github:acme/app:push:label!=wip", "", ""},
        MatchCase{"Host", push, "github:acme/app:push:host==GitHub.com", "", ""},
        MatchCase{"State", deployment, "github:acme/app:deployment_status.created:state==success", "", ""},
        MatchCase{"DeploymentsEnvironment", deployment,
                  "github:acme/app:deployment_status.success:environment==production", "", ""},
        MatchCase{"FilterWithoutOperator", push, "github:acme/app:push:develop",
                  "the trigger's filter 'develop' has neither == nor !=", "github:acme/app:push:ref==develop"},
        MatchCase{"FilterThatLostASign", push, "github:acme/app:push:ref=develop",
                  "the trigger's filter 'ref=develop' has neither == nor !=", "github:acme/app:push:ref==develop"},
        MatchCase{"FilterWithoutOperatorElsewhere", push, "github:acme/app:push:PROD-141",
                  "the trigger's filter 'PROD-141' has neither", "github:acme/app:push"},
        MatchCase{"UnknownKey", push, "github:acme/app:push:actr==alice",
                  "the trigger asks actr==alice, but 'actr' is no filter key; did you mean 'actor'?",
                  "github:acme/app:push:actor==alice"},
        MatchCase{"UnknownKeyNot", push, "github:acme/app:push:actr!=bob",
                  "the trigger asks actr!=bob, but 'actr' is no filter key", "github:acme/app:push:actor!=bob"},
        MatchCase{"KeyOfAnotherName", push, "github:acme/app:push:branch==develop",
                  "the trigger asks branch==develop, but 'branch' is no filter key; did you mean 'ref'?",
                  "github:acme/app:push:ref==develop"},
        MatchCase{"KeyOfAnotherNameAndOtherValue", push, "github:acme/app:push:branch==main",
                  "the trigger asks branch==main, but 'branch' is no filter key", "github:acme/app:push:ref==develop"},
        MatchCase{"FilterThatLostTheSignOfNot", push, "github:acme/app:push:ref!main",
                  "the trigger's filter 'ref!main' has neither", "github:acme/app:push:ref!=main"},
        MatchCase{"OtherOrigin", push, "gitlab:acme/app:push", "origin is 'github', the trigger asks gitlab",
                  "github:acme/app:push"},
        MatchCase{"OtherRepo", push, "github:acme/api:push", "repo is 'acme/app', the trigger asks acme/api",
                  "github:acme/app:push"},
        MatchCase{"OtherEvent", push, "github:acme/app:pull_request.merged",
                  "event is 'push', the trigger asks pull_request.merged", "github:acme/app:push"},
        MatchCase{"EverythingElse", push, "gitlab:acme/api:pull_request.merged:ref==main",
                  "origin is 'github', the trigger asks gitlab", "github:acme/app:push:ref==develop"},
        MatchCase{"UnknownAction", unknown_action, "github:acme/app:pull_request.opened",
                  "event is 'pull_request': this CI cannot tell its action, the trigger asks pull_request.opened "
                  "(--assume-action opened decides it, --payload with the webhook's body tells it)",
                  "github:acme/app:pull_request"},
        MatchCase{"UnknownActionAsked", unknown_action, "github:acme/app:pull_request", "", ""},
        MatchCase{"TagAlias", tag, "github:acme/app:create.tag", "", ""},
        MatchCase{"TagIsNoPush", tag, "github:acme/app:push",
                  "event is 'push.tag' (also 'create.tag'), the trigger asks push", "github:acme/app:push.tag"},
        MatchCase{"NearestOfTheNames", tag, "github:acme/app:tag.created", "event is 'push.tag' (also 'create.tag')",
                  "github:acme/app:create.tag"},
        MatchCase{"NearestVerbOfTheNames", failed_check, "github:acme/app:check_run.complete",
                  "event is 'check_run.failure'", "github:acme/app:check_run.completed"},
        MatchCase{"NoneOfTheNamesIsNear", failed_check, "github:acme/app:push", "event is 'check_run.failure'",
                  "github:acme/app:check_run.failure"},
        MatchCase{"TagInLongForm", tag, "github:acme/app:create.tag:ref==refs/tags/v*", "", ""},
        MatchCase{"AzureShort", azure, "azure:Project/App:push", "", ""},
        MatchCase{"AzureLong", azure, "azure:org/project/app:push", "", ""},
        MatchCase{"AzureShortStar", azure, "azure:project/*:push", "", ""},
        MatchCase{"AzureOther", azure, "azure:org/project:push", "repo is 'org/project/app'",
                  "azure:org/project/app:push"},
        MatchCase{"NothingKnown", nothing_known, "github:acme/app:push",
                  "the event has no origin, the trigger asks github", ""},
        MatchCase{"NothingKnownButAnything", nothing_known, "*:*:push", "the event has no name", ""}),
    [](const auto& row) { return std::string(row.param.label); });

TEST(MatchWords, AMatchThroughAnAliasSaysSo) {
  const auto outcome = match(*parse_trigger("github:acme/app:create.tag"), tag());
  EXPECT_EQ(outcome.name, "create.tag");
  EXPECT_EQ(outcome.reason,
            "event is 'push.tag', which has the further name 'create.tag': create.tag: in a CI job a pushed tag is a "
            "created one");
}

TEST(MatchWords, AHostileValueNeverBecomesAnEditThatIsNoTrigger) {
  event::Event event = push();
  event.branch = "a&&actor!=x ";
  const auto outcome = match(*parse_trigger("github:acme/app:push:ref==main"), event);
  EXPECT_EQ(outcome.edit, "github:acme/app:push");
}

TEST(MatchProperty, AnEditMatchesAndTheReasonIsNeverEmpty) {
  RandomTriggers random(11);
  int edits = 0;
  for (int i = 0; i < 5000; ++i) {
    const Trigger trigger = random.trigger();
    const event::Event event = random.event();
    const MatchOutcome outcome = match(trigger, event);
    ASSERT_FALSE(outcome.reason.empty());
    ASSERT_EQ(outcome.matches(), compare(trigger, event).matches());
    if (outcome.edit.empty()) continue;
    ++edits;
    const auto edited = parse_trigger(outcome.edit);
    ASSERT_TRUE(edited) << outcome.edit;
    ASSERT_TRUE(match(*edited, event).matches()) << print_trigger(trigger) << " -> " << outcome.edit;
  }
  EXPECT_GT(edits, 1000);
}

}  // namespace
}  // namespace lifecycle::trigger
